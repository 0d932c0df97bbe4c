package io.github.axoncl;

/** How close a function's results come to the exact value: part of the function, see {@link ActivationFunction#fast()}. */
public enum Precision {
    /** About 1 ULP on the whole line. */
    ACCURATE,
    /** At most 5 ULP, derivatives at most 9, on the whole line, with fewer operations. Functions whose accurate form is as
     * cheap have no other. */
    FAST;

    /** The name as users write it.
     *
     * @return for example {@code fast} */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
