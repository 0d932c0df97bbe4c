package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.BackendOptions.Transfer;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.contract.BackendUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What lanes ask of a driver: several queues, used by several threads, with memory that is mapped, or copied to the device. */
@Tag("driver")
class LanesTest {
    private static final BackendUnderTest KIND = BackendUnderTest.current();
    /** Enough for lanes although only one operand is on the host; the simulator, which has one thread and so no lanes,
     * computes a little. */
    private static final int LENGTH = KIND.takesThreads() ? 9 * 65_536 + 77 : 1000;
    private static final int ROUNDS = 3;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyDriver(boolean unified) {
        TrackedCl tracked = new TrackedCl();
        Cl cl = KIND == BackendUnderTest.OCLGRIND ? WholeWritesCl.cl() : tracked.cl();
        BackendOptions options = BackendOptions.defaults().withTransfer(Transfer.STAGED);
        Device device = TrackedCl.device(unified, Long.MAX_VALUE);
        try (Backend backend = new OpenClBackend(cl, device, options, "test");
                DeviceBuffer buffer = backend.allocate(DType.FLOAT32, LENGTH)) {
            float[] x = new float[LENGTH];
            float[] y = new float[LENGTH];
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < LENGTH; i++) {
                    x[i] = (i + round) % 1013 - 500;
                }
                backend.forward(Activation.RELU, x, y);
                check("arrays", y, round);
                // What was submitted before must be done when lanes read it.
                buffer.write(x);
                backend.forward(Activation.RELU, buffer, buffer);
                backend.forward(Activation.IDENTITY, buffer, Operand.of(y));
                check("from the device", y, round);
                backend.forward(Activation.RELU, Operand.of(x), buffer);
                buffer.read(y);
                check("to the device", y, round);
                backend.forward(Activation.RELU, x, x);
                check("in place", x, round);
            }
            if (KIND.takesThreads()) {
                assertThat(tracked.handles().get("cl_command_queue")).as("queues: lanes were used").isGreaterThan(2);
            }
        }
        assertThat(tracked.handles()).as("handles after closing").isEmpty();
        assertThat(tracked.mistakes()).isEmpty();
    }

    private static void check(String what, float[] values, int round) {
        for (int i = 0; i < LENGTH; i++) {
            float expected = Math.max(0, (i + round) % 1013 - 500);
            if (values[i] != expected) {
                throw new AssertionError(what + ", round " + round + ": element " + i + " is " + values[i] + " instead of "
                        + expected);
            }
        }
    }
}
