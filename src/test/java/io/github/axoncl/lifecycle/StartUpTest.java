package io.github.axoncl.lifecycle;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.Operand;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
                if (arguments[1].equals("float32")) {
                    float[] y = new float[100];
                    backend.forward(Activation.GELU, new float[100], y);
                    System.out.println("computed " + y[0]);
                } else {
                    double[] y = new double[100];
                    backend.forward(Activation.GELU, Operand.of(new double[100]), Operand.of(y));
                    System.out.println("computed " + y[0]);
                }
            }
        }
    }

    /** What no first call needs. */
    private static void assertLittle(List<String> log) {
        assertThat(log).anyMatch(line -> line.startsWith("computed "));
        assertThat(log).noneMatch(line -> line.contains("org.slf4j.") || line.contains("org.jocl.")
                || line.contains("io.github.axoncl.internal.opencl.") || line.contains("jdk.incubator.vector."));
    }

    /** Classes that the JVM made or was given by the program. */
    private static List<String> made(List<String> log) {
        return log.stream().filter(line -> line.contains("__JVM_LookupDefineClass__")
                || line.contains("axoncl") && line.contains("$$Lambda")).toList();
    }

    /** The loop of the library's own function was made when the library was built. */
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "auto"})
    void aFirstCallReadsAndCompilesNoText(String choice) throws IOException {
        List<String> log = classesLoaded(choice, "float32");
        assertLittle(log);
        assertThat(made(log)).hasSizeLessThanOrEqualTo(OF_THE_JVM).noneMatch(line -> line.contains("$$Lambda"));
        assertThat(log).anyMatch(line -> line.contains(".Ready_gelu_forward "))
                .noneMatch(line -> line.contains("io.github.axoncl.internal.kernel.") || line.contains("org.objectweb.asm."));
    }

    /** Other functions and types are compiled by the first call. */
    @ParameterizedTest
    @ValueSource(strings = {"cpu", "auto"})
    void aFirstCallOfWhatIsNotReadyMakesNoClassesButItsLoops(String choice) throws IOException {
        List<String> log = classesLoaded(choice, "float64");
        assertLittle(log);
        List<String> made = made(log);
        assertThat(made).anyMatch(line -> line.contains("GeneratedLoop"));
        assertThat(made.stream().filter(line -> !line.contains("GeneratedLoop")).toList())
                .hasSizeLessThanOrEqualTo(OF_THE_JVM).noneMatch(line -> line.contains("$$Lambda"));
    }

    private static List<String> classesLoaded(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load", "-cp", System.getProperty("java.class.path"), FirstCall.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return text.lines().toList();
    }
}
