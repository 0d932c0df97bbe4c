package io.github.axoncl.internal.opencl;

import io.github.axoncl.Rows;

import java.util.function.LongPredicate;

/**
 * How a call that reduces over rows is divided on a GPU. Part of what a program is compiled for.
 *
 * @param movement  what a row's elements pass through
 * @param length    the elements of a row, where the text depends on them, else 0
 * @param partials  the partial sums of a row: 64 or, for shorter rows, a smaller power of two
 * @param items     the work-items that share a row, a power of two
 * @param rows      the rows of a work-group
 * @param width     the elements that are moved at once
 */
record RowGrid(Movement movement, int length, int partials, int items, int rows, int width) implements KernelTile {
    static final int SEGMENT = 4096;
    private static final int PARTIALS = 64;
    /** Longer rows do not stay in registers. */
    static final int LONGEST_IN_REGISTERS = 1024;
    private static final int MOST_ITEMS = 32;
    private static final int GROUP = 64;
    /** Work-groups whose neighbours have neighbouring rows: so many rows are what memory transfers at once. */
    private static final int GROUP_OF_COLUMNS = 256;
    private static final int COLUMN_ITEMS = 16;
    /** Local memory that every device has, less what work-items exchange through. */
    private static final int LOCAL_BYTES = (32 << 10) - (4 << 10);
    /** The bytes of local memory for each partial sum that a work-item exchanges, in two buffers, and for a work-group. */
    private static final int EXCHANGED = 4 * Float.BYTES;
    private static final int MOST_EXCHANGED = 8 << 10;
    /** Work-groups for each compute unit below which rows are split. */
    private static final int GROUPS_PER_UNIT = 4;
    /** Work-groups for each compute unit above which split rows are not divided further. */
    private static final int MOST_GROUPS_PER_UNIT = 16;

    /** What the elements of a row pass through. */
    enum Movement {
        /** Registers of the work-items that share the row; its length is known to the compiler. */
        REGISTERS,
        /** Local memory: one segment. */
        LOCAL,
        /** Global memory, which is read in each pass: one segment. */
        SEGMENT,
        /** Global memory, segment by segment. */
        SEGMENTS,
        /** Global memory, a work-group for each segment, in several launches. */
        SPLIT,
        /** The same where an output is an input: only the last launch writes, so that a failure before it loses nothing. */
        SPLIT_IN_PLACE;

        boolean isSplit() {
            return this == SPLIT || this == SPLIT_IN_PLACE;
        }
    }

    /** How the rows of a call lie.
     *
     * @param length  the elements of a row
     * @param columns whether neighbours in memory belong to neighbouring rows
     * @param divides whether the place of an element is found by divisions, which are made once for a group of its own
     * @param width   the elements that can be moved at once: of a row whose elements lie one behind the other */
    private record Extent(long length, boolean columns, boolean divides, int width) {
        static Extent of(RowNeeds needs, Rows shape, LongPredicate aligned) {
            boolean unit = shape.inner() == 1;
            long length = needs.alongAxis() ? shape.axis() : shape.outer() * shape.inner();
            boolean columns = needs.alongAxis() != unit;
            int width = columns || !needs.alongAxis() ? 1 : needs.width();
            while (width > 1 && (length % width != 0 || !aligned.test(width))) {
                width /= 2;
            }
            return new Extent(length, columns, !needs.alongAxis() && !unit, width);
        }
    }

    /** The best grid of a call.
     *
     * @param rows    the rows of the launch
     * @param units   the device's compute units
     * @param aligned whether all operands begin at addresses that are a multiple of so many of their elements
     * @param tiling  the work-group and the elements of a row in each work-item that are wanted for rows in registers */
    static RowGrid of(RowNeeds needs, Rows shape, long rows, int units, LongPredicate aligned, Tiling tiling) {
        Extent extent = Extent.of(needs, shape, aligned);
        long length = extent.length();
        if (needs.alongAxis() && length >= 1 && length <= LONGEST_IN_REGISTERS) {
            RowGrid grid = inRegisters((int) length, extent.columns(), extent.width(), needs.weight());
            if (grid != null) {
                return tiling.isDefault() ? grid : grid.divided(tiling, extent.width(), needs.weight());
            }
        }
        long bytes = needs.keptArrays() * Float.BYTES * length;
        if (length <= SEGMENT && !extent.columns() && needs.alongAxis() && bytes > 0 && bytes <= LOCAL_BYTES) {
            return new RowGrid(Movement.LOCAL, (int) length, PARTIALS, PARTIALS, 1, extent.width());
        }
        return ofAnyLength(needs, extent, rows, units);
    }

    /** The best grid of which the text does not depend on the length of rows. */
    static RowGrid ofAnyLength(RowNeeds needs, Rows shape, long rows, int units, LongPredicate aligned) {
        return ofAnyLength(needs, Extent.of(needs, shape, aligned), rows, units);
    }

