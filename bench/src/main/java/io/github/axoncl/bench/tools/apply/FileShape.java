package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Rows;
import io.github.axoncl.bench.shared.UsageException;
import java.util.ArrayList;
import java.util.List;

/**
 * How an array is divided into rows, and so which shapes the other arrays of a call have.
 *
 * @param extents the array's shape
 * @param axis    the index of the axis; -1 if every element is by itself, a row of one
 * @param rows    the same for a call
 * @param source  the array's name, for messages
 */
record FileShape(List<Long> extents, int axis, Rows rows, String source) {
    /** For functions that have no axis. */
    static FileShape elementwise(List<Long> extents, String source) {
        return new FileShape(extents, -1, new Rows(product(extents, source), 1, 1), source);
    }

    /** Rows along an axis, which may count from the end. */
    static FileShape along(int asked, List<Long> extents, String source) {
        if (asked < -extents.size() || asked >= extents.size()) {
            throw new UsageException("--axis " + asked + " is out of range: " + source + " has " + extents.size()
                    + " dimensions");
        }
        int index = asked < 0 ? asked + extents.size() : asked;
        return new FileShape(extents, index, new Rows(product(extents.subList(0, index), source), extents.get(index),
                product(extents.subList(index + 1, extents.size()), source)), source);
    }

    private static long product(List<Long> extents, String source) {
        try {
            return extents.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw new UsageException(source + ": the product of the extents " + extents + " exceeds 2^63 - 1", e);
        }
    }

    /** The shape of one of some equal parts that lie side by side along the axis. */
    FileShape part(int parts) {
        if (rows.axis() % parts != 0) {
            throw new UsageException(source + " has " + rows.axis() + " indexes along axis " + axis + ", which are not " + parts
                    + " equal parts");
        }
        List<Long> divided = new ArrayList<>(extents);
        divided.set(axis, rows.axis() / parts);
        return along(axis, divided, "one of " + parts + " parts of " + source);
    }

    /** A number for each element. */
    ArrayShape each() {
        return new ArrayShape(extents, rows.axis() * rows.inner(), "the shape of " + source);
    }

    /** A number for each row. */
    ArrayShape perRow() {
        List<Long> others = new ArrayList<>(extents);
        others.remove(axis);
        return new ArrayShape(others, rows.inner(), "the shape of " + source + " without axis " + axis);
    }

    /** A number for each index along the axis. */
    ArrayShape perIndex() {
        return new ArrayShape(List.of(rows.axis()), 0, "one number for each index along axis " + axis + " of " + source);
    }

    /** One number. */
    static ArrayShape one() {
        return new ArrayShape(List.of(), 0, "one number");
    }
}
