package io.github.axoncl.bench.measure.jmh;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.Operand;
import io.github.axoncl.bench.measure.OperandMemory;
import io.github.axoncl.bench.shared.SimdForm;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** An open backend and two inputs and an output in one kind of memory: what every benchmark works on. */
@State(Scope.Benchmark)
public class BenchmarkOperands {
    /** The inputs repeat so many normally distributed numbers: far more than a branch predictor learns. */
    private static final int DIFFERENT = 1 << 16;
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);

    /** As in {@link BackendOptions#backend()}. */
    @Param({"cpu", "opencl"})
    public String backend;

    /** Where the operands lie. */
    @Param
    public OperandMemory memory;

    /** The number of elements. */
    @Param({"1024", "65536", "1048576", "16777216"})
    public int length;

    Backend opened;
    Operand x;
    Operand dy;
    Operand out;

    /** For JMH. */
    public BenchmarkOperands() {
    }

    /** Opens the backend and makes the operands. */
    @Setup(Level.Trial)
    public void open() {
        // What it would measure in the background would be in the way.
        opened = Backends.open(BackendOptions.defaults().withBackend(backend).withCalibration(false));
        System.out.println("# " + opened.info().device() + "; CPU path: " + opened.info().cpuForm());
        Random random = new Random(1);
        float[] few = new float[Math.min(length, DIFFERENT)];
        for (int i = 0; i < few.length; i++) {
            few[i] = (float) random.nextGaussian();
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = few[i % few.length];
        }
        x = memory.filled(opened, values);
        dy = memory.filled(opened, values);
        out = memory.output(opened, length);
    }

    /** Makes a call until the form that is to be measured serves it.
     *
     * @throws IllegalStateException if that takes a minute: a measurement of the scalar form must not pass for the other's */
    void awaitSimd(Runnable call) {
        if (!SimdForm.await(opened, PATIENCE, call::run)) {
            throw new IllegalStateException("the SIMD form was not ready within a minute");
        }
    }

    /** Closes the backend, and the buffers with it. */
    @TearDown(Level.Trial)
    public void close() {
        opened.close();
    }
}
