package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** Batches larger than the largest allocation, and than all memory of the device: PoCL is told to have little in a JVM of its
 * own. */
@Tag("opencl")
class LittleMemoryTest {
    private static final int PERIOD = 1013;
    private static final String DONE = "all is well";
    /** In a buffer: more than the largest allocation of 256 MiB. */
    private static final int LONG = (256 << 18) + 1001;
    /** On the host: more than the device's memory of 1 GiB. */
    private static final int LONGER = (1024 << 18) + 1001;

    @Test
    void aDeviceWithOneGibibyte() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1400m", "-cp", System.getProperty("java.class.path"), LittleMemoryTest.class.getName());
        builder.environment().put("POCL_MEMORY_LIMIT", "1");
        File log = File.createTempFile("little-memory", ".log");
        Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ended").isTrue();
            assertThat(log).content().contains(DONE);
        } finally {
            process.destroyForcibly().waitFor();
            assertThat(log.delete()).isTrue();
        }
    }

    /** Runs in the other JVM.
     *
     * @param arguments none */
    public static void main(String[] arguments) {
        try (Backend backend = Backends.open(BackendOptions.defaults().withBackend("opencl"))) {
            Device device = ((OpenClBackend) backend).device();
            assertThat(device.info().maxAllocation()).isEqualTo(256L << 20);
            assertThat(device.info().globalMemory()).isLessThanOrEqualTo(1L << 30);
            float[] values = new float[LONGER];
            fill(values, 0);
            backend.forward(Activation.RELU, values, values);
            check(values, 0, LONGER);
            try (DeviceBuffer buffer = backend.allocate(DType.FLOAT32, LONG)) {
                fill(values, 5);
                buffer.write(0, Operand.of(values, 0, LONG));
                backend.forward(Activation.RELU, buffer, buffer);
                buffer.read(0, Operand.of(values, 0, LONG));
                check(values, 5, LONG);
            }
            assertThat(backend.info().memory().peakBytes()).as("peak of device memory").isLessThan(512L << 20);
        }
        System.out.println(DONE);
    }

    private static void fill(float[] values, int shift) {
        for (int i = 0; i < PERIOD; i++) {
            values[i] = value(i, shift);
        }
        for (int filled = PERIOD; filled < values.length; filled *= 2) {
            System.arraycopy(values, 0, values, filled, Math.min(filled, values.length - filled));
        }
    }

    private static float value(int i, int shift) {
        return (i + shift) % PERIOD - 500;
    }

    private static void check(float[] values, int shift, int length) {
        for (int i = 0; i < length; i += i < length - PERIOD ? 7 : 1) {
            if (values[i] != Math.max(0, value(i, shift))) {
                throw new AssertionError("element " + i + " is " + values[i]);
            }
        }
    }
}
