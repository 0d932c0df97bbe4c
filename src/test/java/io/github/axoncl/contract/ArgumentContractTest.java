package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.Stream;

import static io.github.axoncl.contract.Mistake.mistake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Mistakes: the same exception with the same message on every backend, before anything is written. */
class ArgumentContractTest extends BackendContract {
    private static final float[] THREE = new float[3];
    private static final float[] FOUR = new float[4];
    private static final ByteOrder SWAPPED =
            ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;

    static Stream<Mistake> mistakes() {
        Class<NullPointerException> npe = NullPointerException.class;
        Class<IllegalArgumentException> iae = IllegalArgumentException.class;
        return Stream.of(
                mistake(b -> b.forward(null, THREE, THREE), npe, "function"),
                mistake(b -> b.forward(Activation.RELU, (float[]) null, THREE), npe, "x"),
                mistake(b -> b.forward(Activation.RELU, THREE, null), npe, "y"),
                mistake(b -> b.derivative(Activation.RELU, THREE, null), npe, "dx"),
                mistake(b -> b.backward(Activation.RELU, THREE, null, THREE), npe, "dy"),
                mistake(b -> b.backwardFromOutput(Activation.RELU, (float[]) null, THREE, THREE), npe, "y"),
                mistake(b -> b.forward(RowActivation.SOFTMAX, null, THREE, THREE), npe, "rows"),
                mistake(b -> b.allocate(null, 1), npe, "type"),
                mistake(b -> b.forward(Activation.GELU, THREE, FOUR), iae,
                        "forward of gelu: x has 3 elements, y has 4; they must be equal"),
                mistake(b -> b.forward(Activation.ELU, THREE, FOUR), iae,
                        "forward of elu(alpha=1): x has 3 elements, y has 4; they must be equal"),
                mistake(b -> b.backward(Activation.TANH, THREE, FOUR, THREE), iae,
                        "backward of tanh: x has 3 elements, dy has 4; they must be equal"),
                mistake(b -> b.backwardFromOutput(Activation.TANH, THREE, THREE, FOUR), iae,
                        "backward_from_output of tanh: y has 3 elements, dx has 4; they must be equal"),
                mistake(b -> b.backwardFromOutput(Activation.GELU, THREE, THREE, THREE), iae,
                        "gelu has no derivative from its output; use backward"),
                mistake(b -> b.backwardFromOutput(Activation.ELU.with(-1), THREE, THREE, THREE), iae,
                        "elu: from the output, parameter alpha = -1.0 must be at least 0"),
                mistake(b -> b.forward(Activation.ELU.with(1, 2), THREE, THREE), iae,
                        "elu takes 1 parameters [alpha], but 2 values were given"),
                mistake(b -> b.forward(Activation.SOFTPLUS.with(0), THREE, THREE), iae,
                        "softplus: parameter beta = 0.0 is not in [2^-20, 2^20]"),
                mistake(b -> b.forward(Activation.SWISH.with(Double.NaN), THREE, THREE), iae,
                        "swish: parameter beta = NaN is not in [-2^20, 2^20]"),
                mistake(b -> b.forward(Activation.CLIP.with(2, 1), THREE, THREE), iae,
                        "clip: parameter min = 2.0 exceeds max = 1.0; min <= max must hold"),
                mistake(b -> b.forward(Activation.THRESHOLD.with(1, Double.POSITIVE_INFINITY), THREE, THREE), iae,
                        "threshold: parameter value = Infinity is not in [-3.4028235E38, 3.4028235E38]"),
                mistake(b -> b.forward(Activation.HARD_SHRINK.with(-0.1), THREE, THREE), iae,
                        "hard_shrink: parameter lambda = -0.1 is not in [0, Infinity]"),
                mistake(b -> b.backwardFromOutput(Activation.PRELU, THREE, THREE, THREE), iae,
                        "prelu has no derivative from its output; use backward"),
                mistake(b -> b.forward(Activation.RELU, Operand.of(THREE, 2, 2), Operand.of(FOUR)), iae,
                        "offset 2 and length 2 do not lie within an array of 3 elements"),
                mistake(b -> b.forward(Activation.RELU, Operand.of(FOUR, 0, 3), Operand.of(FOUR, 1, 3)), iae,
                        "y at offset 1 overlaps x at offset 0 (length 3); they must be the same elements or disjoint"),
                mistake(b -> b.backward(Activation.RELU, Operand.of(THREE), Operand.of(FOUR, 1, 3), Operand.of(FOUR, 0, 3)),
                        iae,
                        "dx at offset 0 overlaps dy at offset 1 (length 3); they must be the same elements or disjoint"),
                mistake(b -> b.forward(Activation.RELU, Operand.of(THREE),
                        Operand.of(FloatBuffer.allocate(3).asReadOnlyBuffer())), iae, "y is a read-only buffer"),
                mistake(b -> b.forward(Activation.RELU,
                        Operand.of(ByteBuffer.allocateDirect(12).order(SWAPPED).asFloatBuffer()), Operand.of(THREE)), iae,
                        "a direct buffer must have native byte order (" + ByteOrder.nativeOrder() + "), but has " + SWAPPED),
                mistake(b -> b.forward(RowActivation.SOFTMAX, Rows.of(2, 2), THREE, THREE), iae,
                        "forward of softmax(scale=1, zero_if_empty=0): x has 3 elements, but (2, 2, 1) asks for 4"),
                mistake(b -> new Rows(-1, 2, 1), iae, "(outer, axis, inner) = (-1, 2, 1): no extent may be negative"),
                mistake(b -> b.allocate(DType.FLOAT32, -1), iae, "length -1: must not be negative"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void isRefused(Mistake mistake) {
        mistake.assertRefused(backend(), THREE, FOUR);
    }

    @Test
    void buffersAreCheckedBeforeTheyAreCopied() {
        try (DeviceBuffer buffer = backend().allocate(DType.FLOAT32, 3)) {
            assertThatThrownBy(() -> buffer.write(FOUR)).isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("write: 4 elements at offset 0 do not fit a buffer of 3");
            assertThatThrownBy(() -> buffer.read(2, Operand.of(THREE))).isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("read: 3 elements at offset 2 do not fit a buffer of 3");
            assertThatThrownBy(() -> buffer.read(-1, Operand.of(THREE))).isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("read: 3 elements at offset -1 do not fit a buffer of 3");
            assertThatThrownBy(() -> buffer.read(FloatBuffer.allocate(3).asReadOnlyBuffer()))
                    .isExactlyInstanceOf(IllegalArgumentException.class).hasMessage("target is a read-only buffer");
            assertThatThrownBy(() -> buffer.write(0, null)).isExactlyInstanceOf(NullPointerException.class)
                    .hasMessage("source");
            assertThatThrownBy(() -> buffer.write(0, buffer)).isExactlyInstanceOf(IllegalArgumentException.class)
                    .hasMessage("write: a DeviceBuffer is copied by backend.forward(IDENTITY, from, to)");
        }
    }

    @Test
    void aClosedBufferIsRefused() {
        DeviceBuffer buffer = backend().allocate(DType.FLOAT32, 3);
        buffer.close();
        buffer.close();
        assertThat(buffer.isClosed()).isTrue();
        String message = "the DeviceBuffer of 3 FLOAT32 is closed";
        assertThatThrownBy(() -> buffer.read(THREE)).isExactlyInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThatThrownBy(() -> buffer.write(THREE)).isExactlyInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThatThrownBy(() -> backend().forward(Activation.RELU, buffer, Operand.of(THREE)))
                .isExactlyInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThatThrownBy(() -> backend().forward(Activation.RELU, Operand.of(THREE), buffer))
                .isExactlyInstanceOf(IllegalStateException.class).hasMessage(message);
    }

    @Test
    void aBufferOfAnotherBackendIsRefused() {
        try (Backend cpu = Backends.open(BackendOptions.defaults().withBackend("cpu"));
                DeviceBuffer foreign = cpu.allocate(DType.FLOAT32, 3)) {
            assertThatThrownBy(() -> backend().forward(Activation.RELU, foreign, Operand.of(THREE)))
                    .isExactlyInstanceOf(IllegalArgumentException.class).hasMessage("x is a DeviceBuffer of another backend");
            assertThatThrownBy(() -> backend().backward(Activation.RELU, Operand.of(THREE), foreign, Operand.of(THREE)))
                    .isExactlyInstanceOf(IllegalArgumentException.class).hasMessage("dy is a DeviceBuffer of another backend");
        }
    }

    @Test
    void aClosedBackendIsRefused() {
        Backend closed = KIND.open();
        DeviceBuffer left = closed.allocate(DType.FLOAT32, 3);
        closed.close();
        assertThatCode(closed::close).doesNotThrowAnyException();
        assertThat(closed.isClosed()).isTrue();
        String message = "the backend is closed";
        assertThatThrownBy(() -> closed.forward(Activation.RELU, THREE, new float[3]))
                .isExactlyInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThatThrownBy(() -> closed.allocate(DType.FLOAT32, 1))
                .isExactlyInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThatThrownBy(() -> left.read(THREE)).isExactlyInstanceOf(IllegalStateException.class).hasMessage(message);
        assertThatCode(left::close).doesNotThrowAnyException();
        assertThat(closed.info()).isNotNull();
    }
}
