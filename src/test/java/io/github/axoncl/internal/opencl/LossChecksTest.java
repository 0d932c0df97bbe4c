package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.BackendOptions.Transfer;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Loss;
import io.github.axoncl.Operand;
import io.github.axoncl.Reduction;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import io.github.axoncl.internal.auto.AutoBackends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Class indices on the device are checked in the pass of the losses: what a call launches, waits for and reads, which row is
 * named however the call is divided, and what becomes of a mistake when the driver fails. */
@Tag("opencl")
class LossChecksTest {
    private static final Loss SOFTMAX = Loss.SOFTMAX_CROSS_ENTROPY;
    private static final int IGNORED = -100;
    private static final BackendOptions STAGED = BackendOptions.defaults().withTransfer(Transfer.STAGED);
    private static Backend reference;

    @BeforeAll
    static void open() {
        reference = Backends.open(BackendOptions.defaults().withBackend("cpu").withSimd(false));
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    /** What a call makes a driver do. */
    private static final class Counted {
        final List<Long> reads = Collections.synchronizedList(new ArrayList<>());
        final FakeCl fake = new FakeCl(new JoclCl());

        Counted() {
            fake.on("clEnqueueReadBuffer", arguments -> {
                reads.add((Long) arguments[5]);
                return fake.forward("clEnqueueReadBuffer", arguments);
            });
        }

        OpenClBackend open(KernelForm form) {
            return new OpenClBackend(fake.cl(), TrackedCl.device().with(form), BackendOptions.defaults(), "counted");
        }

        void clear() {
            fake.calls.clear();
            reads.clear();
        }

        long of(String call) {
            return fake.calls.stream().filter(call::equals).count();
        }
    }

    /** The operands of a loss on a device, and the same in host memory. */
    private static final class Operands implements AutoCloseable {
        final Rows rows;
        final int[] indices;
        final float[] x;
        final DeviceBuffer classes;
        final DeviceBuffer logits;
        final DeviceBuffer dlogits;
        final DeviceBuffer loss;

        Operands(Backend backend, Rows rows) {
            this.rows = rows;
            int count = (int) (rows.outer() * rows.inner());
            indices = new int[count];
            x = new float[(int) rows.length()];
            for (int i = 0; i < count; i++) {
                indices[i] = i % 5 == 3 ? IGNORED : i % (int) rows.axis();
            }
            for (int i = 0; i < x.length; i++) {
                x[i] = i * 37 % 101 * 0.1f;
            }
            classes = backend.allocate(DType.INT32, count);
            logits = backend.allocate(DType.FLOAT32, x.length);
            dlogits = backend.allocate(DType.FLOAT32, x.length);
            loss = backend.allocate(DType.FLOAT32, 1);
            classes.write(0, Operand.of(indices));
            logits.write(x);
        }

        Targets targets() {
            return Targets.classes(classes).ignoring(IGNORED);
        }

        /** What the CPU makes of it: the loss, then the gradient. */
        float[][] expected(Reduction reduction) {
            float[][] expected = {new float[reduction == Reduction.NONE ? indices.length : 1], new float[x.length]};
            reference.backward(SOFTMAX, rows, Targets.classes(Operand.of(indices)).ignoring(IGNORED), reduction, Operand.of(x),
                    Operand.of(expected[0]), Operand.of(expected[1]));
            return expected;
        }

        @Override
        public void close() {
            classes.close();
            logits.close();
            dlogits.close();
            loss.close();
        }
    }

    /** Launches of the loss and its total only, one word read; for the loss in host memory one wait and its own read
     * besides. */
    @ParameterizedTest
    @EnumSource
    void oneReadAndNoLaunchMore(KernelForm form) {
        Counted counted = new Counted();
        try (Backend backend = counted.open(form); Operands o = new Operands(backend, Rows.of(70, 33))) {
            Targets plain = Targets.classes(o.classes);
            o.classes.write(0, Operand.of(new int[70]));
            try (DeviceBuffer each = backend.allocate(DType.FLOAT32, 70)) {
                for (int round = 0; round < 2; round++) {
                    for (Targets targets : new Targets[] {plain, plain.ignoring(IGNORED)}) {
                        counted.clear();
                        backend.backward(SOFTMAX, o.rows, targets, Reduction.SUM, o.logits, o.loss, o.dlogits);
                        assertCounts(round, counted, 2, 0, 4L);
                        counted.clear();
                        backend.forward(SOFTMAX, o.rows, targets, Reduction.SUM, o.logits, Operand.of(new float[1]));
                        assertCounts(round, counted, 2, 1, 4L, 4L);
                        counted.clear();
                        backend.backward(SOFTMAX, o.rows, targets, Reduction.NONE, o.logits, each, o.dlogits);
                        assertCounts(round, counted, 1, 0, 4L);
                    }
                    counted.clear();
                    backend.backward(SOFTMAX, o.rows, plain, Reduction.MEAN, o.logits, o.loss, o.dlogits);
                    assertCounts(round, counted, 2, 0, 4L);
                    // The divisor must be known before: one launch counts and checks, one word is read.
                    counted.clear();
                    backend.backward(SOFTMAX, o.rows, plain.ignoring(IGNORED), Reduction.MEAN, o.logits, o.loss, o.dlogits);
                    assertCounts(round, counted, 3, 1, 4L);
                    // Targets in host memory need no word.
                    counted.clear();
                    backend.backward(SOFTMAX, o.rows, Targets.classes(Operand.of(new int[70])), Reduction.SUM, o.logits, o.loss,
                            o.dlogits);
                    assertThat(counted.reads).isEmpty();
                }
            }
        }
    }

    /** The first round makes programs and the word. */
    private static void assertCounts(int round, Counted counted, int launches, int waits, Long... reads) {
        assertThat(counted.of("clEnqueueNDRangeKernel")).isEqualTo(launches);
        assertThat(counted.reads).containsExactly(reads);
        if (round > 0) {
            assertThat(counted.of("clFinish")).isEqualTo(waits);
            assertThat(counted.of("clEnqueueWriteBuffer") + counted.of("clCreateBuffer")).isZero();
        }
    }

    /** Rows in registers, in local memory, segment by segment, split, and beside each other. */
    @ParameterizedTest
    @EnumSource
    void theFirstWrongRowIsNamed(KernelForm form) {
        Rows[] shapes = {Rows.of(300, 3), Rows.of(70, 33), Rows.of(9, 2000), Rows.of(40, 5000), Rows.of(3, 9000),
            new Rows(7, 5, 19), new Rows(2, 700, 9), new Rows(2, 9000, 3), new Rows(3, 5000, 30)};
        TrackedCl tracked = new TrackedCl();
        Device device = TrackedCl.device().with(form);
        try (Backend backend = new OpenClBackend(tracked.cl(), device, BackendOptions.defaults(), "tracked")) {
            for (Rows rows : shapes) {
                try (Operands o = new Operands(backend, rows)) {
                    for (Reduction reduction : Reduction.values()) {
                        mistakes(backend, o, reduction, o.logits);
                        mistakes(backend, o, reduction, Operand.of(o.x));
                    }
                }
            }
        }
        assertThat(tracked.mistakes()).isEmpty();
        assertThat(tracked.handles()).isEmpty();
    }

    /** Wrong indices at the first, a middle and the last row; the call after each has the reference's bits. */
    private static void mistakes(Backend backend, Operands o, Reduction reduction, Operand logits) {
        int count = o.indices.length;
        float[][] expected = o.expected(reduction);
        for (int first : new int[] {0, count / 2, count - 1}) {
            int[] wrong = o.indices.clone();
            wrong[count - 1] = -1;
            wrong[first] = (int) o.rows.axis();
            o.classes.write(0, Operand.of(wrong));
            float[] loss = new float[expected[0].length];
            float[] gradient = new float[o.x.length];
            assertThatThrownBy(() -> backend.backward(SOFTMAX, o.rows, o.targets(), reduction, logits, Operand.of(loss),
                    Operand.of(gradient))).as("%s %s", o.rows, reduction).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the class of row " + first + " is " + o.rows.axis() + ", but " + o.rows);
            o.classes.write(0, Operand.of(o.indices));
            backend.backward(SOFTMAX, o.rows, o.targets(), reduction, logits, Operand.of(loss), Operand.of(gradient));
            assertThat(loss).as("%s %s, loss", o.rows, reduction).isEqualTo(expected[0]);
            assertThat(gradient).as("%s %s, gradient", o.rows, reduction).isEqualTo(expected[1]);
        }
    }

    /** Logits in host memory that cross in chunks, one after the other or in lanes. */
    @ParameterizedTest
    @EnumSource
    void rowsOfChunksAreNumbered(KernelForm form) {
        for (int[] allocationAndRows : new int[][] {{1 << 16, 1000}, {Integer.MAX_VALUE, 10_000}}) {
            for (boolean unified : new boolean[] {true, false}) {
                Counted counted = new Counted();
                Device device = TrackedCl.device(unified, allocationAndRows[0]).with(form);
                try (Backend backend = new OpenClBackend(counted.fake.cl(), device, STAGED, "chunks");
                        DeviceBuffer classes = backend.allocate(DType.INT32, allocationAndRows[1])) {
                    int count = allocationAndRows[1];
                    float[] x = new float[100 * count];
                    float[] loss = new float[1];
                    int[] wrong = new int[count];
                    wrong[count - 1] = -1;
                    wrong[count / 2 + 3] = -1;
                    classes.write(0, Operand.of(wrong));
                    counted.clear();
                    assertThatThrownBy(() -> backend.backward(SOFTMAX, Rows.of(count, 100), Targets.classes(classes),
                            Reduction.SUM, Operand.of(x), Operand.of(loss), Operand.of(x)))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("the class of row " + (count / 2 + 3) + " is -1, but");
                    assertThat(counted.of("clEnqueueNDRangeKernel")).isGreaterThan(3);
                    // the word, and the index for the message
                    assertThat(counted.reads.stream().filter(bytes -> bytes == 4)).hasSize(2);
                    classes.write(0, Operand.of(new int[count]));
                    backend.forward(SOFTMAX, Rows.of(count, 100), Targets.classes(classes), Reduction.SUM,
                            Operand.of(new float[100 * count]), Operand.of(loss));
                    assertThat(loss[0]).isEqualTo((float) (count * (double) (float) Math.log(100)));
                }
            }
        }
    }

    /** Calls of several threads do not see each other's mistakes. */
    @Test
    void threadsHaveWordsOfTheirOwn() {
        TrackedCl tracked = new TrackedCl();
        try (Backend backend = tracked.open(BackendOptions.defaults())) {
            IntStream.range(0, 4).mapToObj(thread -> CompletableFuture.runAsync(() -> {
                try (Operands o = new Operands(backend, Rows.of(50 + thread, 33))) {
                    int[] wrong = o.indices.clone();
                    wrong[10 + thread] = 33;
                    float[] expected = o.expected(Reduction.SUM)[0];
                    float[] loss = new float[1];
                    for (int i = 0; i < 50; i++) {
                        boolean mistake = (i + thread) % 3 == 0;
                        o.classes.write(0, Operand.of(mistake ? wrong : o.indices));
                        Throwable thrown = catchThrowable(() -> backend.backward(SOFTMAX, o.rows, o.targets(), Reduction.SUM,
                                o.logits, Operand.of(loss), o.dlogits));
                        if (mistake) {
                            assertThat(thrown).hasMessageContaining("the class of row " + (10 + thread) + " is 33");
                        } else {
                            assertThat(thrown).isNull();
                            assertThat(loss).isEqualTo(expected);
                        }
                    }
                }
            })).toList().forEach(CompletableFuture::join);
        }
        assertThat(tracked.mistakes()).isEmpty();
        assertThat(tracked.handles()).isEmpty();
    }

    /** Class indices for which the device had no memory lie in host memory, which is seen by the backend only. */
    @Test
    void indicesWithoutMemoryOnTheDevice() {
        FaultyCl faulty = new FaultyCl(new JoclCl());
        OpenClBackend device = new OpenClBackend(faulty.cl(), TrackedCl.device(), BackendOptions.defaults(), "faulty");
        try (Backend backend = AutoBackends.over(device)) {
            faulty.fail(1, -4, true);
            try (DeviceBuffer classes = backend.allocate(DType.INT32, 20)) {
                assertThat(faulty.stop()).isEqualTo("clCreateBuffer");
                int[] wrong = new int[20];
                wrong[19] = 7;
                classes.write(0, Operand.of(wrong));
                for (boolean fails : new boolean[] {false, true}) {
                    if (fails) {
                        faulty.fail(1, -59, true);
                    }
                    assertThatThrownBy(() -> backend.forward(SOFTMAX, Rows.of(20, 7), Targets.classes(classes), Reduction.NONE,
                            Operand.of(new float[140]), Operand.of(new float[20])))
                            .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("the class of row 19 is 7");
                }
                faulty.stop();
            }
        }
    }

    /** Whatever fails, the call does not pass: a backend that falls back names the row, unless the user's buffer cannot be
     * read. */
    @ParameterizedTest
    @EnumSource
    void aFailureHidesNoMistake(Reduction reduction) {
        TrackedCl tracked = new TrackedCl();
        FaultyCl faulty = new FaultyCl(tracked.cl());
        int kept = 0;
        Rows rows = Rows.of(20, 7);
        for (boolean falls : new boolean[] {true, false}) {
            OpenClBackend device = new OpenClBackend(faulty.cl(), TrackedCl.device(), BackendOptions.defaults(), "faulty");
            try (Backend backend = falls ? AutoBackends.over(device) : device; Operands o = new Operands(backend, rows)) {
                float[] loss = new float[reduction == Reduction.NONE ? 20 : 1];
                int[] wrong = o.indices.clone();
                wrong[11] = 7;
                o.classes.write(0, Operand.of(wrong));
                Runnable call = () -> backend.backward(SOFTMAX, rows, o.targets(), reduction, o.logits, Operand.of(loss),
                        o.dlogits);
                String failed = "";
                for (int k = 1; failed != null; k++) {
                    // A kernel that a failure left without its arguments gets them again.
                    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
                    faulty.fail(k, -59, false);
                    Throwable thrown = catchThrowable(call::run);
                    failed = faulty.stop();
                    kept += "clReleaseMemObject".equals(failed) ? 1 : 0;
                    String what = "call " + k + " (" + failed + ") fails";
                    if (thrown instanceof DeviceException) {
                        assertThat(thrown).as(what).hasMessageContaining(falls ? "in read of a DeviceBuffer of 20" : failed);
                    } else {
                        assertThat(thrown).as(what).isInstanceOf(IllegalArgumentException.class)
                                .hasMessageContaining("the class of row 11 is 7");
                    }
                }
            }
        }
        assertThat(tracked.mistakes()).isEmpty();
        assertThat(tracked.handles().getOrDefault("cl_mem", 0)).as("memory whose release did not fail").isEqualTo(kept);
    }
}
