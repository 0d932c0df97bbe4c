package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Rows;

/**
 * What a work-group computes of a call that computes every element by itself. Part of what a program is compiled for.
 *
 * @param group    the work-items
 * @param loops    whether a work-item computes many neighbours in a loop
 * @param together whether the elements of a work-group or a loop are neighbours in one line of the shape, so that indexes are
 *                 found once for all of them
 */
record MapTile(int group, boolean loops, boolean together) {
    /** Blocks of four random words that are made before they are taken: by so many work-items, or by one in a loop. */
    static final int BLOCKS = 64;
    /** What a GPU fills its compute units with. */
    private static final int LARGEST = 256;
    /** The smallest work-group for which it is worth while to find an index. */
    private static final int SMALLEST = 64;
    private static final int SHORTEST_RUN = 256;
    private static final int LONGEST_RUN = 4096;
    /** Numbers of parts that are tried. */
    private static final int TRIES = 64;

    /** The best tile of a call. A work-group has the largest power of two that divides a line of neighbours, if that is
     * worth it. */
    static MapTile of(KernelCall call, Device device) {
        boolean divides = divides(call.signature());
        if (device.vectorisesLanes()) {
            return new MapTile(1, true, divides && run(call) > 0);
        }
        long dividing = Math.min(LARGEST, Long.lowestOneBit(line(call)));
        return divides && dividing >= SMALLEST ? new MapTile((int) dividing, false, true) : new MapTile(LARGEST, false, false);
    }

    /** How many elements a loop goes through that stays in one line: one of equal parts of a line, or 0
     * if there are none of a good length. */
    static long run(KernelCall call) {
        long line = line(call);
        long least = (line + LONGEST_RUN - 1) / LONGEST_RUN;
        long most = Math.min(line / SHORTEST_RUN, least + TRIES);
        for (long parts = least; parts <= most; parts++) {
            if (line % parts == 0) {
                return line / parts;
            }
        }
        return 0;
    }

    private static long line(KernelCall call) {
        Rows rows = call.rows();
        return rows.inner() == 1 ? rows.axis() : rows.inner();
    }

    /** Whether more than an element's number is needed to find it in every operand. */
    static boolean divides(KernelSignature signature) {
        for (Slot slot : signature.slots()) {
            if (slot.layout() != Layout.EACH || slot.parts() > 1) {
                return true;
            }
        }
        return false;
    }
}
