package io.github.axoncl.internal.threads;

import java.util.concurrent.locks.ReentrantLock;

/** Keeps measurements of time apart: two at once would measure each other. */
public final class Measurements {
    /** Held by who measures. */
    public static final ReentrantLock ALONE = new ReentrantLock();

    private Measurements() {
    }
}
