package io.github.axoncl.internal.auto;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Explanation;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Explanation.Source;
import io.github.axoncl.KernelCall;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.cpu.CpuBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The choice follows the costs it is given. No device is needed: a backend that only takes the calls down stands for all. */
class CostChoiceTest {
    private static final Cost CPU = Cost.line(1_000, 1);
    private static final Costs FROM_10000_ON = costs(Cost.line(6_000, 0.5));
    private static final Costs NEVER = costs(Cost.line(6_000, 2));
    private static final Costs ALWAYS = costs(Cost.line(0, 0));
    private static final Costs EQUAL = costs(CPU);

    private final List<String> wanted = new ArrayList<>();

    private static Costs costs(Cost device) {
        return new Costs(CPU, device, Source.MEASURED);
    }

    /** The same for every class. */
    private final class Given implements CostModel {
        private final Map<Residence, Costs> costs = new EnumMap<>(Residence.class);

        Given(Costs heap, Costs direct, Costs device) {
            costs.put(Residence.HEAP, heap);
            costs.put(Residence.DIRECT, direct);
            costs.put(Residence.DEVICE, device);
        }

        @Override
        public Costs costs(CostClass kind, Residence residence) {
            return costs.get(residence);
        }

        @Override
        public void wanted(CostClass kind, Residence residence) {
            wanted.add(kind + " " + residence);
        }
    }

    private CostChoice choice(Costs heap, Costs direct, Costs device) {
        return new CostChoice(new Given(heap, direct, device));
    }

    /** What a choice says of forward calls. */
    private static boolean onDevice(Choice choice, int n, Residence x, Residence y) {
        boolean[] answer = new boolean[1];
        try (Backend taking = new Taking(call -> answer[0] = choice.onDevice(call))) {
            taking.forward(Activation.GELU, operand(taking, x, n), operand(taking, y, n));
        }
        return answer[0];
    }

    private static Operand operand(Backend backend, Residence residence, int n) {
        return switch (residence) {
            case HEAP -> Operand.of(new float[n]);
            case DIRECT -> Operand.of(ByteBuffer.allocateDirect(4 * n).order(ByteOrder.nativeOrder()).asFloatBuffer());
            case DEVICE -> backend.allocate(DType.FLOAT32, n);
        };
    }

    @ParameterizedTest
    @CsvSource({"4097, false", "9999, false", "10000, false", "10001, true", "1000000, true"})
    void theFasterOneIsChosen(int n, boolean device) {
        assertThat(onDevice(choice(FROM_10000_ON, NEVER, NEVER), n, Residence.HEAP, Residence.HEAP)).isEqualTo(device);
        assertThat(onDevice(choice(NEVER, FROM_10000_ON, NEVER), n, Residence.DIRECT, Residence.DIRECT)).isEqualTo(device);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2666, false", "2667, true", "9999, true", "1000000, true"})
    void operandsLeaveTheDeviceOnlyIfTheCpuIsTwiceAsFast(int n, boolean device) {
        CostChoice choice = choice(NEVER, NEVER, FROM_10000_ON);
        assertThat(onDevice(choice, n, Residence.DEVICE, Residence.DEVICE)).isEqualTo(device);
        assertThat(choice.explain("forward of gelu", CostClass.HEAVY, n, Residence.DEVICE).backend())
                .isEqualTo(device ? "opencl" : "cpu");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1024, 4096})
    void shortCallsOnHostMemoryNeverTouchTheDevice(int n) {
        CostChoice choice = choice(ALWAYS, ALWAYS, ALWAYS);
        assertThat(onDevice(choice, n, Residence.HEAP, Residence.HEAP)).isFalse();
        assertThat(onDevice(choice, n, Residence.DIRECT, Residence.HEAP)).isFalse();
        assertThat(onDevice(choice, n, Residence.DEVICE, Residence.DEVICE)).isTrue();
        assertThat(wanted).isEmpty();
    }

    @Test
    void aTieStaysWhereTheOperandsAre() {
        CostChoice choice = choice(EQUAL, EQUAL, EQUAL);
        assertThat(onDevice(choice, 100_000, Residence.HEAP, Residence.HEAP)).isFalse();
        assertThat(onDevice(choice, 100_000, Residence.DIRECT, Residence.DIRECT)).isFalse();
        assertThat(onDevice(choice, 100_000, Residence.DEVICE, Residence.DEVICE)).isTrue();
        assertThat(onDevice(choice, 100_000, Residence.HEAP, Residence.DEVICE)).isTrue();
    }

    @Test
    void mixedOperandsAreWeighed() {
        Costs slightly = costs(Cost.line(1_000, 1.1));
        assertThat(onDevice(choice(slightly, NEVER, ALWAYS), 100_000, Residence.HEAP, Residence.DEVICE)).isTrue();
        assertThat(onDevice(choice(costs(Cost.line(0, 5)), NEVER, ALWAYS), 100_000, Residence.HEAP,
                Residence.DEVICE)).isFalse();
        assertThat(wanted).contains("HEAVY HEAP", "HEAVY DEVICE").doesNotContain("HEAVY DIRECT");
    }

    @Test
    void whatIsWorthItIsMeasured() {
        CostChoice choice = choice(EQUAL, EQUAL, EQUAL);
        onDevice(choice, 8191, Residence.HEAP, Residence.HEAP);
        assertThat(wanted).isEmpty();
        onDevice(choice, 8192, Residence.HEAP, Residence.HEAP);
        assertThat(wanted).containsExactly("HEAVY HEAP");
    }

