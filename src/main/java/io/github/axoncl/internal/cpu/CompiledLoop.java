package io.github.axoncl.internal.cpu;

import java.util.concurrent.atomic.LongAdder;

/** A loop in the best form that is ready: scalar at first, SIMD for all but the last elements once that is compiled. */
final class CompiledLoop {
    private final LoopShape shape;
    private final Loop scalar;
    private final LongAdder simdRuns;
    private final int lanes;
    private volatile Loop simd;

    CompiledLoop(LoopShape shape, Loop scalar, LongAdder simdRuns) {
        this.shape = shape;
        this.scalar = scalar;
        this.simdRuns = simdRuns;
        this.lanes = shape.simdLanes();
    }

    LoopShape shape() {
        return shape;
    }

    Loop scalar() {
        return scalar;
    }

    void use(Loop ready) {
        simd = ready;
    }

    /** Computes elements 0 to length; see {@link Loop#run}. */
    void run(Object[] arrays, int[] offsets, int length, double[] parameters) {
        Loop fast = simd;
        int done = 0;
        if (fast != null && length >= lanes) {
            done = fast.run(arrays, offsets, 0, length, parameters);
            simdRuns.increment();
        }
        if (done < length) {
            scalar.run(arrays, offsets, done, length, parameters);
        }
    }
}
