package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.contract.BackendContract;
import io.github.axoncl.contract.BackendUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** With every tiling a device gives the reference's bits, whatever is left beside whole work-groups. */
@Tag("driver")
class TilingTest extends BackendContract {
    /** A function with all operations. */
    private static final ActivationFunction FUNCTION = Activation.LEAKY_RELU.with(0.3);
    private static final int GUARD = 5;
    private static volatile Tiling now = Tiling.DEFAULT;
    private static OpenClBackend tiled;

    @BeforeAll
    static void open() {
        Cl cl = KIND == BackendUnderTest.OCLGRIND ? WholeWritesCl.cl() : new JoclCl();
        tiled = new OpenClBackend(cl, TrackedCl.device(), BackendOptions.defaults(), "tiled", (signature, shape) -> now);
    }

    @AfterAll
    static void close() {
        tiled.close();
    }

    /** All candidates, and where every work-item is simulated small ones of each kind. */
    static Stream<Tiling> tilings() {
        Stream<Tiling> small = Stream.of(new Tiling(8, 3, 1), new Tiling(4, 4, 4), new Tiling(2, 32, 16), new Tiling(1, 6, 2),
                new Tiling(16, 8, 8));
        return KIND == BackendUnderTest.OCLGRIND ? small : Stream.concat(small, candidates());
    }

    /** Of element-wise calls. */
    private static Stream<Tiling> candidates() {
        KernelForm form = TrackedCl.device().form();
        return Stream.of(WorkloadClass.LIGHT, WorkloadClass.SIXTEEN_BITS)
                .flatMap(workload -> workload.candidates(form).stream());
    }

