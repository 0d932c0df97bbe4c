package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Rows;

/**
 * What a work-group computes of a call that computes every element by itself. Part of what a program is compiled for.
 *
 * @param group    the work-items
 * @param together whether they are neighbours in one line of the shape, so that indexes are found once for all of them
 */
record MapTile(int group, boolean together) {
    /** Work-items that make random words for four elements each share them in memory of this size. */
    static final int BY_FOUR = 64;
    /** Where a CPU driver vectorises a work-group's loop as well as with any larger size. */
    private static final int LARGEST = 256;

    /** The best tile of a call: the largest power of two that divides a line of neighbours, if that is worth it. */
    static MapTile of(KernelCall call) {
        Rows rows = call.rows();
        long line = rows.inner() == 1 ? rows.axis() : rows.inner();
        long dividing = Math.min(LARGEST, Long.lowestOneBit(line));
        return divides(call) && dividing >= BY_FOUR ? new MapTile((int) dividing, true) : new MapTile(LARGEST, false);
    }

    private static boolean divides(KernelCall call) {
        for (Slot slot : call.signature().slots()) {
            if (divides(slot)) {
                return true;
            }
        }
        return false;
    }

    /** Whether more than an element's number is needed to find it.
     *
     * @param slot the element's name */
    static boolean divides(Slot slot) {
        return slot.layout() != Layout.EACH || slot.parts() > 1;
    }
}
