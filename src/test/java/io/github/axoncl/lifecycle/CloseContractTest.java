package io.github.axoncl.lifecycle;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.contract.BackendContract;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Closing: in any order, any number of times, and what is used afterwards says so. */
class CloseContractTest extends BackendContract {

    /** In which order a backend and its buffers are closed. */
    enum Order {
        BUFFERS_FIRST, BACKEND_FIRST, BACKEND_AMONG_BUFFERS, EVERYTHING_TWICE;

        void close(Backend backend, List<DeviceBuffer> buffers) {
            List<AutoCloseable> all = new ArrayList<>(buffers);
            switch (this) {
                case BUFFERS_FIRST -> all.add(backend);
                case BACKEND_FIRST -> all.add(0, backend);
                case BACKEND_AMONG_BUFFERS -> all.add(2, backend);
                case EVERYTHING_TWICE -> {
                    all.add(backend);
                    all.addAll(List.copyOf(all));
                }
                default -> throw new AssertionError(this);
            }
            all.forEach(CloseContractTest::close);
        }
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new AssertionError("close must not throw", e);
        }
    }

    @ParameterizedTest
    @EnumSource(Order.class)
    void inAnyOrder(Order order) {
        for (Watched.Mode mode : Watched.Mode.values()) {
            try (Watched watched = Watched.open(mode, KIND.options())) {
                List<DeviceBuffer> buffers = new ArrayList<>();
                for (int length : new int[] {100, 0, 5000}) {
                    buffers.add(watched.backend().allocate(DType.FLOAT32, length));
                }
                buffers.get(0).write(new float[100]);
                watched.backend().forward(Activation.RELU, buffers.get(0), buffers.get(0));
                assertThat(buffers).noneMatch(DeviceBuffer::isClosed);
                order.close(watched.backend(), buffers);
                assertThat(buffers).allMatch(DeviceBuffer::isClosed);
            }
        }
    }

    @Test
    void aClosedBackendSaysSo() {
        try (Watched watched = Watched.open()) {
            Backend backend = watched.backend();
            DeviceBuffer buffer = backend.allocate(DType.FLOAT32, 10);
            DeviceBuffer empty = backend.allocate(DType.FLOAT32, 0);
            backend.close();
            float[] x = new float[10];
            float[] y = new float[10];
            Rows rows = Rows.of(2, 5);
            refused("backend", () -> backend.forward(Activation.GELU, x, y));
            refused("backend", () -> backend.derivative(Activation.GELU, x, y));
            refused("backend", () -> backend.backward(Activation.GELU, x, x, y));
            refused("backend", () -> backend.backwardFromOutput(Activation.TANH, x, x, y));
            refused("backend", () -> backend.forward(RowActivation.SOFTMAX, rows, x, y));
            refused("backend", () -> backend.backwardFromOutput(RowActivation.SOFTMAX, rows, x, x, y));
            refused("backend", () -> backend.forward(Activation.GELU, new float[0], new float[0]));
            refused("backend", () -> backend.forward(Activation.GELU, empty, empty));
            refused("backend", () -> backend.forward(Activation.GELU, buffer, buffer));
            refused("backend", () -> backend.allocate(DType.FLOAT32, 10));
            refused("backend", () -> backend.allocate(DType.FLOAT32, 0));
            refused("backend", () -> buffer.write(x));
            refused("backend", () -> buffer.read(y));
            refused("backend", () -> empty.read(new float[0]));
            assertThat(y).containsOnly(0);
            assertThat(backend.info().device()).as("what it was can still be asked").isNotBlank();
        }
    }

    @Test
    void aClosedBufferSaysSoAndDisturbsNothingElse() {
        try (Watched watched = Watched.open()) {
            Backend backend = watched.backend();
            try (DeviceBuffer open = backend.allocate(DType.FLOAT32, 10)) {
                float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
                open.write(values);
                DeviceBuffer closed = backend.allocate(DType.FLOAT32, 10);
                closed.close();
                float[] x = new float[10];
                float[] y = new float[10];
                refused("DeviceBuffer", () -> closed.write(x));
                refused("DeviceBuffer", () -> closed.read(y));
                refused("DeviceBuffer", () -> closed.read(new float[0]));
                refused("DeviceBuffer", () -> backend.forward(Activation.RELU, closed, Operand.of(y)));
                refused("DeviceBuffer", () -> backend.forward(Activation.RELU, open, closed));
                refused("DeviceBuffer", () -> backend.backward(Activation.RELU, Operand.of(x), closed, Operand.of(y)));
                refused("DeviceBuffer", () -> backend.backward(Activation.RELU, open, closed, open));
                refused("DeviceBuffer", () -> backend.backwardFromOutput(Activation.RELU, closed, open, open));
                assertThat(y).containsOnly(0);
                open.read(y);
                assertThat(y).isEqualTo(values);
            }
            assertThat(backend.info().memory().liveBytes()).isZero();
        }
    }

    @Test
    void oneBackendDoesNotCloseAnother() {
        try (Watched first = Watched.open(); DeviceBuffer kept = first.backend().allocate(DType.FLOAT32, Calls.LENGTH)) {
            kept.write(Calls.X);
            try (Watched second = Watched.open()) {
                second.backend().allocate(DType.FLOAT32, Calls.LENGTH).close();
                for (Calls call : Calls.values()) {
                    assertThat(call.result(second.backend())).as("%s", call).isEqualTo(call.result(first.backend()));
                }
            }
            float[] content = new float[Calls.LENGTH];
            kept.read(content);
            assertThat(content).isEqualTo(Calls.X);
            assertThat(Calls.ARRAYS.result(first.backend())).isEqualTo(Calls.ARRAYS.result(backend()));
        }
    }

    private static void refused(String what, ThrowingCallable use) {
        assertThatThrownBy(use).isExactlyInstanceOf(IllegalStateException.class).hasMessageContaining(what)
                .hasMessageEndingWith("is closed");
    }
}
