package example;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** All works without slf4j, and what would be logged there goes to the JDK's loggers. */
class WithoutSlf4jTest {
    @Test
    void theLoggersOfTheJdkAreTold() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.slf4j.LoggerFactory"));
        List<String> log = new ArrayList<>();
        Logger library = Logger.getLogger("io.github.axoncl");
        library.addHandler(new Handler() {
            @Override
            public void publish(LogRecord entry) {
                log.add(entry.getMessage());
            }

            @Override
            public void flush() {
            }

            @Override
            public void close() {
            }
        });
        float[] y = new float[3];
        try (Backend backend = Backends.open(BackendOptions.defaults().withBackend("auto"))) {
            backend.forward(Activation.RELU, new float[] {-1, 0, 2}, y);
            System.out.println("computed on " + backend.info().device());
        }
        assertArrayEquals(new float[] {0, 0, 2}, y);
        assertTrue(log.stream().anyMatch(text -> text.startsWith("Computing on ")), log.toString());
    }
}