    @Test
    void decidingAllocatesNothing() {
        CostChoice choice = new CostChoice((kind, residence) -> FROM_10000_ON);
        try (Backend taking = new Taking(call -> decideOften(choice, call))) {
            taking.forward(Activation.GELU, Operand.of(new float[100_000]), operand(taking, Residence.DIRECT, 100_000));
        }
    }

    private static void decideOften(CostChoice choice, KernelCall call) {
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        int onDevice = 0;
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getThreadAllocatedBytes(thread);
            }
            onDevice += choice.onDevice(call) ? 1 : 0;
        }
        // Asking for the number allocates a little itself.
        assertThat(threads.getThreadAllocatedBytes(thread) - before).isLessThan(10_000);
        assertThat(onDevice).isEqualTo(20_000);
    }

    @Test
    void doublesCountTwice() {
        Choice choice = choice(FROM_10000_ON, NEVER, NEVER);
        boolean[] answer = new boolean[1];
        try (Backend taking = new Taking(call -> answer[0] = choice.onDevice(call))) {
            taking.forward(Activation.GELU, Operand.of(new double[5000]), Operand.of(new double[5000]));
            assertThat(answer[0]).isFalse();
            taking.forward(Activation.GELU, Operand.of(new double[5001]), Operand.of(new double[5001]));
            assertThat(answer[0]).isTrue();
            taking.forward(RowActivation.SOFTMAX, Rows.of(10, 1001), new float[10_010], new float[10_010]);
            assertThat(answer[0]).isTrue();
        }
        assertThat(wanted).contains("ROWS HEAP");
    }

    @Test
    void explainTellsTheNumbers() {
        CostChoice choice = choice(FROM_10000_ON, NEVER, EQUAL);
        assertThat(choice.explain("forward of gelu", CostClass.HEAVY, 1_000_000, Residence.HEAP)).hasToString(
                "forward of gelu, n = 1000000, heap operands: opencl, because it is predicted to be faster (cpu 1.00 ms, "
                        + "device 506 us; measured)");
        assertThat(choice.explain("forward of gelu", CostClass.HEAVY, 1_000, Residence.HEAP)).hasToString(
                "forward of gelu, n = 1000, heap operands: cpu, because calls of up to 4096 elements in host memory never touch "
                        + "the device (cpu 2.00 us, device 6.50 us; measured)");
        Explanation tie = choice.explain("forward of gelu", CostClass.HEAVY, 100, Residence.DEVICE);
        assertThat(tie.backend()).isEqualTo("opencl");
        assertThat(tie.reason()).contains("as long");
        assertThat(choice(NEVER, NEVER, FROM_10000_ON).explain("", CostClass.HEAVY, 5_000, Residence.DEVICE).reason())
                .contains("leave the device");
        assertThat(choice.explain("forward of gelu", CostClass.HEAVY, 10_000, Residence.DIRECT).backend()).isEqualTo("cpu");
    }

    @Test
    void aBackendThatDoesNotChooseSaysSo() {
        try (Backend cpu = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
            Explanation explanation = cpu.explain(Activation.GELU, Operation.FORWARD, 1 << 20);
            assertThat(explanation.backend()).isEqualTo("cpu");
            assertThat(explanation.source()).isEqualTo(Source.NO_CHOICE);
            assertThat(explanation.cpuNanos()).isNaN();
            assertThat(explanation).hasToString("forward of gelu, n = 1048576, heap operands: cpu, because there is no other: "
                    + cpu.info().reason());
            assertThat(cpu.explain(RowActivation.SOFTMAX, Operation.FORWARD, Rows.of(4, 5),
                    Residence.DIRECT).n()).isEqualTo(20);
            assertThatThrownBy(() -> cpu.explain(null, Operation.FORWARD, 1)).isInstanceOf(NullPointerException.class)
                    .hasMessage("function");
            assertThatThrownBy(() -> cpu.explain(Activation.GELU, null, 1)).isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> cpu.explain(Activation.GELU, Operation.FORWARD, 1, null))
                    .isInstanceOf(NullPointerException.class);
            assertThatThrownBy(() -> cpu.explain(Activation.GELU, Operation.FORWARD, -1))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("-1");
        }
    }

    @Test
    void optionsAndTheirDefault() {
        assertThat(BackendOptions.defaults().calibration()).isTrue();
        BackendOptions off = BackendOptions.defaults().withCalibration(false);
        assertThat(off.calibration()).isFalse();
        assertThat(off.withSimd(false).withPoolBytes(0).withBackend("auto").calibration()).isFalse();
    }

    /** Takes calls down instead of computing them. */
    private static final class Taking extends Backend {
        private final CpuBackend cpu = new CpuBackend("memory", false);
        private final java.util.function.Consumer<KernelCall> taker;

        Taking(java.util.function.Consumer<KernelCall> taker) {
            this.taker = taker;
        }

        @Override
        protected void compute(KernelCall call) {
            taker.accept(call);
        }

        @Override
        protected DeviceBuffer newBuffer(DType type, long length) {
            return cpu.allocateFor(this, type, length);
        }

        @Override
        public BackendInfo info() {
            return cpu.info();
        }

        @Override
        public boolean isClosed() {
            return cpu.isClosed();
        }

        @Override
        public void close() {
            cpu.close();
        }
    }
}
