package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Explanation;
import io.github.axoncl.Mask;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.contract.OnlyWithDriver;
import io.github.axoncl.internal.auto.SplitBackends;
import io.github.axoncl.internal.memory.HostMemory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * One call divided among two devices gives the same bits, whoever fails. The driver of this JVM shows two devices, which are
 * the same processor; see the execution {@code two-devices}.
 */
@Tag("two-devices")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@ExtendWith(OnlyWithDriver.class)
class SeveralDevicesTest {
    private static final BackendOptions ALL = BackendOptions.defaults().withBackend("all");
    private static final int INVALID_OPERATION = -59;
    private static final int COLUMNS = 1000;
    private static final int LENGTH = 300 * COLUMNS;
    private static final Rows ROWS = Rows.of(LENGTH / COLUMNS, COLUMNS);
    private static final float[] X = wave(0.37f);
    private static final float[] DY = wave(0.11f);
    private static Backend reference;
    private static List<Device> devices;

    /** What is computed. */
    enum Work {
        FORWARD, BACKWARD, SOFTMAX, SOFTMAX_BACKWARD, DROPOUT, LEARNED, MASKED, LOGSUMEXP;

        void run(Backend backend, Operand x, Operand dy, Operand out) {
            switch (this) {
                case FORWARD -> backend.forward(Activation.GELU, x, out);
                case BACKWARD -> backend.backward(Activation.TANH, x, dy, out);
                case SOFTMAX -> backend.forward(RowActivation.SOFTMAX, ROWS, x, out);
                case SOFTMAX_BACKWARD -> backend.backwardFromOutput(RowActivation.SOFTMAX, ROWS, x, dy, out);
                case DROPOUT -> backend.forward(StochasticActivation.DROPOUT, new RandomSeed(1, 2, 3), x, out);
                case LEARNED -> backend.forward(Activation.PRELU, ROWS, x, Operand.of(Arrays.copyOf(DY, COLUMNS)), out);
                case MASKED -> backend.forward(RowActivation.SOFTMAX, ROWS,
                        Mask.additive(Operand.of(Arrays.copyOf(DY, LENGTH / 4))), x, out);
                case LOGSUMEXP -> backend.forward(RowActivation.LOGSUMEXP, ROWS, x, HostMemory.part(out, 0, LENGTH / COLUMNS));
                default -> throw new AssertionError(this);
            }
        }

        float[] expected() {
            float[] out = new float[LENGTH];
            run(reference, Operand.of(X), Operand.of(DY), Operand.of(out));
            return out;
        }
    }

