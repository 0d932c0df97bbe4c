package io.github.axoncl.internal.cpu;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Buffers of several arrays, which are short here: no test has memory for those that need several. */
class DividedBufferTest {
    private static final int PART = 1000;
    private static final int LENGTH = 3 * PART + 77;
    private static final float[] X = wave();
    private static final CpuBackend BACKEND = new CpuBackend("a test", false);

    @AfterAll
    static void close() {
        BACKEND.close();
    }

    private static CpuBuffer buffer(float... values) {
        CpuBuffer buffer = new CpuBuffer(BACKEND, DType.FLOAT32, values.length, bytes -> { }, PART);
        buffer.write(values);
        return buffer;
    }

    private static float[] content(CpuBuffer buffer) {
        float[] values = new float[(int) buffer.length()];
        buffer.read(values);
        return values;
    }

    @Test
    void partsAreWrittenAndReadWhereTheyBelong() {
        try (CpuBuffer buffer = buffer(X)) {
            assertThat(content(buffer)).isEqualTo(X);
            buffer.write(PART - 3, Operand.of(X, 0, PART + 6));
            float[] across = new float[PART + 6];
            buffer.read(PART - 3, Operand.of(across));
            assertThat(across).isEqualTo(Arrays.copyOf(X, across.length));
            assertThatThrownBy(buffer::elements).isInstanceOf(DeviceException.class).hasMessageContaining("3077");
        }
    }

    @Test
    void functionsOfElements() {
        float[] expected = new float[LENGTH];
        BACKEND.forward(Activation.TANH, X, expected);
        try (CpuBuffer x = buffer(X); CpuBuffer y = buffer(new float[LENGTH])) {
            BACKEND.forward(Activation.TANH, x, y);
            assertThat(content(y)).isEqualTo(expected);
            float[] array = new float[LENGTH];
            BACKEND.forward(Activation.TANH, x, Operand.of(array));
            assertThat(array).isEqualTo(expected);
            BACKEND.forward(Activation.TANH, x, x);
            assertThat(content(x)).isEqualTo(expected);
        }
    }

    /** Every third row or so lies in two arrays. */
    @Test
    void functionsOfRows() {
        Rows rows = new Rows(10, 301, 1);
        float[] x = Arrays.copyOf(X, (int) rows.length());
        float[] expected = new float[x.length];
        BACKEND.forward(RowActivation.SOFTMAX, rows, x, expected);
        try (CpuBuffer buffer = buffer(x); CpuBuffer y = buffer(new float[x.length])) {
            BACKEND.forward(RowActivation.SOFTMAX, rows, buffer, y);
            assertThat(content(y)).isEqualTo(expected);
            BACKEND.forward(RowActivation.SOFTMAX, rows, buffer, buffer);
            assertThat(content(buffer)).isEqualTo(expected);
        }
    }

    /** The gradient of the bias adds along the outer index, so all of it is needed at once. */
    @Test
    void sumsOverAll() {
        Rows rows = Rows.of(100, 30);
        float[] z = Arrays.copyOf(X, 3000);
        float[] dx = new float[3000];
        float[] dbias = new float[30];
        BACKEND.backward(Activation.TANH.withBias(), rows, Operand.of(z), Operand.of(z), Operand.of(dx), Operand.of(dbias));
        float[] sums = new float[30];
        try (CpuBuffer buffer = buffer(z); CpuBuffer out = buffer(new float[3000])) {
            BACKEND.backward(Activation.TANH.withBias(), rows, buffer, buffer, out, Operand.of(sums));
            assertThat(content(out)).isEqualTo(dx);
            assertThat(sums).isEqualTo(dbias);
        }
    }

    @Test
    void anotherBackendGetsNoneInPlaceOfADevices() {
        try (Backend other = new CpuBackend("another", false)) {
            assertThatThrownBy(() -> BACKEND.allocateFor(other, DType.FLOAT32, 1L << 31)).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("2147483648");
        }
    }

    private static float[] wave() {
        float[] values = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            values[i] = (float) (3 * StrictMath.sin(i * 0.37));
        }
        return values;
    }
}
