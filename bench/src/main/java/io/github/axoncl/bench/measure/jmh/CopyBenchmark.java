package io.github.axoncl.bench.measure.jmh;

import io.github.axoncl.bench.measure.OperandMemory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** JMH: a copy of the input to the output, in the same memory as the functions' operands; by one thread but for device
 * buffers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class CopyBenchmark {
    /** For JMH. */
    public CopyBenchmark() {
    }

    /** Waits for the form that is to be measured.
     *
     * @param on the operands */
    @Setup(Level.Trial)
    public void warmUp(BenchmarkOperands on) {
        if (on.memory == OperandMemory.DEVICE) {
            on.awaitSimd(() -> copy(on));
        }
    }

    /** out = x.
     *
     * @param on the operands */
    @Benchmark
    public void copy(BenchmarkOperands on) {
        on.memory.copy(on.opened, on.x, on.out);
        on.memory.await(on.out);
    }
}
