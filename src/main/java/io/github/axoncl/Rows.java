package io.github.axoncl;

/**
 * How a flat operand is divided into rows: an (outer, axis, inner) shape in C order. A row is the {@code axis} elements that
 * share their outer and inner index; there are {@code outer * inner} rows. Element (o, a, i) lies at index
 * {@code (o * axis + a) * inner + i}. Any extent may be 0: then there is nothing to compute. Immutable.
 *
 * @param outer the product of the extents before the axis
 * @param axis  the extent of the axis that the function reduces over
 * @param inner the product of the extents behind the axis; 1 for the last axis
 */
public record Rows(long outer, long axis, long inner) {

    /** Checks that no extent is negative and that the number of elements fits into a long.
     *
     * @param outer the product of the extents before the axis
     * @param axis  the extent of the axis
     * @param inner the product of the extents behind the axis
     * @throws IllegalArgumentException otherwise, with the shape */
    public Rows {
        if (outer < 0 || axis < 0 || inner < 0) {
            throw new IllegalArgumentException("(outer, axis, inner) = (" + outer + ", " + axis + ", " + inner
                    + "): no extent may be negative");
        }
        try {
            Math.multiplyExact(Math.multiplyExact(outer, axis), inner);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("(outer, axis, inner) = (" + outer + ", " + axis + ", " + inner
                    + "): the number of elements exceeds 2^63 - 1", e);
        }
    }

    /** Rows along the last axis.
     *
     * @param rows    the number of rows
     * @param columns the length of each
     * @return the shape (rows, columns, 1) */
    public static Rows of(long rows, long columns) {
        return new Rows(rows, columns, 1);
    }

    /** The number of elements.
     *
     * @return outer * axis * inner */
    public long length() {
        return outer * axis * inner;
    }

    @Override
    public String toString() {
        return "(" + outer + ", " + axis + ", " + inner + ")";
    }
}
