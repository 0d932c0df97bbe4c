package io.github.axoncl.bench.measure.jmh;

import io.github.axoncl.Activation;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;

/** JMH: one call of an element-wise function with default parameters until its output is complete, forward and backward. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class ElementwiseBenchmark {
    /** The function; all of them unless some are chosen. */
    @Param
    public Activation function;

    /** For JMH. */
    public ElementwiseBenchmark() {
    }

    /** Waits for the form that is to be measured.
     *
     * @param on     the operands
     * @param params tells which of the two benchmarks this is */
    @Setup(Level.Trial)
    public void warmUp(BenchmarkOperands on, BenchmarkParams params) {
        boolean backward = params.getBenchmark().endsWith(".backward");
        on.awaitSimd(() -> {
            if (backward) {
                backward(on);
            } else {
                forward(on);
            }
        });
    }

    /** y = f(x).
     *
     * @param on the operands */
    @Benchmark
    public void forward(BenchmarkOperands on) {
        on.opened.forward(function, on.x, on.out);
        on.memory.await(on.out);
    }

    /** dx = dy f'(x).
     *
     * @param on the operands */
    @Benchmark
    public void backward(BenchmarkOperands on) {
        on.opened.backward(function, on.x, on.dy, on.out);
        on.memory.await(on.out);
    }
}
