package io.github.axoncl.contract;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fails a test during which Oclgrind reported something to the file that its environment variable names: an access out of
 * bounds, two work-items that race for a place, a value that depends on what nobody wrote, a wrong use of the OpenCL calls.
 */
public final class OclgrindLog implements AfterEachCallback {
    /** The simulator's own variable. */
    private static final String VARIABLE = "OCLGRIND_LOG";
    /** One mistake may be reported for every work-item. */
    private static final int SHOWN = 4000;
    private static int known;

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (BackendUnderTest.current() != BackendUnderTest.OCLGRIND) {
            return;
        }
        String file = System.getenv(VARIABLE);
        assertThat(file).as("the environment variable " + VARIABLE).isNotNull();
        // It is there as soon as the driver is loaded, and empty again when another context is made.
        byte[] log = Files.exists(Path.of(file)) ? Files.readAllBytes(Path.of(file)) : new byte[0];
        int begin = log.length < known ? 0 : known;
        String reported = new String(Arrays.copyOfRange(log, begin, Math.min(log.length, begin + SHOWN)), StandardCharsets.UTF_8);
        known = log.length;
        assertThat(reported).as("what Oclgrind reported").isEmpty();
    }
}
