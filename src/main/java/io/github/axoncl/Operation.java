package io.github.axoncl;

/** What is computed of a function f: one of the formulas of {@link Backend}, element by element or row by row. */
public enum Operation {
    /** y = f(x). */
    FORWARD,
    /** dx = f'(x). */
    DERIVATIVE,
    /** dx = dy f'(x), from the input of the forward call. */
    BACKWARD,
    /** dx = dy f'(x), from the output y = f(x) of the forward call. */
    BACKWARD_FROM_OUTPUT;

    /** The name as users write it.
     *
     * @return for example {@code backward_from_output} */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Whether the operation reads a gradient besides its first input.
     *
     * @return true for the two backward operations */
    public boolean takesGradient() {
        return this == BACKWARD || this == BACKWARD_FROM_OUTPUT;
    }
}
