package io.github.axoncl.bench.measure.compare;

/**
 * One thing to compute.
 *
 * @param function the name of the function, as AxonCL has it, with default parameters
 * @param backward dx = dy f'(x) instead of y = f(x)
 * @param length   the number of elements
 * @param columns  the number of elements of a row, for functions of rows; 1 for the others
 */
public record Subject(String function, boolean backward, int length, int columns) {
    /** The one function of rows. */
    public static final String SOFTMAX = "softmax";
    private static final int COLUMNS = 1024;

    /** A subject whose length is made whole rows if the function is one of rows. */
    static Subject of(String function, boolean backward, int length) {
        int columns = function.equals(SOFTMAX) ? COLUMNS : 1;
        return new Subject(function, backward, Math.max(1, length / columns) * columns, columns);
    }

    /** The number of rows; of elements for functions that are not of rows. */
    public int rows() {
        return length / columns;
    }

    /** As tables call it. */
    public String operation() {
        return backward ? "backward" : "forward";
    }

    /** The same of another size. */
    Subject ofLength(int other) {
        return of(function, backward, other);
    }

    @Override
    public String toString() {
        return function + " " + operation() + " of " + length;
    }
}
