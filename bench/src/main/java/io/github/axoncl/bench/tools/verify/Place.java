package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Rows;

/** Which element of an operand belongs to the element (outer, axis, inner) of a shape. */
enum Place {
    /** Each has its own. */
    EACH,
    /** One for each row. */
    ROW,
    /** One for each index along the axis. */
    AXIS,
    /** One for all. */
    ALL,
    /** One for each axis and inner index, for as many outer indexes as there are, then again from the first. */
    REPEATED;

    /** How many elements that is; {@code REPEATED} may have any number of outer indexes. */
    int length(Rows rows) {
        return (int) switch (this) {
            case EACH, REPEATED -> rows.length();
            case ROW -> rows.outer() * rows.inner();
            case AXIS -> rows.axis();
            case ALL -> 1;
        };
    }

    /** Whether an element that lies so tells which one of the other place belongs to it. */
    boolean determines(Place other) {
        return this == EACH || other == this || other == ALL;
    }

    /** An element of the shape that element {@code index} belongs to, the first one of several; of several parts side by side
     * along the axis, in whichever part. */
    long element(Rows rows, int parts, long index) {
        return switch (this) {
            case ROW -> index / rows.inner() * rows.axis() * rows.inner() + index % rows.inner();
            case AXIS -> index * rows.inner();
            case ALL -> 0;
            case EACH, REPEATED -> {
                long plane = rows.axis() * rows.inner();
                yield index / (plane * parts) * plane + index % plane;
            }
        };
    }

    /** Where the number lies that belongs to an element of the shape: in an operand of so many elements and parts. */
    int index(Rows rows, int parts, int part, int length, long element) {
        long plane = rows.axis() * rows.inner();
        long outer = element / plane;
        return (int) switch (this) {
            case EACH -> (outer * parts + part) * plane + element % plane;
            case REPEATED -> element % length;
            case ROW -> outer * rows.inner() + element % rows.inner();
            case AXIS -> element % plane / rows.inner();
            case ALL -> 0;
        };
    }
}
