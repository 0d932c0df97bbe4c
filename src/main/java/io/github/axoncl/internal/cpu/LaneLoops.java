package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.cpu.LoopShape.Port;
import io.github.axoncl.internal.kernel.NamedLine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The loops that make one lane of some, in the order of a tree: eight lanes at a time, since few steps are quick steps. */
final class LaneLoops {
    /** The most lanes of which one is made at a time. */
    private static final int MOST = 8;
    private static final double[] NO_PARAMETERS = {};

    private final LoopCompiler compiler;
    private final IntFunction<NamedLine> lines;
    private final Element element;
    /** How many arrays a lane has an element in. */
    private final int parts;
    private final CompiledLoop[] loops = new CompiledLoop[MOST + 1];

    /** What a thread needs. */
    static final class Place {
        private final Object[] arrays = new Object[2 * MOST];
        private final int[] offsets = new int[2 * MOST];

        private void put(int k, Object array, int offset) {
            arrays[k] = array;
            offsets[k] = offset;
        }
    }

    /** Loops of lines that combine as many lanes as they are asked for; the parts of the lanes in turn are its inputs, those of
     * the first one its outputs. */
    LaneLoops(LoopCompiler compiler, IntFunction<NamedLine> lines, Element element, int parts) {
        this.compiler = compiler;
        this.lines = lines;
        this.element = element;
        this.parts = parts;
    }

    private synchronized CompiledLoop loop(int lanes) {
        if (loops[lanes] == null) {
            int[] targets = new int[parts];
            List<Port> ports = new ArrayList<>();
            for (int k = 0; k < lanes * parts; k++) {
                ports.add(new Port(element, 0));
                if (k < parts) {
                    targets[k] = k;
                }
            }
            loops[lanes] = compiler.compile(new LoopShape(lines.apply(lanes).line(), targets, ports));
        }
        return loops[lanes];
    }

    /** Makes the first lane of all of them.
     *
     * @param high  where the lanes lie, those of rows side by side
     * @param low   their second parts, or null
     * @param lanes how many there are, a power of two
     * @param width how many places each has */
    void reduce(Place place, Object high, Object low, int lanes, int width) {
        for (int left = lanes; left > 1;) {
            int count = Math.min(left, MOST);
            left /= count;
            for (int i = 0; i < count; i++) {
                place.put(parts * i, high, i * left * width);
                if (parts > 1) {
                    place.put(parts * i + 1, low, i * left * width);
                }
            }
            loop(count).run(place.arrays, place.offsets, left * width, NO_PARAMETERS, 1);
        }
    }

    /** Combines lanes with others.
     *
     * @param otherAt where the others begin
     * @param length  how many elements there are */
    void combine(Place place, Object high, Object low, Object otherHigh, Object otherLow, int otherAt, int length) {
        place.put(0, high, 0);
        place.put(parts, otherHigh, otherAt);
        if (parts > 1) {
            place.put(1, low, 0);
            place.put(parts + 1, otherLow, otherAt);
        }
        loop(2).run(place.arrays, place.offsets, length, NO_PARAMETERS, 1);
    }
}
