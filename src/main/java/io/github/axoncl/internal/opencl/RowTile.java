package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.Rows;

/**
 * What a work-item of a driver for CPUs computes of a call that reduces over rows. Part of what a program is compiled for.
 *
 * @param columns rows side by side
 */
record RowTile(int columns) implements KernelTile {
    /** The lanes of a row. */
    static final int LANES = 64;
    /** Rows side by side in one work-item: they fill the widest vector. */
    private static final int VECTOR = 16;

    /** The best tile of a call: the compiler vectorises over what one work-item does, that is one row, or several if they are short
     * or neighbours in memory. */
    static RowTile of(KernelCall call) {
        Rows rows = call.rows();
        boolean alongAxis = call.signature().form() == Form.ALONG_AXIS;
        long length = alongAxis ? rows.axis() : rows.outer() * rows.inner();
        boolean apart = alongAxis == (rows.inner() == 1);
        long neighbours = apart ? 1 : alongAxis ? rows.inner() : rows.axis();
        boolean sideBySide = neighbours >= VECTOR / 2 || neighbours > 1 && length <= LANES;
        return new RowTile(sideBySide || length < LANES && alongAxis ? VECTOR : 1);
    }

    /** The groups that a number of rows needs, of which some are neighbours. */
    long groups(long rows, long neighbours) {
        return neighbours == 0 ? 0 : rows / neighbours * ((neighbours - 1) / columns + 1);
    }
}
