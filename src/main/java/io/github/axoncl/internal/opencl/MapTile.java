package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Rows;

/**
 * How the loops of a call that computes every element by itself go on drivers for CPUs. Part of what a program is compiled for.
 *
 * @param together whether the elements of a loop are neighbours in one line of the shape, so that indexes are found once for all
 *                 of them
 */
record MapTile(boolean together) implements KernelTile {
    /** Blocks of four random words that are made before they are taken. */
    static final int BLOCKS = 64;
    private static final int SHORTEST_RUN = 256;
    private static final int LONGEST_RUN = 4096;
    /** Numbers of parts that are tried. */
    private static final int TRIES = 64;

    /** The best tile of a call. */
    static MapTile of(KernelCall call) {
        return new MapTile(divides(call.signature()) && run(call) > 0);
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

    /** How many elements lie one behind the other with one outer index and, unless inner is 1, one index of the axis. */
    static long line(KernelCall call) {
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
