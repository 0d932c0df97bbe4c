package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.cpu.LoopShape.Port;
import io.github.axoncl.internal.kernel.StraightLine;

import java.util.Arrays;
import java.util.List;

/**
 * Puts whole rows of floats that lie one behind the other side by side, and back, by lists of where each element comes from:
 * a processor that gathers vectors does that about as fast as it copies. Used by one thread.
 */
final class Turning {
    private static final int FROM = 0;
    private static final int LIST = 1;
    private static final int TO = 2;
    private static final double[] NO_PARAMETERS = {};

    private final CompiledLoop loop;
    private final Object[] arrays = new Object[TO + 1];
    private final int[] offsets = new int[TO + 1];
    /** The elements of the rows that the lists are for. */
    private int length;
    /** For each power of two, the lists for so many rows. */
    private final int[][] beside = new int[Integer.SIZE][];
    private final int[][] behind = new int[Integer.SIZE][];

    Turning(CompiledLoop loop) {
        this.loop = loop;
    }

    /** The loop, which any number of these may share. */
    static CompiledLoop loop(LoopCompiler compiler) {
        return compiler.compile(new LoopShape(StraightLine.copy(), new int[] {TO},
                List.of(new Port(Element.FLOAT, LoopShape.LISTED), new Port(Element.INT, 0), new Port(Element.FLOAT, 0))));
    }

    /** Puts rows side by side: element i of row j is number i * rows + j then.
     *
     * @param at    where the first row begins
     * @param rows  how many there are, a power of two
     * @param count the elements of each */
    void spread(Object from, int at, int rows, int count, Object to) {
        run(from, at, to, 0, list(beside, rows, count, rows));
    }

    /** The inverse of {@link #spread}. */
    void gather(Object from, int rows, int count, Object to, int at) {
        run(from, 0, to, at, list(behind, rows, count, count));
    }

    /** The list that is kept among those of its kind.
     *
     * @param neighbours how many elements, of as many lines, become neighbours */
    private int[] list(int[][] lists, int rows, int count, int neighbours) {
        if (length != count) {
            length = count;
            Arrays.fill(beside, null);
            Arrays.fill(behind, null);
        }
        int at = Integer.numberOfTrailingZeros(rows);
        if (lists[at] == null) {
            int[] list = new int[rows * count];
            for (int e = 0; e < list.length; e++) {
                list[e] = e % neighbours * (list.length / neighbours) + e / neighbours;
            }
            lists[at] = list;
        }
        return lists[at];
    }

    private void run(Object from, int fromAt, Object to, int toAt, int[] list) {
        arrays[FROM] = from;
        offsets[FROM] = fromAt;
        arrays[LIST] = list;
        arrays[TO] = to;
        offsets[TO] = toAt;
        loop.run(arrays, offsets, list.length, NO_PARAMETERS, 1);
        Arrays.fill(arrays, null);
    }
}
