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
    /** Instead of a period: element i of the loop is the one whose number is element i of the next operand. */
    static final int LISTED = -1;
    /** Where an operand has one element for each of the rows side by side, there are at least so many: the floats of the widest
     * vector. */
    static final int BESIDE = 16;

    /**
     * One operand.
     *
     * @param element what its elements are
     * @param period  1, or {@link #LANES} for lanes of rows: element i of the loop is number i mod (period times the rows that
     *                lie side by side) of the operand; 0 if it is number i; or {@link #LISTED}
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

    /** Whether the next operand says which elements of this one are taken. */
    boolean isListed(int operand) {
        return operands.get(operand).period() == LISTED;
    }

    /** How many elements one vector has. */
    int simdLanes() {
        return isWide() ? Simd.lanes() / 2 : Simd.lanes();
    }

    /** The most elements in succession that lie one behind the other in every operand. */
    int longestVector() {
        int longest = Integer.MAX_VALUE;
        for (Port port : operands) {
            longest = Math.min(longest, span(port));
        }
        return longest;
    }

    /** The most elements in succession that are different ones of every operand that is written. */
    int longestStep() {
        int longest = Integer.MAX_VALUE;
        for (int target : targets) {
            longest = Math.min(longest, span(operands.get(target)));
        }
        return longest;
    }

    private static int span(Port port) {
        return port.period() <= 0 ? Integer.MAX_VALUE : port.period() == 1 ? BESIDE : port.period();
    }
}
