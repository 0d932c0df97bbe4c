package io.github.axoncl;

import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Keeps objects that are not in use at the moment, so that calls leave no garbage behind. Any thread takes and gives back; what
 * does not find a place is left to the garbage collector. For AxonCL's own backends.
 *
 * @param <T> what is kept; it must not refer to anything of a user while it is kept
 */
public final class Spare<T> {
    private final AtomicReferenceArray<T> places;

    /** Makes places.
     *
     * @param most how many objects are kept at most */
    public Spare(int most) {
        places = new AtomicReferenceArray<>(most);
    }

    /** Takes one out.
     *
     * @return an object that nobody else has, or null if there is none */
    public T take() {
        for (int i = 0; i < places.length(); i++) {
            if (places.get(i) != null) {
                T taken = places.getAndSet(i, null);
                if (taken != null) {
                    return taken;
                }
            }
        }
        return null;
    }

    /** Gives one back, or for the first time.
     *
     * @param object what the caller does not use any more */
    public void give(T object) {
        for (int i = 0; i < places.length(); i++) {
            if (places.get(i) == null && places.compareAndSet(i, null, object)) {
                return;
            }
        }
    }
}
