package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.internal.kernel.Formulas;

import java.util.function.LongPredicate;

/**
 * What a work-group of a GPU computes of a call that computes every element by itself. Part of what a program is compiled for.
 *
 * @param group    the work-items
 * @param elements the neighbours that a work-item computes
 * @param width    how many of them it reads and writes at once; 1, or else all lie in one line of the shape and at an address that
 *                 is a multiple of a vector
 * @param words    whether it makes four random words at once, the number of its first element being a multiple of 4
 */
record MapGrid(int group, int elements, int width, boolean words) implements KernelTile {
    private static final int WORDS = 4;

    /** The best grid of a call.
     *
     * @param first   the number of the first element for random words
     * @param aligned whether all operands begin at addresses that are a multiple of so many of their elements
     * @param tiling  the work-group and the elements that are wanted */
    static MapGrid of(KernelCall call, long first, LongPredicate aligned, Tiling tiling) {
        boolean words = call.signature().scalars().contains(Formulas.ELEMENT_LOW) && first % WORDS == 0;
        int width = KernelTile.vectorWidth(call.signature());
        int most = tiling.isDefault() ? width : Math.max(width, Integer.highestOneBit(tiling.elements()));
        for (int elements = words ? Math.max(WORDS, most) : most; elements > 1; elements /= 2) {
            boolean inLine = !MapTile.divides(call.signature()) || MapTile.line(call) % elements == 0;
            int atOnce = Math.min(width, elements);
            if (inLine && aligned.test(atOnce) && (!words || elements >= WORDS)) {
                return new MapGrid(tiling.workGroup(), elements, atOnce, words);
            }
        }
        return new MapGrid(tiling.workGroup(), words ? WORDS : 1, 1, words);
    }

    /** The same with work-groups that a device or kernel allows. */
    @Override
    public MapGrid within(long largest) {
        return new MapGrid((int) Math.min(group, Long.highestOneBit(Math.max(1, largest))), elements, width, words);
    }
}