    private static RowGrid ofAnyLength(RowNeeds needs, Extent extent, long rows, int units) {
        long length = extent.length();
        int width = extent.width();
        if (length <= SEGMENT) {
            int partials = partials(length);
            int items = extent.columns() ? Math.min(COLUMN_ITEMS, partials) : partials;
            // No more rows side by side than there are.
            int beside = extent.columns() ? (int) Math.min(GROUP_OF_COLUMNS, Math.max(GROUP, items * powerOfTwo(rows))) : GROUP;
            return new RowGrid(Movement.SEGMENT, 0, partials, items, beside / items, width);
        }
        // A work-item has fewer partial sums of two sums than of one.
        int columnItems = needs.pieces().terms().size() > 1 ? 2 * COLUMN_ITEMS : COLUMN_ITEMS;
        int side = extent.columns() ? GROUP_OF_COLUMNS / columnItems : 1;
        long segments = LaunchPlan.ceiling(length, SEGMENT);
        long wanted = Math.min(rows * segments, (long) GROUPS_PER_UNIT * units);
        boolean enough = LaunchPlan.ceiling(rows, side) >= wanted;
        if (!needs.canSplit() || enough && !extent.divides()) {
            return new RowGrid(Movement.SEGMENTS, 0, PARTIALS, itemsBeside(side), side, width);
        }
        while (side > 1 && (side / 2 >= rows || LaunchPlan.ceiling(rows, side) * segments < wanted)) {
            side /= 2;
        }
        return new RowGrid(Movement.SPLIT, 0, PARTIALS, itemsBeside(side), side, width);
    }

    /** How many work-groups share the segments of split rows, each as many as the others: so many that the device is busy, and no
     * more, since each reads again what was handed on for all segments. Where elements do not lie one behind the other, whose
     * places take registers or divisions, a segment has a group of its own.
     *
     * @param tiles the work-groups if each had all segments of its rows */
    static long shares(RowNeeds needs, Rows shape, long segments, long tiles, int units) {
        long most = Math.max(1, (long) MOST_GROUPS_PER_UNIT * units / tiles);
        boolean together = needs.alongAxis() && shape.inner() == 1;
        return together ? LaunchPlan.ceiling(segments, LaunchPlan.ceiling(segments, most)) : segments;
    }

    /** The same for a call of which an output is an input on the device. */
    RowGrid inPlace() {
        return movement != Movement.SPLIT ? this
                : new RowGrid(Movement.SPLIT_IN_PLACE, length, partials, items, rows, width);
    }

    /** The work-items of a row where others are beside it. */
    private static int itemsBeside(int side) {
        return Math.min(PARTIALS, GROUP_OF_COLUMNS / side);
    }

    /** The partial sums that a row of some length needs. */
    private static int partials(long length) {
        return (int) Math.min(PARTIALS, powerOfTwo(length));
    }

    /** The least power of two that is not below a number. */
    private static long powerOfTwo(long number) {
        return Math.max(1, Long.highestOneBit(2 * number - 1));
    }

    private static RowGrid inRegisters(int length, boolean columns, int widest, int weight) {
        int partials = partials(length);
        // So many elements a work-item has room for if it shares its row with none or one.
        int alone = weight > 1 ? 8 : 32;
        if (columns) {
            int items = length <= alone ? 1 : Math.max(COLUMN_ITEMS, (int) powerOfTwo(LaunchPlan.ceiling(length * weight, 16)));
            items = Math.min(items, partials);
            int rows = items == 1 ? GROUP : GROUP_OF_COLUMNS / items;
            return weight > 1 && items > 32 || length > LONGEST_IN_REGISTERS ? null
                    : new RowGrid(Movement.REGISTERS, length, partials, items, rows, 1);
        }
        int width = Math.min(widest, partials);
        int items;
        if (length <= 32) {
            items = (int) Math.max(width >= 4 && length >= 2 * width ? 2 : 1, powerOfTwo(LaunchPlan.ceiling(length, alone)));
        } else if (length <= 96) {
            items = 4;
        } else {
            items = length <= 128 ? 8 : length <= 512 ? 16 : 32;
        }
        items = length > 32 ? items * weight : items;
        width = Math.min(width, partials / Math.min(items, partials));
        return weight > 1 && items > 16 || items > 32 ? null
                : new RowGrid(Movement.REGISTERS, length, partials, items, GROUP / items, width);
    }

    /** The same in other work-groups: a power of two of work-items for each row, so that none has more elements than wanted, if
     * so many may share it. */
    private RowGrid divided(Tiling tiling, int widest, int weight) {
        int wanted = (length * weight + tiling.elements() - 1) / tiling.elements();
        int shared = Math.min(Integer.highestOneBit(2 * wanted - 1), Math.min(MOST_ITEMS, partials));
        int beside = Math.max(1, tiling.workGroup() / shared);
        int atOnce = Math.min(widest, partials / shared);
        while (atOnce > 1 && shared > 1 && shared * beside * atOnce * EXCHANGED > MOST_EXCHANGED) {
            atOnce /= 2;
        }
        return new RowGrid(movement, length, partials, shared, beside, atOnce);
    }

    @Override
    public int group() {
        return items * rows;
    }

    @Override
    public RowGrid within(long largest) {
        int allowed = (int) Math.min(group(), Long.highestOneBit(Math.max(1, largest)));
        int fewerItems = Math.min(items, allowed);
        return new RowGrid(movement, length, partials, fewerItems, Math.max(1, Math.min(rows, allowed / fewerItems)), width);
    }
}
