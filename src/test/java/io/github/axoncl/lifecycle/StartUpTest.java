package io.github.axoncl.lifecycle;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What makes a first call slow is not there: it is counted, not timed, in a JVM of its own.
 */
class StartUpTest {
    /** What the JVM may make for itself; one lambda alone costs a first call about ten such classes. */
    private static final int OF_THE_JVM = 2;

    /** The program of the other JVM. */
    public static final class FirstCall {
        /** Computes one call on the backend that is named. */
        public static void main(String... arguments) {
            try (Backend backend = Backends.open(BackendOptions.defaults().withBackend(arguments[0]))) {
                float[] y = new float[100];
                backend.forward(Activation.GELU, new float[100], y);
                System.out.println("computed " + y[0]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "auto"})
    void aFirstCallMakesNoClassesButItsLoopsAndLoadsNothingOfDevices(String choice) throws IOException {
        List<String> log = classesLoaded(choice);
        assertThat(log).anyMatch(line -> line.startsWith("computed "));
        List<String> made = log.stream().filter(line -> line.contains("__JVM_LookupDefineClass__")
                || line.contains("axoncl") && line.contains("$$Lambda")).toList();
        assertThat(made).anyMatch(line -> line.contains("GeneratedLoop"));
        assertThat(made.stream().filter(line -> !line.contains("GeneratedLoop")).toList())
                .hasSizeLessThanOrEqualTo(OF_THE_JVM).noneMatch(line -> line.contains("$$Lambda"));
        assertThat(log).noneMatch(line -> line.contains("org.slf4j.") || line.contains("org.jocl.")
                || line.contains("io.github.axoncl.internal.opencl.") || line.contains("jdk.incubator.vector."));
    }

    private static List<String> classesLoaded(String choice) throws IOException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load", "-cp", System.getProperty("java.class.path"), FirstCall.class.getName(), choice)
                .redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().toList();
    }
}
