package example;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DeviceException;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** JOCL is older than the library needs: the CPU computes, and who asks why is told what to write in the POM. */
class OlderJoclTest {
    private static Backend open(String backend) {
        return Backends.open(BackendOptions.defaults().withBackend(backend));
    }

    private static void assertAdvice(String text) {
        assertTrue(text.contains("JOCL 2.0.0 is too old, AxonCL needs 2.0.6") && text.contains("write in the POM: "
                + "<dependency><groupId>org.jocl</groupId><artifactId>jocl</artifactId><version>2.0.6</version></dependency>"),
                text);
    }

    @Test
    void theCpuComputesAndSaysWhy() {
        float[] y = new float[3];
        try (Backend backend = open("auto")) {
            backend.forward(Activation.RELU, new float[] {-1, 0, 2}, y);
            assertEquals("cpu", backend.info().backend());
            assertAdvice(backend.info().reason());
        }
        assertArrayEquals(new float[] {0, 0, 2}, y);
        assertEquals(List.of(), Backends.devices());
    }

    @Test
    void aDeviceThatIsAskedForIsRefused() {
        assertAdvice(assertThrows(DeviceException.class, () -> open("opencl")).getMessage());
    }
}
