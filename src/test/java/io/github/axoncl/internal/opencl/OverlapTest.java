package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.BackendOptions.Transfer;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.Operand;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.internal.auto.AutoBackends;
import io.github.axoncl.internal.memory.HostMemory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Large calls over host memory that is copied, whose chunks several lanes take: on a device that shares its memory with the
 * host, and on one that is said not to; on both as many as a GPU gets.
 */
@Tag("opencl")
class OverlapTest {
    /** Enough for lanes although only one operand is on the host: nine chunks and a rest of forward with two. */
    private static final int LENGTH = 9 * 65_536 + 77;
    private static final int INVALID_OPERATION = -59;
    private static final int OUT_OF_RESOURCES = -5;
    private static final BackendOptions STAGED = BackendOptions.defaults().withTransfer(Transfer.STAGED).withPoolBytes(0);
    private static final float UNTOUCHED = -1234.5f;
    private static final float[] X = wave(0.37f);
    private static final float[] DY = wave(0.11f);
    private static Backend reference;

    @BeforeAll
    static void open() {
        reference = Backends.open(BackendOptions.defaults().withBackend("cpu").withSimd(false));
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    /** What is computed. */
    enum Work {
        FORWARD, BACKWARD, SOFTMAX, BIASED, DROPOUT, GATED;

        private static final int COLUMNS = 1021;
        private static final Rows ROWS = Rows.of(LENGTH / COLUMNS, COLUMNS);

        int length() {
            return switch (this) {
                case SOFTMAX, BIASED -> (int) ROWS.length();
                case GATED -> LENGTH / 2;
                default -> LENGTH;
            };
        }

        /** Computes from the start of x and dy to out. */
        void run(Backend backend, Operand x, Operand dy, Operand out) {
            switch (this) {
                case FORWARD -> backend.forward(Activation.GELU, x, out);
                case BACKWARD -> backend.backward(Activation.GELU, x, dy, out);
                case SOFTMAX -> backend.forward(RowActivation.SOFTMAX, ROWS, x, out);
                // An operand that all rows share.
                case BIASED -> backend.forward(Activation.TANH.withBias(), ROWS, x, Operand.of(DY, 0, COLUMNS), out);
                case DROPOUT -> backend.forward(StochasticActivation.DROPOUT, new RandomSeed(1, 2, 3), x, out);
                case GATED -> backend.backward(GatedActivation.SWIGLU, x, dy, dy, out,
                        Operand.of(new float[length()]));
                default -> throw new AssertionError(this);
            }
        }

        float[] expected() {
            float[] out = new float[length()];
            run(reference, x(Operand.of(X)), x(Operand.of(DY)), Operand.of(out));
            return out;
        }

        Operand x(Operand whole) {
            return HostMemory.part(whole, 0, length());
        }
    }

    private static OpenClBackend open(Cl cl, boolean unified) {
        return new OpenClBackend(cl, TrackedCl.device("GPU", unified, Long.MAX_VALUE), STAGED, "test");
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void theSameBits(Work work) {
        float[] expected = work.expected();
        for (boolean unified : new boolean[] {true, false}) {
            TrackedCl tracked = new TrackedCl();
            try (Backend backend = open(tracked.cl(), unified)) {
                float[] y = new float[expected.length];
                work.run(backend, work.x(Operand.of(X)), work.x(Operand.of(DY)), Operand.of(y));
                assertThat(y).as("arrays").isEqualTo(expected);
                assertThat(tracked.handles().get("cl_command_queue")).as("lanes were used").isGreaterThan(2);

                float[] inPlace = Arrays.copyOf(X, expected.length);
                work.run(backend, Operand.of(inPlace), work.x(Operand.of(DY)), Operand.of(inPlace));
                assertThat(inPlace).as("in place").isEqualTo(expected);

                FloatBuffer x = direct(expected.length).put(0, X, 0, expected.length);
                work.run(backend, Operand.of(x), work.x(Operand.of(DY)), Operand.of(x));
                x.get(0, y);
                assertThat(y).as("a direct buffer in place").isEqualTo(expected);

                try (DeviceBuffer buffer = backend.allocate(DType.FLOAT32, expected.length)) {
                    work.run(backend, work.x(Operand.of(X)), work.x(Operand.of(DY)), buffer);
                    buffer.read(y);
                    assertThat(y).as("to the device").isEqualTo(expected);
                    buffer.write(0, work.x(Operand.of(X)));
                    Arrays.fill(y, UNTOUCHED);
                    work.run(backend, buffer, work.x(Operand.of(DY)), Operand.of(y));
                    assertThat(y).as("from the device").isEqualTo(expected);
                }
                assertThat(backend.info().memory().liveBytes()).as("live bytes").isZero();
            }
            assertThat(tracked.handles()).as("handles after closing").isEmpty();
            assertThat(tracked.mistakes()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyTypeAndMixedMemory(boolean unified) {
        try (Backend backend = open(new JoclCl(), unified)) {
            double[] doubles = new double[LENGTH];
            short[] halves = new short[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                doubles[i] = X[i] * 1.1;
                halves[i] = (short) (0x3c00 + i % 0x800);
            }
            double[] expected = new double[LENGTH];
            reference.forward(Activation.TANH, Operand.of(doubles), Operand.of(expected));
            double[] y = new double[LENGTH];
            backend.forward(Activation.TANH, Operand.of(doubles), Operand.of(y));
            assertThat(y).isEqualTo(expected);

            short[] expectedHalves = new short[LENGTH];
            reference.backward(Activation.TANH, Operand.of(halves, DType.FLOAT16), Operand.of(halves, DType.FLOAT16),
                    Operand.of(expectedHalves, DType.FLOAT16));
            short[] dx = new short[LENGTH];
            backend.backward(Activation.TANH, Operand.of(halves, DType.FLOAT16),
                    Operand.of(ShortBuffer.wrap(halves).asReadOnlyBuffer(), DType.FLOAT16),
                    Operand.of(dx, DType.FLOAT16));
            assertThat(dx).isEqualTo(expectedHalves);
        }
    }

    @Test
    void smallCallsUseNoLanes() {
        TrackedCl tracked = new TrackedCl();
        try (Backend backend = open(tracked.cl(), true)) {
            backend.forward(Activation.RELU, Operand.of(X, 0, 65_536), Operand.of(new float[65_536]));
            assertThat(tracked.handles().get("cl_command_queue")).isEqualTo(2);
        }
    }

    @Test
    void callersShareAFewThreadsAndNoneIsLeft() throws Exception {
        float[] expected = Work.FORWARD.expected();
        TrackedCl tracked = new TrackedCl();
        ExecutorService callers = Executors.newFixedThreadPool(6);
        try (OpenClBackend backend = open(tracked.cl(), true)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                calls.add(callers.submit(() -> {
                    for (int round = 0; round < 4; round++) {
                        float[] y = new float[LENGTH];
                        backend.forward(Activation.GELU, X, y);
                        assertThat(y).isEqualTo(expected);
                        assertThat(helpers()).isLessThan(backend.context().lanes().most());
                    }
                }));
            }
            for (Future<?> call : calls) {
                call.get(60, TimeUnit.SECONDS);
            }
        } finally {
            callers.shutdown();
        }
        assertNoThreadIsLeft();
        assertThat(tracked.handles()).isEmpty();
        assertThat(tracked.mistakes()).isEmpty();
    }

    /** With one lane fewer than cores and engines, a core or an engine would wait for another chunk. */
    @Test
    void coresAndEnginesHaveChunksAtTheSameTime() throws Exception {
        int wanted = Math.min(Runtime.getRuntime().availableProcessors() + 3, LENGTH / 65_536);
        CyclicBarrier allHaveOne = new CyclicBarrier(wanted);
        AtomicInteger uploads = new AtomicInteger();
        FakeCl fake = new FakeCl(new JoclCl());
        fake.on("clEnqueueWriteBuffer", a -> {
            if (uploads.incrementAndGet() <= wanted) {
                try {
                    allHaveOne.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new ClException("clEnqueueWriteBuffer", INVALID_OPERATION);
                }
            }
            return fake.forward("clEnqueueWriteBuffer", a);
        });
        float[] y = new float[LENGTH];
        try (Backend backend = open(fake.cl(), false)) {
            backend.forward(Activation.GELU, X, y);
        }
        assertThat(y).isEqualTo(Work.FORWARD.expected());
    }

    /** The times of transfers are long beside those of the host's copies. Other work on this machine may delay threads. */
    @Test
    void uploadsKernelsAndDownloadsOverlap() {
        double best = Double.MAX_VALUE;
        float[] y = new float[1 << 22];
        SimulatedBus bus = new SimulatedBus(0.125, 0.125);
        try (Backend backend = bus.open(STAGED)) {
            // The first one builds the program.
            for (int run = 0; run < 4; run++) {
                double busy = bus.busyMillis();
                long begin = System.nanoTime();
                backend.forward(Activation.RELU, y, y);
                best = Math.min(best, (System.nanoTime() - begin) / 1e6 / (bus.busyMillis() - busy));
            }
        }
        assertThat(best).as("time over that of the busiest engine; 3 without any overlap").isBetween(1.0, 1.6);
    }

    /** The drivers here order queues more strictly than OpenCL asks for, so a missing wait would not show in results. */
    @Test
    void queuesWaitForEachOther() {
        FakeCl fake = new FakeCl(new JoclCl());
        try (Backend backend = open(fake.cl(), false); DeviceBuffer buffer = backend.allocate(DType.FLOAT32, LENGTH)) {
            buffer.write(X);
            backend.forward(Activation.RELU, buffer, buffer);
            fake.calls.clear();
            backend.forward(Activation.RELU, buffer, Operand.of(new float[LENGTH]));
            assertThat(fake.calls).as("what was submitted before").contains("clFinish");
            assertThat(fake.calls.indexOf("clFinish")).isLessThan(fake.calls.indexOf("clEnqueueNDRangeKernel"));
            fake.calls.clear();
            backend.forward(Activation.RELU, Operand.of(X), buffer);
            assertThat(fake.calls.lastIndexOf("clFinish")).as("what stays on the device")
                    .isGreaterThan(fake.calls.lastIndexOf("clEnqueueNDRangeKernel"));
        }
    }

    @Test
    void closingWaitsForThoseInside() throws Exception {
        float[] expected = Work.FORWARD.expected();
        TrackedCl tracked = new TrackedCl();
        ExecutorService callers = Executors.newFixedThreadPool(2);
        Backend backend = open(tracked.cl(), true);
        CountDownLatch begun = new CountDownLatch(2);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            calls.add(callers.submit(() -> {
                while (true) {
                    float[] y = new float[LENGTH];
                    try {
                        backend.forward(Activation.GELU, X, y);
                    } catch (IllegalStateException e) {
                        assertThat(y).containsOnly(0);
                        return;
                    }
                    begun.countDown();
                    assertThat(y).isEqualTo(expected);
                }
            }));
        }
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        backend.close();
        callers.shutdown();
        for (Future<?> call : calls) {
            call.get(60, TimeUnit.SECONDS);
        }
        assertNoThreadIsLeft();
        assertThat(tracked.handles()).isEmpty();
        assertThat(tracked.mistakes()).isEmpty();
    }

    private static void assertNoThreadIsLeft() {
        // A thread that has been told to end is counted until it has.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (helpers() > 0 && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(helpers()).as("threads after closing").isZero();
    }

    private static long helpers() {
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().equals("axoncl-transfer")).count();
    }

    /** The k-th call of a kind fails, at every chunk and one more time than there are chunks. */
    @ParameterizedTest
    @CsvSource({
        "true, clEnqueueUnmapMemObject", "true, clEnqueueNDRangeKernel", "true, clEnqueueMapBuffer",
        "false, clEnqueueWriteBuffer", "false, clEnqueueNDRangeKernel", "false, clEnqueueReadBuffer",
        "false, clCreateBuffer", "true, clCreateCommandQueue"
    })
    void aFailureAnywhereIsFinishedOnTheCpu(boolean unified, String failing) {
        TrackedCl tracked = new TrackedCl();
        AtomicInteger left = new AtomicInteger();
        FakeCl fake = failing(tracked.cl(), failing, left, INVALID_OPERATION);
        try (Backend auto = AutoBackends.over(open(fake.cl(), unified))) {
            for (Work work : new Work[] {Work.FORWARD, Work.BACKWARD, Work.SOFTMAX}) {
                float[] expected = work.expected();
                boolean met = true;
                for (int k = 1; met; k++) {
                    float[] y = Arrays.copyOf(X, expected.length);
                    left.set(k);
                    quietly(() -> work.run(auto, Operand.of(y), work.x(Operand.of(DY)), Operand.of(y)));
                    met = left.get() <= 0;
                    left.set(0);
                    assertThat(y).as("%s in place, %s %d fails", work, failing, k).isEqualTo(expected);
                    assertThat(auto.info().memory().liveBytes()).as("live bytes").isZero();
                }
            }
        }
        assertThat(tracked.handles()).as("handles").isEmpty();
        assertThat(tracked.mistakes()).isEmpty();
        assertNoThreadIsLeft();
    }

    /** What is complete is as long as the message says, and the rest as it was. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aForcedDeviceSaysWhatIsComplete(boolean unified) {
        float[] expected = Work.FORWARD.expected();
        boolean met = true;
        int partly = 0;
        AtomicInteger left = new AtomicInteger();
        FakeCl fake = failing(new JoclCl(), "clEnqueueNDRangeKernel", left, INVALID_OPERATION);
        try (Backend forced = open(fake.cl(), unified)) {
            for (int k = 1; met; k++) {
                left.set(k);
                float[] y = new float[LENGTH];
                Arrays.fill(y, UNTOUCHED);
                int complete = LENGTH;
                try {
                    forced.forward(Activation.GELU, X, y);
                } catch (DeviceException e) {
                    complete = e.getMessage().contains("the output is untouched") ? 0
                            : Integer.parseInt(e.getMessage().replaceAll("(?s).*the first (\\d+) elements of.*", "$1"));
                    partly += complete > 0 ? 1 : 0;
                }
                met = left.get() <= 0;
                assertThat(Arrays.copyOf(y, complete)).isEqualTo(Arrays.copyOf(expected, complete));
                float[] rest = new float[LENGTH - complete];
                Arrays.fill(rest, UNTOUCHED);
                assertThat(Arrays.copyOfRange(y, complete, LENGTH)).isEqualTo(rest);
            }
        }
        assertThat(partly).as("failures in the middle").isPositive();
    }

    @Test
    void withoutMemoryForLanesTheCallGoesOn() {
        float[] expected = Work.FORWARD.expected();
        for (int k = 1; k < 6; k++) {
            AtomicInteger left = new AtomicInteger(k);
            FakeCl fake = failing(new JoclCl(), "clEnqueueNDRangeKernel", left, OUT_OF_RESOURCES);
            try (Backend forced = open(fake.cl(), false)) {
                float[] y = X.clone();
                forced.forward(Activation.GELU, y, y);
                assertThat(y).isEqualTo(expected);
                assertThat(forced.info().deviceCalls()).isOne();
            }
        }
    }

    /** A future that is ended when the k-th chunk is launched: what is written is a first part,
     * and the chunks that had begun. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noChunkBeginsAfterACancellation(boolean unified) {
        float[] expected = Work.FORWARD.expected();
        for (int k = 1; k <= 3; k++) {
            CompletableFuture<CompletableFuture<Void>> call = new CompletableFuture<>();
            AtomicInteger launches = new AtomicInteger();
            int last = k;
            FakeCl fake = new FakeCl(new JoclCl());
            fake.on("clEnqueueNDRangeKernel", a -> {
                if (launches.incrementAndGet() == last) {
                    // From the thread that computes, cancelling would wait for itself.
                    call.join().completeExceptionally(new IllegalArgumentException("enough"));
                }
                return fake.forward("clEnqueueNDRangeKernel", a);
            });
            float[] y = X.clone();
            try (Backend backend = open(fake.cl(), unified)) {
                CompletableFuture<Void> future = backend.forwardAsync(Activation.GELU, y, y);
                call.complete(future);
                assertThatThrownBy(future::join).isInstanceOf(CompletionException.class).hasRootCauseMessage("enough");
            }
            // The closing waited.
            int complete = 0;
            while (complete < LENGTH && y[complete] == expected[complete]) {
                complete++;
            }
            assertThat(complete).as("written with %d launches", launches.get()).isLessThan(LENGTH);
            // A value that the function leaves as it is may follow by chance.
            int rest = complete + 1;
            assertThat(Arrays.copyOfRange(y, rest, LENGTH)).isEqualTo(Arrays.copyOfRange(X, rest, LENGTH));
        }
    }

    private static FakeCl failing(Cl real, String call, AtomicInteger left, int code) {
        FakeCl fake = new FakeCl(real);
        return fake.on(call, arguments -> {
            if (left.decrementAndGet() == 0) {
                throw new ClException(call, code);
            }
            return fake.forward(call, arguments);
        });
    }

    private static void quietly(Runnable run) {
        PrintStream err = System.err;
        System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try {
            run.run();
        } finally {
            System.setErr(err);
        }
    }

    private static FloatBuffer direct(int length) {
        return ByteBuffer.allocateDirect(length * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    private static float[] wave(float step) {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) (3 * StrictMath.sin(i * step));
        }
        return values;
    }
}
