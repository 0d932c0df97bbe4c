package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.cpu.LoopShape.Port;
import io.github.axoncl.internal.kernel.NamedLine;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
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
    /** How many arrays the result goes to; 0 if it goes to the first lane. */
    private final int outputs;
    private final AtomicReferenceArray<CompiledLoop> loops = new AtomicReferenceArray<>(MOST + 1);

    /** What a thread needs. */
    static final class Place {
        private final Object[] arrays = new Object[2 * MOST + 2];
        private final int[] offsets = new int[2 * MOST + 2];

        private void put(int k, Object array, int offset) {
            arrays[k] = array;
            offsets[k] = offset;
        }

        private void lanes(int parts, Object high, Object low, int count, int apart) {
            for (int i = 0; i < count; i++) {
                put(parts * i, high, i * apart);
                if (parts > 1) {
                    put(parts * i + 1, low, i * apart);
                }
            }
        }
    }

    /** Loops of lines that combine as many lanes as they are asked for; the parts of the lanes in turn are its inputs, those of
     * the first one its outputs. */
    LaneLoops(LoopCompiler compiler, IntFunction<NamedLine> lines, Element element, int parts) {
        this(compiler, lines, element, parts, 0);
    }

    /** Loops whose results go to so many other arrays. */
    LaneLoops(LoopCompiler compiler, IntFunction<NamedLine> lines, Element element, int parts, int outputs) {
        this.outputs = outputs;
        this.compiler = compiler;
        this.lines = lines;
        this.element = element;
        this.parts = parts;
    }

    /** Without a lock, since all threads come here for every few elements; the compiler makes a loop once. */
    private CompiledLoop loop(int lanes) {
        CompiledLoop loop = loops.get(lanes);
        if (loop == null) {
            int[] targets = new int[Math.max(parts, outputs)];
            for (int k = 0; k < targets.length; k++) {
                targets[k] = outputs == 0 ? k : lanes * parts + k;
            }
            List<Port> ports = Collections.nCopies(lanes * parts + outputs, new Port(element, 0));
            loop = compiler.compile(new LoopShape(lines.apply(lanes).line(), targets, ports));
            loops.set(lanes, loop);
        }
        return loop;
    }

    /** Makes fewer lanes of what is there once for each.
     *
     * @param low    the second parts, or null
     * @param toHigh where the lanes go
     * @return how many are left */
    int begin(Place place, Object high, Object low, Object toHigh, Object toLow, int lanes, int width) {
        int count = Math.min(lanes, MOST);
        int left = lanes / count;
        place.lanes(parts, high, low, count, left * width);
        place.put(parts * count, toHigh, 0);
        place.put(parts * count + 1, toLow, 0);
        loop(count).run(place.arrays, place.offsets, left * width, NO_PARAMETERS, 1);
        return left;
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
            place.lanes(parts, high, low, count, left * width);
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
