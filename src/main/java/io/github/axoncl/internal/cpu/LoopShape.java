package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.StraightLine;

import java.util.Set;

/**
 * A straight line and where its inputs and outputs lie. Input k of the line is an element of operand k.
 *
 * @param line    what is computed for each element
 * @param targets the operand that each output is stored to
 * @param lanes   the operands that are lanes of a row's sum: element i lies at index i mod {@link #LANES}
 */
record LoopShape(StraightLine line, int[] targets, Set<Integer> lanes) {
    /** The number of lanes of the one shape that every sum has. */
    static final int LANES = 64;

    static LoopShape elementwise(StraightLine line, int... targets) {
        return new LoopShape(line, targets, Set.of());
    }

    /** The type of the elements of all operands. */
    Element element() {
        return Element.of(line.outputs().get(0).type());
    }

    /** How many elements one vector has. */
    int simdLanes() {
        return element() == Element.DOUBLE ? Simd.LANES / 2 : Simd.LANES;
    }

    boolean isLane(int operand) {
        return lanes.contains(operand);
    }
}
