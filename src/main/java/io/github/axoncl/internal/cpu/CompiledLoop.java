package io.github.axoncl.internal.cpu;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** A loop in the best form that is ready: scalar at first, SIMD for all but the last elements once that is compiled. */
final class CompiledLoop {
    /** Elements after which the SIMD form is made: a program that computes less ends sooner without it. */
    private static final int WORTH_SIMD = 4096;

    private final Supplier<LoopShape> shape;
    private final Loop scalar;
    private final LongAdder simdRuns;
    /** Makes the SIMD form; null when it was asked to. */
    private volatile LoopCompiler compiler;
    private int elements;
    private int lanes;
    private volatile Loop simd;

    CompiledLoop(Supplier<LoopShape> shape, Loop scalar, LongAdder simdRuns, LoopCompiler compiler) {
        this.shape = shape;
        this.scalar = scalar;
        this.simdRuns = simdRuns;
        this.compiler = compiler;
    }

    /** What it computes; of a loop that is ready the text is read for it. */
    LoopShape shape() {
        return shape.get();
    }

    Loop scalar() {
        return scalar;
    }

    /** Uses the SIMD form from now on.
     *
     * @param least how many elements one step takes at the least */
    void use(Loop form, int least) {
        lanes = least;
        simd = form;
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
