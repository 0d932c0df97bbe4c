package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.BiasedActivation;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import io.github.axoncl.contract.BackendContract;
import io.github.axoncl.contract.BackendUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Rows that several launches compute on a GPU: what is left when the last one fails. */
@Tag("driver")
class SplitRowsTest extends BackendContract {
    private static final BiasedActivation FUNCTION = Activation.LEAKY_RELU.withBias();
    private static final Rows ROWS = new Rows(5000, 3, 1);

    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    private OpenClBackend open() {
        Cl driver = KIND == BackendUnderTest.OCLGRIND ? WholeWritesCl.cl() : new JoclCl();
        FakeCl failing = new FakeCl(driver);
        failing.on("clEnqueueNDRangeKernel", arguments -> {
            if (left.getAndDecrement() <= 0) {
                throw new ClException("clEnqueueNDRangeKernel", -59);
            }
            return failing.forward("clEnqueueNDRangeKernel", arguments);
        });
        return new OpenClBackend(failing.cl(), TrackedCl.device().with(KernelForm.GPU), BackendOptions.defaults(), "failing");
    }

    private static float[] numbers(int seed) {
        float[] values = new float[(int) ROWS.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i * seed % 101 - 50) * 0.13f;
        }
        return values;
    }

    private static float[] read(DeviceBuffer buffer) {
        float[] values = new float[(int) buffer.length()];
        buffer.read(values);
        return values;
    }

    private static void gradient(Backend on, DeviceBuffer z, DeviceBuffer dy, DeviceBuffer dx, DeviceBuffer dbias) {
        on.backward(FUNCTION, ROWS, z, dy, dx, dbias);
    }

    @Test
    void inPlaceOnlyTheLastLaunchWrites() {
        float[] dy = numbers(53);
        float[] expected = new float[dy.length];
        float[] expectedBias = new float[3];
        reference().backward(FUNCTION, ROWS, Operand.of(numbers(37)), Operand.of(dy), Operand.of(expected),
                Operand.of(expectedBias));
        try (OpenClBackend own = open(); DeviceBuffer z = own.allocate(DType.FLOAT32, ROWS.length());
                DeviceBuffer both = own.allocate(DType.FLOAT32, ROWS.length());
                DeviceBuffer dbias = own.allocate(DType.FLOAT32, 3)) {
            z.write(numbers(37));
            both.write(dy);
            left.set(1);
            assertThatThrownBy(() -> gradient(own, z, both, both, dbias)).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("the output is untouched");
            assertThat(read(both)).isEqualTo(dy);
            left.set(2);
            gradient(own, z, both, both, dbias);
            assertThat(read(both)).isEqualTo(expected);
            assertThat(read(dbias)).isEqualTo(expectedBias);
        }
    }

    @Test
    void elsewhereTheMessageSaysThatOutputsMayBeWritten() {
        try (OpenClBackend own = open(); DeviceBuffer z = own.allocate(DType.FLOAT32, ROWS.length());
                DeviceBuffer dy = own.allocate(DType.FLOAT32, ROWS.length());
                DeviceBuffer dx = own.allocate(DType.FLOAT32, ROWS.length());
                DeviceBuffer dbias = own.allocate(DType.FLOAT32, 3)) {
            z.write(numbers(37));
            dy.write(numbers(53));
            left.set(1);
            assertThatThrownBy(() -> gradient(own, z, dy, dx, dbias)).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("may have been written");
            assertThat(read(dy)).isEqualTo(numbers(53));
        }
    }
}
