package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Median;

/**
 * The nanoseconds of a call. Calls are made back to back and waited for once: a wait for each would be measured with it.
 *
 * @param first  of the very first call, complete: it builds the program
 * @param median of the rounds
 * @param least  of the rounds
 */
record Timing(double first, double median, double least) {
    private static final int ROUNDS = 5;
    private static final double ROUND_NANOS = 5e6;
    private static final int MOST_CALLS = 1000;
    /** A call that takes so long is measured once. */
    private static final double LONG_NANOS = 3e8;

    static Timing of(BenchmarkCase.Call call) {
        double first = nanos(call, 1);
        double once = nanos(call, 1);
        if (once > LONG_NANOS) {
            return new Timing(first, once, once);
        }
        int calls = (int) Math.max(1, Math.min(MOST_CALLS, ROUND_NANOS / once));
        double[] rounds = new double[ROUNDS];
        Arrays.setAll(rounds, round -> nanos(call, calls) / calls);
        return new Timing(first, Median.withDefaults().evaluate(rounds), Arrays.stream(rounds).min().orElseThrow());
    }

    private static double nanos(BenchmarkCase.Call call, int calls) {
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            call.run().run();
        }
        if (call.output() != null) {
            await(call.output());
        }
        return Math.max(1, System.nanoTime() - start);
    }

    /** Waits for all calls that were given a buffer. */
    static void await(DeviceBuffer buffer) {
        DType type = buffer.type();
        buffer.read(0, type == DType.FLOAT64 ? Operand.of(new double[1]) : type == DType.FLOAT32 ? Operand.of(new float[1])
                : Operand.of(new short[1], type));
    }
}
