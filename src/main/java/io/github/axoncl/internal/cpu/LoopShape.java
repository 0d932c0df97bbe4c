package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.StraightLine;

import java.util.List;

/**
 * A straight line and where its inputs and outputs lie. Input k of the line is an element of operand k.
 *
 * @param line     what is computed for each element
 * @param targets  the operand that each output is stored to
 * @param operands what each operand is
 */
record LoopShape(StraightLine line, int[] targets, List<Port> operands) {
    /** The number of lanes of the one shape that every sum has. */
    static final int LANES = 64;

    /**
     * One operand.
     *
     * @param element what its elements are
     * @param period  a power of two: element i of the loop is number i mod period of the operand; 0 if it is number i
     */
    record Port(Element element, int period) {
    }

    /** A loop whose operands have elements of one type, one for each of the loop. */
    static LoopShape elementwise(StraightLine line, int... targets) {
        int operands = 1 + line.lastInput();
        for (int target : targets) {
            operands = Math.max(operands, 1 + target);
        }
        Port port = new Port(Element.of(line.outputs().get(0).type()), 0);
        return new LoopShape(line, targets, java.util.Collections.nCopies(operands, port));
    }

    /** Whether reals are doubles; else they are floats. */
    boolean isWide() {
        for (Port port : operands) {
            if (port.element() == Element.DOUBLE) {
                return true;
            }
        }
        return false;
    }

    /** How many elements one vector has. */
    int simdLanes() {
        return isWide() ? Simd.lanes() / 2 : Simd.lanes();
    }

    /** The shortest period of an operand that is written, for which a step must not be longer; 0 if there is none. */
    int shortestWrittenPeriod() {
        int shortest = 0;
        for (int target : targets) {
            shortest = shorter(shortest, operands.get(target).period());
        }
        return shortest;
    }

    /** The shortest period of an operand; 0 if there is none. */
    int shortestPeriod() {
        int shortest = 0;
        for (Port port : operands) {
            shortest = shorter(shortest, port.period());
        }
        return shortest;
    }

    /** The shorter one of two periods, of which 0 is none. */
    private static int shorter(int a, int b) {
        return a == 0 ? b : b == 0 ? a : Math.min(a, b);
    }
}
