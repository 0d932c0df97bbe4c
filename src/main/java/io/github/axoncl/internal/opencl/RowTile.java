package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.Rows;

/**
 * What a work-group computes of a call that reduces over rows. Part of what a program is compiled for.
 *
 * @param oneItem whether one work-item computes it all
 * @param columns rows side by side
 * @param lanes   the lanes of a row: 64 or, where no row is longer, a smaller power of two
 * @param items   the work-items that share a row, a power of two
 */
record RowTile(boolean oneItem, int columns, int lanes, int items) implements KernelTile {
    private static final int LANES = 64;
    /** Rows side by side in one work-item: they fill the widest vector. */
    private static final int VECTOR = 16;
    /** Rows side by side in a work-group: what memory transfers at once, and tiles enough for many compute units. */
    private static final int SECTOR = 8;
    /** Rows that are shorter than {@link #LANES} but not longer than these have a program of their own. */
    private static final int[] SHORT = {8, 32};

    /** The best tile of a call.
     *
     * <p>Where the compiler vectorises over what one work-item does, that is one row, or several if they are short or
     * neighbours in memory. Elsewhere a work-item has a lane, and short rows are put together to fill a work-group. */
    static RowTile of(KernelCall call, Device device) {
        Rows rows = call.rows();
        boolean alongAxis = call.signature().form() == Form.ALONG_AXIS;
        long length = alongAxis ? rows.axis() : rows.outer() * rows.inner();
        boolean apart = alongAxis == (rows.inner() == 1);
        long neighbours = apart ? 1 : alongAxis ? rows.inner() : rows.axis();
        int columns = device.vectorisesLanes() ? VECTOR : SECTOR;
        boolean sideBySide = neighbours >= columns / 2 || neighbours > 1 && length <= LANES;
        if (device.vectorisesLanes()) {
            boolean together = sideBySide || length < LANES && alongAxis;
            return new RowTile(true, together ? columns : 1, LANES, 1);
        }
        int lanes = LANES;
        for (int k = SHORT.length - 1; k >= 0; k--) {
            lanes = length <= SHORT[k] ? SHORT[k] : lanes;
        }
        boolean together = alongAxis && apart;
        return new RowTile(false, sideBySide ? columns : together ? LANES / lanes : 1, lanes, lanes);
    }

    @Override
    public int group() {
        return oneItem ? 1 : columns * items;
    }

    /** The groups that a number of rows needs, of which some are neighbours. */
    long groups(long rows, long neighbours) {
        return neighbours == 0 ? 0 : rows / neighbours * ((neighbours - 1) / columns + 1);
    }

    /** The largest tile for work-groups up to a size: fewer work-items for a row, then fewer columns. */
    @Override
    public RowTile within(long largest) {
        long allowed = Long.highestOneBit(Math.max(1, largest));
        int fewerColumns = (int) Math.min(columns, allowed);
        return new RowTile(oneItem, oneItem ? columns : fewerColumns, lanes, (int) Math.min(items, allowed / fewerColumns));
    }
}
