package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.BackendOptions.Transfer;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.contract.BackendUnderTest;
import io.github.axoncl.internal.auto.AutoBackends;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Operands that exceed the largest allocation of a device, which is said to be a small one. */
@Tag("driver")
class DividedBufferTest {
    private static final BackendUnderTest KIND = BackendUnderTest.current();
    /** Floats in the largest allocation. */
    private static final int PART = 1024;
    private static final int LENGTH = 3 * PART + 77;
    private static final float[] X = wave();
    private static Backend reference;

    @BeforeAll
    static void open() {
        reference = Backends.open(BackendOptions.defaults().withBackend("cpu").withSimd(false));
    }

    @AfterAll
    static void close() {
        reference.close();
    }

    private static OpenClBackend device(Transfer transfer) {
        Cl cl = KIND == BackendUnderTest.OCLGRIND ? WholeWritesCl.cl() : new JoclCl();
        Device device = TrackedCl.device(TrackedCl.device().info().unifiedMemory(), PART * Float.BYTES);
        return new OpenClBackend(cl, device, BackendOptions.defaults().withTransfer(transfer), "limited");
    }

    /** The CPU's bits; no number here is subnormal. */
    private static float[] leaky() {
        float[] expected = new float[LENGTH];
        reference.forward(Activation.LEAKY_RELU, X, expected);
        return expected;
    }

    @ParameterizedTest
    @EnumSource(Transfer.class)
    void hostOperandsNeedNoMoreThanThereIs(Transfer transfer) {
        float[] expected = leaky();
        try (Backend backend = device(transfer)) {
            float[] y = new float[LENGTH];
            backend.forward(Activation.LEAKY_RELU, X, y);
            assertThat(y).as("arrays").isEqualTo(expected);
            y = X.clone();
            backend.forward(Activation.LEAKY_RELU, y, y);
            assertThat(y).as("in place").isEqualTo(expected);
            FloatBuffer direct = ByteBuffer.allocateDirect(LENGTH * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
            direct.put(0, X);
            backend.forward(Activation.LEAKY_RELU, Operand.of(direct), Operand.of(direct));
            direct.get(0, y);
            assertThat(y).as("direct").isEqualTo(expected);
        }
    }

    @Test
    void theyAreWrittenReadAndComputed() {
        float[] expected = leaky();
        try (Backend backend = device(Transfer.AUTO); DeviceBuffer buffer = backend.allocate(DType.FLOAT32, LENGTH);
                DeviceBuffer other = backend.allocate(DType.FLOAT32, LENGTH)) {
            buffer.write(X);
            float[] y = new float[LENGTH];
            buffer.read(y);
            assertThat(y).as("copied").isEqualTo(X);
            buffer.write(PART - 10, Operand.of(X, 0, PART + 20));
            float[] across = new float[PART + 20];
            buffer.read(PART - 10, Operand.of(across));
            assertThat(across).as("copied in parts").isEqualTo(Arrays.copyOf(X, across.length));

            buffer.write(X);
            backend.forward(Activation.LEAKY_RELU, buffer, other);
            other.read(y);
            assertThat(y).as("computed").isEqualTo(expected);
            backend.forward(Activation.LEAKY_RELU, buffer, buffer);
            buffer.read(y);
            assertThat(y).as("in place").isEqualTo(expected);

            backend.forward(Activation.LEAKY_RELU, Operand.of(X), buffer);
            Arrays.fill(y, 0);
            backend.forward(Activation.IDENTITY, buffer, Operand.of(y));
            assertThat(y).as("with arrays").isEqualTo(expected);
            buffer.write(X);
            backend.forwardAsync(Activation.LEAKY_RELU, buffer, buffer).join();
            buffer.read(y);
            assertThat(y).as("asynchronously").isEqualTo(expected);
        }
    }

    @Test
    void rowsThatLieInOnePartAreComputed() {
        Rows rows = Rows.of(12, PART / 4);
        float[] x = Arrays.copyOf(X, (int) rows.length());
        float[] expected = new float[x.length];
        reference.forward(RowActivation.HARDMAX, rows, x, expected);
        try (Backend backend = device(Transfer.AUTO); DeviceBuffer buffer = backend.allocate(DType.FLOAT32, x.length)) {
            buffer.write(x);
            backend.forward(RowActivation.HARDMAX, rows, buffer, buffer);
            float[] y = new float[x.length];
            buffer.read(y);
            assertThat(y).isEqualTo(expected);
        }
    }

    /** The first rows are computed on the device, the one that lies apart and all others on the CPU. */
    @Test
    void rowsThatLieApartAreLeftToTheCpu() {
        Rows rows = Rows.of(11, 300);
        float[] x = Arrays.copyOf(X, (int) rows.length() > LENGTH ? LENGTH : (int) rows.length());
        Rows fitting = Rows.of(x.length / 300, 300);
        float[] input = Arrays.copyOf(x, (int) fitting.length());
        float[] expected = new float[input.length];
        reference.forward(RowActivation.HARDMAX, fitting, input, expected);
        try (Backend forced = device(Transfer.AUTO); DeviceBuffer buffer = forced.allocate(DType.FLOAT32, input.length)) {
            buffer.write(input);
            assertThatThrownBy(() -> forced.forward(RowActivation.HARDMAX, fitting, buffer, buffer))
                    .isInstanceOf(DeviceException.class).hasMessageContaining("lie apart in the DeviceBuffer of "
                            + input.length);
        }
        PrintStream err = System.err;
        System.setErr(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8));
        try (Backend auto = AutoBackends.over(device(Transfer.AUTO));
                DeviceBuffer buffer = auto.allocate(DType.FLOAT32, input.length)) {
            buffer.write(input);
            auto.forward(RowActivation.HARDMAX, fitting, buffer, buffer);
            float[] y = new float[input.length];
            buffer.read(y);
            assertThat(y).isEqualTo(expected);
            assertThat(auto.info().fallbacks()).hasSize(1);
        } finally {
            System.setErr(err);
        }
    }

    @Test
    void moreThanTheDeviceHasIsRefused() {
        try (Backend backend = device(Transfer.AUTO)) {
            assertThatThrownBy(() -> backend.allocate(DType.FLOAT32, 1L << 50)).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("a DeviceBuffer of 1125899906842624 FLOAT32").hasMessageContaining("it has");
            assertThat(backend.info().memory().liveBytes()).isZero();
        }
    }

    private static float[] wave() {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) (3 * StrictMath.sin(i * 0.37)) + 0.001f * (i % 7);
        }
        return values;
    }
}
