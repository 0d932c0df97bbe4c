package io.github.axoncl.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the README shows compiles, runs and is up to date. */
class ReadmeTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path EXAMPLE = Path.of("src/test/java/io/github/axoncl/bench/ReadmeExample.java");

    @Test
    void theExampleIsTheCompiledOne() throws IOException {
        String example = Files.readString(EXAMPLE);
        String shown = example.substring(example.indexOf("import"));
        assertTrue(Files.readString(README).contains("```java\n" + shown + "```"), "README.md does not show\n" + shown);
    }

    @Test
    void theExampleRuns() {
        PrintStream console = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            ReadmeExample.main(new String[0]);
        } finally {
            System.setOut(console);
        }
        // gelu(2) = 1.9544997, elu'(-2) = 0.5 e^-2, softmax adds up to 1
        String printed = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(printed.contains("1.9544997") && printed.contains("0.06766764"), printed);
    }

    @Test
    void theFunctionOfOnesOwnIsTheCompiledOneAndGivesTheSameBitsEverywhere() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/github/axoncl/bench/ReadmeOwnFunction.java"));
        String shown = source.substring(source.indexOf("// README\n") + 10, source.indexOf("// END")).stripIndent();
        assertTrue(Files.readString(README).contains("```java\n" + shown + "```"), "README.md does not show\n" + shown);
        float[] x = new float[1001];
        float[] dy = new float[1001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 500) * 0.05f;
            dy[i] = 1 - i * 0.001f;
        }
        float[] y = new float[1001];
        float[] dx = new float[1001];
        float[] yChosen = new float[1001];
        float[] dxChosen = new float[1001];
        try (Backend cpu = Backends.open(BackendOptions.defaults().withBackend("cpu")); Backend chosen = Backends.open()) {
            ReadmeOwnFunction.run(cpu, x, y, dy, dx);
            ReadmeOwnFunction.run(chosen, x, yChosen, dy, dxChosen);
        }
        assertArrayEquals(y, yChosen, 0f);
        assertArrayEquals(dx, dxChosen, 0f);
    }

    @Test
    void theOperationsAreTheCompiledOnesAndGiveTheSameBitsEverywhere() throws IOException {
        String source = Files.readString(Path.of("src/test/java/io/github/axoncl/bench/ReadmeOperations.java"));
        String shown = source.substring(source.indexOf("// README\n") + 10, source.indexOf("// END")).stripIndent();
        assertTrue(Files.readString(README).contains("```java\n" + shown + "```"), "README.md does not show\n" + shown);
        try (Backend cpu = Backends.open(BackendOptions.defaults().withBackend("cpu")); Backend chosen = Backends.open()) {
            Map<String, float[]> expected = ReadmeOperations.run(cpu);
            Map<String, float[]> actual = ReadmeOperations.run(chosen);
            assertEquals(expected.keySet(), actual.keySet());
            expected.forEach((name, values) -> assertArrayEquals(values, actual.get(name), 0f, name));
        }
    }

    @Test
    void theTableOfFunctionsIsUpToDate() {
        assertEquals(0, Workbench.execute("functions", "--check", README.toString()));
    }
}
