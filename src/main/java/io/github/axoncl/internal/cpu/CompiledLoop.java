package io.github.axoncl.internal.cpu;

import java.util.concurrent.atomic.LongAdder;

/** A loop in the best form that is ready: scalar at first, SIMD for all but the last elements once that is compiled. */
final class CompiledLoop {
    /** Elements after which the SIMD form is made: a program that computes less ends sooner without it. */
    private static final int WORTH_SIMD = 4096;

    private final LoopShape shape;
    private final Loop scalar;
    private final LongAdder simdRuns;
    /** Makes the SIMD form; null when it was asked to. */
    private volatile LoopCompiler compiler;
    private int elements;
    private int lanes;
    private volatile Loop simd;

    CompiledLoop(LoopShape shape, Loop scalar, LongAdder simdRuns, LoopCompiler compiler) {
        this.shape = shape;
        this.scalar = scalar;
        this.simdRuns = simdRuns;
        this.compiler = compiler;
    }

    LoopShape shape() {
        return shape;
    }

    Loop scalar() {
        return scalar;
    }

    void use(Loop ready) {
        lanes = shape.simdLanes();
        simd = ready;
    }

    /** Computes elements 0 to length; see {@link Loop#run}. */
    void run(Object[] arrays, int[] offsets, int length, double[] parameters, int beside) {
        Loop fast = simd;
        int done = 0;
        if (fast != null) {
            if (length >= lanes) {
                done = fast.run(arrays, offsets, 0, length, parameters, beside);
                simdRuns.increment();
            }
        } else if (compiler != null) {
            count(length);
        }
        if (done < length) {
            scalar.run(arrays, offsets, done, length, parameters, beside);
        }
    }

    private synchronized void count(int length) {
        elements += Math.min(length, WORTH_SIMD);
        LoopCompiler asked = compiler;
        if (asked != null && elements >= WORTH_SIMD) {
            compiler = null;
            asked.improve(this);
        }
    }
}
