package io.github.axoncl.internal.cpu;

import io.github.axoncl.Operation;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;

import java.util.Arrays;
import java.util.Set;

/**
 * The loops of one row-wise operation, and their order for one row. Every sum has one shape, whatever runs it: segments of 4,096
 * elements, 64 lanes of pairs in each, a fixed tree over the lanes, and the sums of the segments in the same way once more.
 */
final class RowLoops {
    private static final int SEGMENT = 4096;
    private static final int LANES = LoopShape.LANES;

    private final boolean takesGradient;
    private final boolean needsMaximum;
    private final boolean keepsTerm;
    private final CompiledLoop larger;
    private final CompiledLoop maximum;
    private final CompiledLoop term;
    private final CompiledLoop plus;
    private final CompiledLoop normal;
    private final CompiledLoop result;

    RowLoops(LoopCompiler compiler, KernelModule module, Operation operation) {
        takesGradient = operation.takesGradient();
        needsMaximum = Formulas.rowTakes(module, operation, "_term", "maximum")
                || Formulas.rowTakes(module, operation, "_result", "maximum");
        keepsTerm = Formulas.rowTakes(module, operation, "_result", "term");
        larger = needsMaximum ? compiler.compile(new LoopShape(Formulas.rowLarger(module), new int[] {1}, Set.of(1))) : null;
        maximum = needsMaximum ? compiler.compile(LoopShape.elementwise(Formulas.rowMaximum(module), 0)) : null;
        int lane = takesGradient ? 2 : 1;
        int[] targets = keepsTerm ? new int[] {lane, lane + 1, lane + 2} : new int[] {lane, lane + 1};
        term = compiler.compile(new LoopShape(Formulas.rowTerm(module, operation, keepsTerm), targets, Set.of(lane, lane + 1)));
        plus = compiler.compile(LoopShape.elementwise(Formulas.rowPlus(module), 0, 1));
        normal = compiler.compile(LoopShape.elementwise(Formulas.rowNormal(module), 0, 1));
        result = compiler.compile(LoopShape.elementwise(Formulas.rowResult(module, operation), takesGradient ? 2 : 1));
    }

    /** What a thread needs for a row: lanes and operand lists. Not shared. */
    static final class Scratch {
        private final float[] hi = new float[LANES];
        private final float[] lo = new float[LANES];
        private final float[] rowHi = new float[LANES];
        private final float[] rowLo = new float[LANES];
        /** The maximum, and the high and low part of the sum. */
        private final double[] parameters = new double[3];
    }

    /** Computes one row. {@code dy} is null where the operation takes no gradient; the output may be an input. */
    void run(Scratch s, float[] x, int xAt, float[] dy, int dyAt, float[] out, int outAt, int length) {
        if (needsMaximum) {
            s.parameters[0] = maximum(s, x, xAt, length);
        }
        sum(s, x, xAt, dy, dyAt, out, outAt, length);
        float[] first = keepsTerm ? out : x;
        int firstAt = keepsTerm ? outAt : xAt;
        if (takesGradient) {
            result.run(new Object[] {first, dy, out}, new int[] {firstAt, dyAt, outAt}, length, s.parameters);
        } else {
            result.run(new Object[] {first, out}, new int[] {firstAt, outAt}, length, s.parameters);
        }
    }

    private float maximum(Scratch s, float[] x, int xAt, int length) {
        float[] lanes = s.hi;
        Arrays.fill(lanes, Float.NEGATIVE_INFINITY);
        larger.run(new Object[] {x, lanes}, new int[] {xAt, 0}, length, s.parameters);
        for (int half = LANES / 2; half > 0; half /= 2) {
            larger.run(new Object[] {lanes, lanes}, new int[] {half, 0}, half, s.parameters);
        }
        maximum.run(new Object[] {lanes}, new int[] {0}, 1, s.parameters);
        return lanes[0];
    }

    private void sum(Scratch s, float[] x, int xAt, float[] dy, int dyAt, float[] out, int outAt, int length) {
        Object[] arrays = takesGradient ? new Object[] {x, dy, s.hi, s.lo, out} : new Object[] {x, s.hi, s.lo, out};
        Object[] both = {s.rowHi, s.rowLo, s.hi, s.lo};
        Arrays.fill(s.rowHi, 0);
        Arrays.fill(s.rowLo, 0);
        int segment = 0;
        for (int from = 0; from < length; from += Math.min(SEGMENT, length - from)) {
            Arrays.fill(s.hi, 0);
            Arrays.fill(s.lo, 0);
            int[] offsets = takesGradient ? new int[] {xAt + from, dyAt + from, 0, 0, outAt + from}
                    : new int[] {xAt + from, 0, 0, outAt + from};
            term.run(arrays, offsets, Math.min(SEGMENT, length - from), s.parameters);
            tree(s, s.hi, s.lo);
            int lane = segment++ % LANES;
            plus.run(both, new int[] {lane, lane, 0, 0}, 1, s.parameters);
        }
        tree(s, s.rowHi, s.rowLo);
        normal.run(both, new int[] {0, 0}, 1, s.parameters);
        s.parameters[1] = s.rowHi[0];
        s.parameters[2] = s.rowLo[0];
    }

    private void tree(Scratch s, float[] hi, float[] lo) {
        Object[] lanes = {hi, lo, hi, lo};
        for (int half = LANES / 2; half > 0; half /= 2) {
            plus.run(lanes, new int[] {0, 0, half, half}, half, s.parameters);
        }
    }
}
