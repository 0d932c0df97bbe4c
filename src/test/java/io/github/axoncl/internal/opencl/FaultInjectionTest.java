package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every OpenCL call that an operation makes is made to fail once: the first, the second, ... until a run meets no failure.
 * Left to choose, the backend must return the CPU's bits all the same; forced onto the device, it must throw and say what was
 * written.
 */
@Tag("opencl")
class FaultInjectionTest {
    private static final int INVALID_OPERATION = -59;
    private static final int LENGTH = 3000;
    private static final Rows ROWS = Rows.of(3, 1000);
    private static final float UNTOUCHED = 1234.5f;
    private static final float[] X = wave(0.37f);
    private static final float[] DY = wave(0.11f);
    private static final BackendOptions CPU = BackendOptions.defaults().withBackend("cpu").withSimd(false);
    private static Backend reference;
    private static Device device;

    /** What is computed. */
    enum Work {
        FORWARD, DERIVATIVE, BACKWARD, BACKWARD_FROM_OUTPUT, SOFTMAX, SOFTMAX_BACKWARD, DROPOUT;

        void run(Backend backend, Operand x, Operand dy, Operand out) {
            switch (this) {
                case FORWARD -> backend.forward(Activation.GELU, x, out);
                case DERIVATIVE -> backend.derivative(Activation.GELU, x, out);
                case BACKWARD -> backend.backward(Activation.GELU, x, dy, out);
                case BACKWARD_FROM_OUTPUT -> backend.backwardFromOutput(Activation.TANH, x, dy, out);
                case SOFTMAX -> backend.forward(RowActivation.SOFTMAX, ROWS, x, out);
                case SOFTMAX_BACKWARD -> backend.backwardFromOutput(RowActivation.SOFTMAX, ROWS, x, dy, out);
                case DROPOUT -> backend.forward(StochasticActivation.DROPOUT, new RandomSeed(1, 2, 3), x, out);
                default -> throw new AssertionError(this);
            }
        }

        float[] expected() {
            float[] out = new float[LENGTH];
            run(reference, Operand.of(X), Operand.of(DY), Operand.of(out));
            return out;
        }
    }

    /** Where the operands lie. */
    enum Place {
        ARRAY, ARRAY_IN_PLACE, DIRECT, DIRECT_IN_PLACE, DEVICE, DEVICE_IN_PLACE;

        boolean inPlace() {
            return name().endsWith("IN_PLACE");
        }

        Operand with(Backend backend, float... values) {
            if (name().startsWith("ARRAY")) {
                return Operand.of(values.clone());
            }
            if (name().startsWith("DIRECT")) {
                FloatBuffer direct = ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
                return Operand.of(direct.put(0, values));
            }
            DeviceBuffer buffer = backend.allocate(DType.FLOAT32, values.length);
            buffer.write(values);
            return buffer;
        }
    }

