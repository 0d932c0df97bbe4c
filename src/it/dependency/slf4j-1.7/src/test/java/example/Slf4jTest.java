package example;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** The library logs with the slf4j that the program has. */
class Slf4jTest {
    @Test
    void slf4jIsTold() {
        String version = LoggerFactory.class.getPackage().getImplementationVersion();
        assertTrue(version.startsWith(System.getProperty("slf4j")), version);
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true));
        try (Backend backend = Backends.open(BackendOptions.defaults().withBackend("auto"))) {
            System.out.println("computed on " + backend.info().device());
        } finally {
            System.setErr(before);
        }
        // As slf4j-simple writes it.
        assertTrue(log.toString().matches("(?s).*(INFO|WARN) io\\.github\\.axoncl\\.\\S+ - Computing on .*"), log.toString());
    }
}
