package io.github.axoncl.internal.cpu;

import com.sun.management.ThreadMXBean;
import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.Targets;
import io.github.axoncl.Rows;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Reduction;
import io.github.axoncl.Loss;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.BiasedActivation;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** A call leaves nothing to the garbage collector; an element-wise one whatever memory its operands are in. */
class AllocationTest {
    private static final int LENGTH = 5000;
    private static final int WARM_UP = 3000;
    private static final int CALLS = 200;
    private static final int BATCHES = 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** In batches, the best of which counts: the JVM makes objects of its own when it compiles. The scalar form, since vectors
     * are objects until they are compiled, which nobody knows the time of. */
    private static long bytesOfCalls(Runnable call) {
        for (int i = 0; i < WARM_UP; i++) {
            call.run();
        }
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < BATCHES; batch++) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < CALLS; i++) {
                call.run();
            }
            least = Math.min(least, THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        return least;
    }

    private static Backend open() {
        return Backends.open(BackendOptions.defaults().withBackend("cpu").withSimd(false));
    }

    private static FloatBuffer direct() {
        return ByteBuffer.allocateDirect(Float.BYTES * LENGTH).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Test
    void arraysOfTheUser() {
        float[] x = new float[LENGTH];
        float[] dy = new float[LENGTH];
        float[] out = new float[LENGTH];
        ActivationFunction elu = Activation.ELU.with(0.5);
        try (Backend backend = open()) {
            assertThat(bytesOfCalls(() -> backend.forward(Activation.RELU, x, out))).isZero();
            assertThat(bytesOfCalls(() -> backend.backward(elu, x, dy, out))).isZero();
            assertThat(bytesOfCalls(() -> backend.backwardFromOutput(elu, x, dy, out))).isZero();
        }
    }

    @Test
    void operandsOfEveryKind() {
        try (Backend backend = open(); DeviceBuffer buffer = backend.allocate(DType.FLOAT32, LENGTH)) {
            Operand array = Operand.of(new float[LENGTH]);
            Operand direct = Operand.of(direct());
            Operand heap = Operand.of(FloatBuffer.allocate(LENGTH));
            for (Operand operand : new Operand[] {array, direct, heap, buffer}) {
                assertThat(bytesOfCalls(() -> backend.forward(Activation.RELU, operand, operand))).as("%s", operand).isZero();
            }
            assertThat(bytesOfCalls(() -> backend.backward(Activation.SOFTSIGN, direct, buffer, array))).isZero();
        }
    }

    @Test
    void functionsOfRows() {
        int columns = 50;
        Rows rows = Rows.of(LENGTH / columns, columns);
        Rows longer = Rows.of(2, LENGTH / 2);
        Operand x = Operand.of(random());
        Operand y = Operand.of(new float[LENGTH]);
        Operand loss = Operand.of(new float[LENGTH / columns]);
        Operand mean = Operand.of(new float[1]);
        Targets targets = Targets.classes(Operand.of(new int[LENGTH / columns]));
        try (Backend backend = open()) {
            assertThat(bytesOfCalls(() -> backend.forward(RowActivation.SOFTMAX, rows, x, y))).isZero();
            assertThat(bytesOfCalls(() -> backend.forward(RowActivation.LOG_SOFTMAX, rows, x, y))).isZero();
            assertThat(bytesOfCalls(() -> backend.forward(RowActivation.SOFTMAX, longer, x, y))).isZero();
            assertThat(bytesOfCalls(() -> backend.backwardFromOutput(RowActivation.SOFTMAX, rows, y, x, y))).isZero();
            assertThat(bytesOfCalls(() -> backend.backward(Loss.SOFTMAX_CROSS_ENTROPY, rows, targets, Reduction.NONE, x, loss,
                    y))).isZero();
            assertThat(bytesOfCalls(() -> backend.backward(Loss.SOFTMAX_CROSS_ENTROPY, rows, targets, Reduction.MEAN, x, mean,
                    y))).isZero();
        }
    }

    @Test
    void functionsOfSeveralOperands() {
        Rows rows = Rows.of(LENGTH / 50, 50);
        Operand x = Operand.of(random());
        Operand y = Operand.of(new float[LENGTH]);
        Operand bias = Operand.of(new float[50]);
        Operand both = Operand.of(new float[2 * LENGTH]);
        BiasedActivation biased = Activation.RELU.withBias();
        try (Backend backend = open()) {
            assertThat(bytesOfCalls(() -> backend.forward(biased, rows, x, bias, y))).isZero();
            assertThat(bytesOfCalls(() -> backend.forward(GatedActivation.GLU, rows, both, y))).isZero();
            assertThat(bytesOfCalls(() -> backend.forward(GatedActivation.GLU, x, y, y))).isZero();
        }
    }

    private static float[] random() {
        float[] values = new float[LENGTH];
        Random random = new Random(1);
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @Test
    void aThreadThatHelps() {
        float[] x = new float[1 << 19];
        Workers workers = new Workers(2);
        Workers.Task task = (thread, from, to) -> {
            for (long i = from; i < to; i++) {
                x[(int) i]++;
            }
        };
        try (workers) {
            assertThat(bytesOfCalls(() -> workers.split(x.length, 1 << 15, task))).isZero();
        }
    }
}