    @BeforeAll
    static void findDevices() {
        reference = Backends.open(BackendOptions.defaults().withBackend("cpu"));
        OpenCl openCl = OpenCl.load();
        devices = openCl.discover(reference).stream().filter(Device::eligible).toList();
        assertThat(devices).as("the devices of the driver: %s", openCl.unavailable()).hasSize(2);
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    private static OpenClBackend open(Device device, Cl cl) {
        return new OpenClBackend(cl, device, BackendOptions.defaults(), "one of two");
    }

    private static List<Long> shares(Backend backend) {
        return backend.info().shares().stream().map(BackendInfo.Share::calls).toList();
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void theSameBitsFromBoth(Work work) {
        float[] expected = work.expected();
        try (Backend all = Backends.open(ALL)) {
            float[] out = new float[LENGTH];
            work.run(all, Operand.of(X), Operand.of(DY), Operand.of(out));
            assertThat(Arrays.equals(out, expected)).as("array").isTrue();
            assertThat(shares(all)).as("parts").hasSize(2).allMatch(calls -> calls > 0);
            BackendInfo info = all.info();
            assertThat(info.deviceCalls()).isEqualTo(shares(all).get(0) + shares(all).get(1));
            assertThat(info.cpuCalls()).isZero();
            assertThat(info.fallbacks()).isEmpty();
            assertThat(info.bitExact()).isTrue();
            assertThat(info.device()).contains(devices.get(0).info().name()).contains(devices.get(1).info().name());
            FloatBuffer direct = direct(X);
            FloatBuffer target = work == Work.LOGSUMEXP ? direct(new float[LENGTH]) : direct;
            work.run(all, Operand.of(direct), Operand.of(direct(DY)), Operand.of(target));
            float[] read = new float[LENGTH];
            target.get(0, read);
            assertThat(Arrays.equals(read, expected)).as("direct, in place").isTrue();
            assertThat(all.info().memory().liveBytes()).isZero();
        }
    }

    private static FloatBuffer direct(float... values) {
        return ByteBuffer.allocateDirect(LENGTH * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer().put(0, values);
    }

    @ParameterizedTest
    @EnumSource(Work.class)
    void oneThatFailsInMidCallLeavesItsPartToTheOther(Work work) {
        float[] expected = work.expected();
        for (int failing = 0; failing < 2; failing++) {
            FaultyCl faulty = new FaultyCl(new JoclCl());
            OpenClBackend first = open(devices.get(0), failing == 0 ? faulty.cl() : new JoclCl());
            OpenClBackend second = open(devices.get(1), failing == 1 ? faulty.cl() : new JoclCl());
            try (Backend all = SplitBackends.over(List.of(first, second), false)) {
                for (int call : new int[] {1, 12}) {
                    float[] out = X.clone();
                    // Some from the middle on; in place, so that an input that was written over would show.
                    faulty.fail(call, INVALID_OPERATION, true);
                    Operand in = work == Work.LOGSUMEXP ? Operand.of(X) : Operand.of(out);
                    work.run(all, in, Operand.of(DY), Operand.of(out));
                    faulty.stop();
                    int checked = work == Work.LOGSUMEXP ? LENGTH / COLUMNS : LENGTH;
                    assertThat(Arrays.equals(out, 0, checked, expected, 0, checked))
                            .as("device %d fails at its call %d", failing, call).isTrue();
                }
                assertThat(shares(all).get(1 - failing)).isPositive();
                assertThat(all.info().fallbacks()).isNotEmpty();
                assertThat(all.info().cpuCalls()).as("the other one computes what is left").isZero();
                assertThat(all.info().memory().liveBytes()).isZero();
            }
        }
    }

    @Test
    void whenAllFailTheCpuComputesAndEachReasonIsToldOnce() {
        FaultyCl faulty = new FaultyCl(new JoclCl());
        float[] expected = Work.SOFTMAX.expected();
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream err = System.err;
        try (Backend all = SplitBackends.over(List.of(open(devices.get(0), faulty.cl()), open(devices.get(1), faulty.cl())),
                false)) {
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            for (int i = 0; i < 3; i++) {
                float[] out = new float[LENGTH];
                faulty.fail(1, INVALID_OPERATION, true);
                Work.SOFTMAX.run(all, Operand.of(X), Operand.of(DY), Operand.of(out));
                assertThat(Arrays.equals(out, expected)).isTrue();
            }
            assertThat(shares(all)).containsExactly(0L, 0L);
            assertThat(all.info().cpuCalls()).isPositive();
            assertThat(log.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("WARN")).count())
                    .isEqualTo(all.info().fallbacks().size());
            faulty.stop();
            float[] out = new float[LENGTH];
            Work.SOFTMAX.run(all, Operand.of(X), Operand.of(DY), Operand.of(out));
            assertThat(Arrays.equals(out, expected)).isTrue();
            assertThat(shares(all)).as("they get another chance").allMatch(calls -> calls > 0);
        } finally {
            System.setErr(err);
        }
    }

    @Test
    void theCpuTakesPartWhereItIsNoDevice() {
        float[] expected = Work.FORWARD.expected();
        try (Backend all = SplitBackends.over(List.of(open(devices.get(0), new JoclCl()), open(devices.get(1), new JoclCl())),
                true)) {
            long onCpu = 0;
            for (int i = 0; i < 20 && onCpu == 0; i++) {
                float[] out = new float[LENGTH];
                Work.FORWARD.run(all, Operand.of(X), Operand.of(DY), Operand.of(out));
                assertThat(Arrays.equals(out, expected)).isTrue();
                onCpu = all.info().cpuCalls();
            }
            assertThat(onCpu).isPositive();
            assertThat(all.info().deviceCalls()).isPositive();
            assertThat(all.explain(Activation.GELU, Operation.FORWARD, LENGTH).reason()).contains("divided")
                    .contains("and the CPU");
        }
    }

    @Test
    void buffersBelongToTheFirstAndWhatIsNotDividedGoesThereOrToTheCpu() {
        try (Backend all = SplitBackends.over(List.of(open(devices.get(0), new JoclCl()), open(devices.get(1), new JoclCl())),
                false);
             DeviceBuffer x = all.allocate(DType.FLOAT32, LENGTH); DeviceBuffer y = all.allocate(DType.FLOAT32, LENGTH)) {
            x.write(X);
            Work.FORWARD.run(all, x, x, y);
            float[] out = new float[LENGTH];
            y.read(out);
            assertThat(Arrays.equals(out, Work.FORWARD.expected())).isTrue();
            assertThat(shares(all)).containsExactly(1L, 0L);
            all.forward(Activation.GELU, Operand.of(X, 0, 1000), Operand.of(out, 0, 1000));
            assertThat(shares(all)).containsExactly(2L, 0L);
            float[] slopes = new float[COLUMNS];
            float[] dx = new float[LENGTH];
            float[] expectedSlopes = new float[COLUMNS];
            all.backward(Activation.PRELU, ROWS, Operand.of(X), Operand.of(new float[COLUMNS]), Operand.of(DY), Operand.of(dx),
                    Operand.of(slopes));
            reference.backward(Activation.PRELU, ROWS, Operand.of(X), Operand.of(new float[COLUMNS]), Operand.of(DY),
                    Operand.of(dx), Operand.of(expectedSlopes));
            assertThat(slopes).isEqualTo(expectedSlopes);
            assertThat(all.explain(Activation.GELU, Operation.FORWARD, LENGTH, Explanation.Residence.DEVICE).reason())
                    .doesNotContain("divided");
        }
    }

    @Test
    void fromSeveralThreads() throws InterruptedException {
        float[] expected = Work.BACKWARD.expected();
        try (Backend all = Backends.open(ALL)) {
            Queue<String> wrong = new ConcurrentLinkedQueue<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(new Thread(() -> {
                    float[] out = new float[LENGTH];
                    Work.BACKWARD.run(all, Operand.of(X), Operand.of(DY), Operand.of(out));
                    if (!Arrays.equals(out, expected)) {
                        wrong.add("differs");
                    }
                }));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void afterClosingItIsClosed() {
        Backend all = Backends.open(ALL);
        all.close();
        all.close();
        assertThat(all.isClosed()).isTrue();
        assertThatThrownBy(() -> all.forward(Activation.RELU, X.clone(), new float[LENGTH]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void leftToChooseOneDeviceServes() {
        try (Backend auto = Backends.open(ALL.withBackend("auto"))) {
            assertThat(auto.info().shares()).isEmpty();
            assertThat(auto.info().device()).isEqualTo(devices.get(0).info().name());
        }
    }

    private static float[] wave(float step) {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) (3 * StrictMath.sin(i * step));
        }
        return values;
    }
}