    @BeforeAll
    static void findDevice() {
        reference = Backends.open(CPU);
        OpenCl openCl = OpenCl.load();
        device = openCl.discover(reference).stream().filter(d -> d.accepted() && d.info().bitExact()).findFirst()
                .orElseThrow(() -> new AssertionError("no device: " + openCl.unavailable()));
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    static Stream<org.junit.jupiter.params.provider.Arguments> everything() {
        return Stream.of(Work.values()).flatMap(work -> Stream.of(Place.values())
                .map(place -> org.junit.jupiter.params.provider.Arguments.of(work, place)));
    }

    @ParameterizedTest
    @MethodSource("everything")
    void everyCallOfAWarmBackend(Work work, Place place) {
        FaultyCl faulty = new FaultyCl(new JoclCl());
        try (Backend auto = AutoBackends.over(open(faulty))) {
            work.run(auto, Operand.of(X), Operand.of(DY), Operand.of(new float[LENGTH]));
            int k = 1;
            while (auto(auto, faulty, work, place, k, INVALID_OPERATION, false)) {
                k++;
            }
            assertThat(k).as("calls of OpenCL").isGreaterThan(3);
        }
        try (Backend forced = open(faulty)) {
            work.run(forced, Operand.of(X), Operand.of(DY), Operand.of(new float[LENGTH]));
            int k = 1;
            while (forced(forced, faulty, work, place, k, INVALID_OPERATION)) {
                k++;
            }
            assertThat(k).as("calls of OpenCL").isGreaterThan(3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FORWARD, ARRAY, -59, false", "FORWARD, DIRECT, -59, false", "SOFTMAX, ARRAY_IN_PLACE, -59, false",
        "FORWARD, ARRAY, -59, true", "BACKWARD, ARRAY_IN_PLACE, -59, true", "SOFTMAX, DIRECT_IN_PLACE, -59, true",
        "FORWARD, ARRAY, -4, false", "FORWARD, ARRAY_IN_PLACE, -4, true", "FORWARD, DIRECT, -5, false",
        "FORWARD, ARRAY, -5, false", "BACKWARD, ARRAY_IN_PLACE, -5, true", "SOFTMAX_BACKWARD, ARRAY, -36, false",
        "BACKWARD, DIRECT_IN_PLACE, -36, true"
    })
    void everyCallOfAColdBackend(Work work, Place place, int code, boolean forGood) {
        int k = 1;
        boolean more = true;
        while (more) {
            FaultyCl faulty = new FaultyCl(new JoclCl());
            try (Backend auto = AutoBackends.over(open(faulty))) {
                more = auto(auto, faulty, work, place, k, code, forGood);
                float[] after = new float[LENGTH];
                work.run(auto, Operand.of(X), Operand.of(DY), Operand.of(after));
                assertThat(after).as("the next call after the failure of call %d", k).isEqualTo(work.expected());
            }
            k++;
        }
        assertThat(k).as("calls of OpenCL").isGreaterThan(6);
    }

    private static OpenClBackend open(FaultyCl faulty) {
        return new OpenClBackend(faulty.cl(), device, BackendOptions.defaults(), "fault injection");
    }

    /** One run with call k failing; false if the run made fewer calls. */
    private static boolean auto(Backend auto, FaultyCl faulty, Work work, Place place, int k, int code, boolean forGood) {
        long live = auto.info().memory().liveBytes();
        int reasons = auto.info().fallbacks().size();
        Operands operands = new Operands(auto, place);
        String failed;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        PrintStream err = System.err;
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            faulty.fail(k, code, forGood);
            work.run(auto, operands.x, operands.dy, operands.out);
        } finally {
            failed = faulty.stop();
            System.setErr(err);
        }
        String what = work + " " + place + ", call " + k + " (" + failed + ") fails with " + code;
        assertThat(content(operands.out)).as(what).isEqualTo(work.expected());
        operands.assertInputsIntact(what);
        operands.close();
        assertThat(auto.info().memory().liveBytes()).as(what + ": live bytes").isEqualTo(live);
        long warnings = log.toString(StandardCharsets.UTF_8).lines()
                .filter(line -> line.startsWith("WARN") && line.contains("Computing on the CPU instead")).count();
        assertThat(warnings).as(what + ": one warning for each new reason").isEqualTo(auto.info().fallbacks().size() - reasons);
        return failed != null;
    }

    private static boolean forced(Backend forced, FaultyCl faulty, Work work, Place place, int k, int code) {
        long live = forced.info().memory().liveBytes();
        Operands operands = new Operands(forced, place);
        float[] before = content(operands.out);
        String failed = null;
        RuntimeException thrown = null;
        try {
            faulty.fail(k, code, false);
            work.run(forced, operands.x, operands.dy, operands.out);
        } catch (DeviceException | KernelBuildException e) {
            thrown = e;
        } finally {
            failed = faulty.stop();
        }
        String what = work + " " + place + ", call " + k + " (" + failed + ") fails, forced";
        if (thrown == null) {
            // Nothing failed, or only a call that the result does not depend on.
            assertThat(content(operands.out)).as(what).isEqualTo(work.expected());
        } else {
            assertThat(thrown).as(what).hasMessageContaining(failed);
            if (thrown.getMessage().contains("the output is untouched")) {
                assertThat(content(operands.out)).as(what).isEqualTo(before);
            } else {
                assertThat(thrown.getMessage()).as(what)
                        .containsPattern("elements from \\d+ on may have been|first \\d+ elements");
            }
        }
        operands.assertInputsIntact(what);
        operands.close();
        assertThat(forced.info().memory().liveBytes()).as(what + ": live bytes").isEqualTo(live);
        return failed != null;
    }

    private static float[] content(Operand operand) {
        float[] values = new float[LENGTH];
        if (operand instanceof DeviceBuffer buffer) {
            buffer.read(values);
        } else {
            HostMemory.read(operand, 0, values, 0, LENGTH);
        }
        return values;
    }

    private static float[] wave(float step) {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) (3 * StrictMath.sin(i * step));
        }
        return values;
    }

    /** Inputs and an output, which is x in place. */
    private static final class Operands {
        private final Operand x;
        private final Operand dy;
        private final Operand out;

        Operands(Backend backend, Place place) {
            x = place.with(backend, X);
            dy = place.with(backend, DY);
            float[] untouched = new float[LENGTH];
            Arrays.fill(untouched, UNTOUCHED);
            out = place.inPlace() ? x : place.with(backend, untouched);
        }

        void assertInputsIntact(String what) {
            if (x != out) {
                assertThat(content(x)).as(what + ": x").isEqualTo(X);
            }
            assertThat(content(dy)).as(what + ": dy").isEqualTo(DY);
        }

        void close() {
            for (Operand operand : new Operand[] {x, dy, out}) {
                if (operand instanceof DeviceBuffer buffer) {
                    buffer.close();
                }
            }
        }
    }
}
