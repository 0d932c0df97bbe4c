package io.github.axoncl.bench;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.Operand;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** JMH: one call of an element-wise function on direct buffers, forward and backward. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ElementwiseBenchmark {
    /** The name of the function. */
    @Param({"relu", "sigmoid", "gelu"})
    public String function;

    /** As in {@link BackendOptions#backend()}. */
    @Param({"cpu", "opencl"})
    public String backend;

    /** The number of elements. */
    @Param({"1024", "1048576"})
    public int length;

    private Activation activation;
    private Backend opened;
    private Operand x;
    private Operand dy;
    private Operand out;

    /** For JMH. */
    public ElementwiseBenchmark() {
    }

    /** Opens the backend and makes normally distributed inputs. */
    @Setup(Level.Trial)
    public void open() {
        activation = Activation.of(function);
        opened = Backends.open(BackendOptions.defaults().withBackend(backend));
        Random random = new Random(1);
        x = Operand.of(gaussian(random));
        dy = Operand.of(gaussian(random));
        out = Operand.of(gaussian(random));
    }

    private FloatBuffer gaussian(Random random) {
        FloatBuffer buffer = ByteBuffer.allocateDirect(4 * length).order(ByteOrder.nativeOrder()).asFloatBuffer();
        for (int i = 0; i < length; i++) {
            buffer.put(i, (float) random.nextGaussian());
        }
        return buffer;
    }

    /** Closes the backend. */
    @TearDown(Level.Trial)
    public void close() {
        opened.close();
    }

    /** y = f(x). */
    @Benchmark
    public void forward() {
        opened.forward(activation, x, out);
    }

    /** dx = dy f'(x). */
    @Benchmark
    public void backward() {
        opened.backward(activation, x, dy, out);
    }
}