    /** Numbers whose results are far from the subnormal ones, which not every device keeps. */
    private static void fill(DeviceBuffer buffer, int seed) {
        Random random = new Random(seed);
        int n = (int) buffer.length();
        if (buffer.type() == DType.FLOAT64) {
            buffer.write(0, Operand.of(random.doubles(n, -4, 4).toArray()));
        } else if (buffer.type() == DType.FLOAT32) {
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = random.nextFloat() * 8 - 4;
            }
            buffer.write(values);
        } else {
            short[] values = new short[n];
            for (int i = 0; i < n; i++) {
                // From 2^-3 on in bfloat16, from 2^-7 on in float16, up to some tens.
                values[i] = (short) ((buffer.type() == DType.BFLOAT16 ? 0x3E00 : 0x2000) + random.nextInt(0x400)
                        | random.nextInt(2) << 15);
            }
            buffer.write(0, Operand.of(values, buffer.type()));
        }
    }

    private static List<Number> read(DeviceBuffer buffer) {
        int n = (int) buffer.length();
        List<Number> all = new ArrayList<>(n);
        if (buffer.type() == DType.FLOAT64) {
            double[] values = new double[n];
            buffer.read(0, Operand.of(values));
            for (double value : values) {
                all.add(Double.doubleToLongBits(value));
            }
        } else if (buffer.type() == DType.FLOAT32) {
            float[] values = new float[n];
            buffer.read(values);
            for (float value : values) {
                all.add(Float.floatToIntBits(value));
            }
        } else {
            short[] values = new short[n];
            buffer.read(0, Operand.of(values, buffer.type()));
            for (short value : values) {
                all.add(value);
            }
        }
        return all;
    }

    private static void run(Backend backend, ActivationFunction f, Operation operation, Operand x, Operand dy, Operand out) {
        switch (operation) {
            case FORWARD -> backend.forward(f, x, out);
            case DERIVATIVE -> backend.derivative(f, x, out);
            case BACKWARD -> backend.backward(f, x, dy, out);
            case BACKWARD_FROM_OUTPUT -> backend.backwardFromOutput(f, x, dy, out);
            default -> throw new AssertionError(operation);
        }
    }

    /** Into a third buffer, into x, into dy, and with one buffer for all. */
    private static List<List<Number>> results(Backend backend, ActivationFunction f, Operation operation, DType type, int n) {
        List<List<Number>> results = new ArrayList<>();
        try (DeviceBuffer x = backend.allocate(type, n); DeviceBuffer dy = backend.allocate(type, n);
                DeviceBuffer out = backend.allocate(type, n)) {
            for (int where = 0; where < 4; where++) {
                fill(x, 1);
                fill(dy, 2);
                DeviceBuffer into = where == 0 ? out : where == 2 ? dy : x;
                run(backend, f, operation, x, where == 3 ? x : dy, into);
                results.add(read(into));
            }
            fill(x, 1);
            run(backend, f, operation, x, dy, out);
            results.add(read(x));
        }
        return results;
    }

    private static void compare(Tiling tiling, ActivationFunction f, Operation operation, DType type, int n) {
        now = tiling;
        assertThat(results(tiled, f, operation, type, n))
                .as("%s of %s, %d %s, %s", operation.id(), f.describe(), n, type, tiling)
                .isEqualTo(results(reference(), f, operation, type, n));
    }

    @ParameterizedTest
    @MethodSource("tilings")
    void everyTilingAndLength(Tiling tiling) {
        int tile = tiling.workGroup() * tiling.elements();
        boolean many = KIND != BackendUnderTest.OCLGRIND;
        for (int n : new int[] {1, tile - 1, tile, tile + 1, 3 * tile + tiling.workGroup() + 1, 2 * tile + (many ? 257 : 7)}) {
            if (n > 0) {
                compare(tiling, FUNCTION, n % 2 == 0 ? Operation.FORWARD : Operation.BACKWARD, DType.FLOAT32, n);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyOperationAndType(Tiling tiling) {
        boolean doubles = TrackedCl.device().info().fp64();
        // Types differ in what a vector of them is; programs take their time to build.
        List<DType> types = tiling.width() < 4 ? List.of(DType.FLOAT32)
                : Stream.of(DType.values()).filter(type -> type.isReal() && (doubles || type != DType.FLOAT64)).toList();
        for (DType type : types) {
            for (Operation operation : Operation.values()) {
                compare(tiling, FUNCTION, operation, type, 2 * tiling.workGroup() * tiling.elements() + 3);
            }
        }
    }

    /** One element after another, neighbours at once, and both. */
    static Stream<Tiling> kinds() {
        return Stream.of(new Tiling(4, 3, 1), new Tiling(8, 4, 4), new Tiling(2, 8, 2));
    }

    @Test
    void functionsWithALongText() {
        compare(new Tiling(16, 2, 1), Activation.SIGMOID.fast(), Operation.FORWARD, DType.FLOAT32, 101);
        if (KIND != BackendUnderTest.RUSTICL) {
            compare(new Tiling(4, 8, 4), Activation.GELU, Operation.FORWARD, DType.FLOAT32, 101);
        }
        // Its backward function takes the gradient too.
        compare(new Tiling(4, 8, 4), Activation.SIGMOID.after(Activation.RELU).fast(), Operation.BACKWARD, DType.FLOAT32, 101);
    }

    /** What is wanted for maps, rows and columns on GPUs: as far as shapes allow it, and without effect on drivers for CPUs. */
    static Stream<Tiling> wanted() {
        return KIND == BackendUnderTest.OCLGRIND ? Stream.of(new Tiling(16, 8, 1), new Tiling(8, 64, 1))
                : Stream.of(new Tiling(64, 8, 4), new Tiling(512, 32, 4), new Tiling(16, 1, 1), new Tiling(128, 64, 1));
    }

    @ParameterizedTest
    @MethodSource("wanted")
    void mapsAndRows(Tiling tiling) {
        now = tiling;
        for (Rows shape : List.of(new Rows(5, 48, 1), new Rows(70, 7, 1), new Rows(3, 48, 5), new Rows(2, 3, 131))) {
            compareMap(shape);
        }
        for (Rows shape : KIND == BackendUnderTest.RUSTICL ? List.of(new Rows(9, 48, 1)) : List.of(new Rows(70, 7, 1),
                new Rows(9, 100, 1), new Rows(3, 1000, 1), new Rows(2, 48, 37), new Rows(1, 300, 20))) {
            compareRows(shape);
        }
    }

    private static void compareMap(Rows shape) {
        Operand bias = Operand.of(numbers(shape.axis()));
        sameAsReference(shape, (backend, x, y) -> backend.forward(Activation.RELU.withBias(), shape, x, bias, y));
        sameAsReference(shape, (backend, x, y) -> backend.forward(StochasticActivation.DROPOUT, new RandomSeed(3, 1), x, y));
    }

    private static void compareRows(Rows shape) {
        Operand dy = Operand.of(numbers(shape.length()));
        sameAsReference(shape, (backend, x, y) -> backend.forward(RowActivation.SOFTMAX, shape, x, y));
        sameAsReference(shape, (backend, x, y) -> backend.backwardFromOutput(RowActivation.SOFTMAX, shape, x, dy, y));
    }

    /** A call of two operands. */
    private interface Run {
        void on(Backend backend, Operand x, Operand y);
    }

    private static void sameAsReference(Rows shape, Run run) {
        float[] x = numbers(shape.length());
        float[] y = new float[x.length];
        float[] expected = new float[x.length];
        run.on(tiled, Operand.of(x), Operand.of(y));
        run.on(reference(), Operand.of(x), Operand.of(expected));
        assertThat(y).as("%s, %s", shape, now).isEqualTo(expected);
    }

    private static float[] numbers(long n) {
        Random random = new Random(n);
        float[] values = new float[(int) n];
        for (int i = 0; i < n; i++) {
            values[i] = random.nextFloat() * 8 - 4;
        }
        return values;
    }

    /** Host memory, whose parts begin anywhere. */
    @Test
    void partsOfArrays() {
        now = new Tiling(8, 4, 2);
        float[] x = new float[200];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 17 - 8;
        }
        for (int n : new int[] {31, 32, 33, 100}) {
            for (int from = 0; from < 3; from++) {
                float[] y = new float[n + 2 * GUARD];
                float[] expected = new float[n + 2 * GUARD];
                tiled.forward(FUNCTION, Operand.of(x, from, n), Operand.of(y, GUARD, n));
                reference().forward(FUNCTION, Operand.of(x, from, n), Operand.of(expected, GUARD, n));
                assertThat(y).as("%d from %d", n, from).isEqualTo(expected);
            }
        }
    }

    /** In place on the device, what was submitted has taken its input with it; the rest is as it was. GPUs get it all in one
     * launch. */
    @Test
    void whatWasSubmittedBeforeAFailureCounts() {
        boolean atOnce = TrackedCl.device().form() == KernelForm.GPU;
        int complete = atOnce ? 0 : 96;
        Cl driver = KIND == BackendUnderTest.OCLGRIND ? WholeWritesCl.cl() : new JoclCl();
        FakeCl failing = new FakeCl(driver);
        AtomicInteger launches = new AtomicInteger();
        failing.on("clEnqueueNDRangeKernel", arguments -> {
            if (launches.incrementAndGet() == (atOnce ? 1 : 2)) {
                throw new ClException("clEnqueueNDRangeKernel", -59);
            }
            return failing.forward("clEnqueueNDRangeKernel", arguments);
        });
        try (OpenClBackend own = new OpenClBackend(failing.cl(), TrackedCl.device(), BackendOptions.defaults(), "failing",
                (signature, shape) -> new Tiling(8, 4, 4));
                DeviceBuffer buffer = own.allocate(DType.FLOAT32, 100)) {
            fill(buffer, 1);
            List<Number> untouched = read(buffer);
            assertThatThrownBy(() -> own.forward(FUNCTION, buffer, buffer)).isInstanceOf(DeviceException.class)
                    .hasMessageContaining(atOnce ? "the output is untouched" : "complete are the first 96 elements");
            List<Number> computed = results(reference(), FUNCTION, Operation.FORWARD, DType.FLOAT32, 100).get(1);
            assertThat(read(buffer).subList(0, complete)).isEqualTo(computed.subList(0, complete));
            assertThat(read(buffer).subList(complete, 100)).isEqualTo(untouched.subList(complete, 100));
        }
    }

    @Test
    void gpusMoveSixteenBytesAtOnce() {
        Tiling tiling = new Tiling(2, 32, 16);
        assertThat(tiling.forGpu(DType.FLOAT32)).isEqualTo(new Tiling(2, 32, 4));
        assertThat(tiling.forGpu(DType.FLOAT64)).isEqualTo(new Tiling(2, 32, 2));
        assertThat(tiling.forGpu(DType.BFLOAT16)).isEqualTo(new Tiling(2, 32, 8));
        assertThat(new Tiling(64, 8, 2).forGpu(DType.FLOAT32)).isEqualTo(new Tiling(64, 8, 2));
    }

    @Test
    void numbersThatMakeNoTilingAreRefused() {
        for (String text : new String[] {"", "256", "256 1", "256 1 1 1", "0 1 1", "255 1 1", "256 0 1", "256 6 4", "256 3 3",
            "256 32 32", "8192 1 1", "256 -4 1", "x 1 1"}) {
            assertThatThrownBy(() -> Tiling.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Tiling.parse("256,4,1")).isEqualTo(new Tiling(256, 4, 1));
    }
}
