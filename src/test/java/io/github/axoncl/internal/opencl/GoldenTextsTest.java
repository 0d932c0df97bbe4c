package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Loss;
import io.github.axoncl.Operand;
import io.github.axoncl.Reduction;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Programs exactly as devices get them, to be read without running the library; a changed text shows as a difference. The texts
 * lie in {@code src/test/resources/golden-texts}; where one differs, the new one is in {@code golden-texts} of the build folder,
 * from where it is copied if the change is meant.
 */
class GoldenTextsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden-texts");
    private static final Path MADE = Path.of(System.getProperty("axoncl.cache")).resolveSibling("golden-texts");

    /** A program by its name. */
    private record Case(String name, KernelForm form, Consumer<Backend> call) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("gelu.gpu", KernelForm.GPU, GoldenTextsTest::gelu),
                new Case("gelu.cpu", KernelForm.CPU, GoldenTextsTest::gelu),
                new Case("softmax.of-64.gpu", KernelForm.GPU, backend -> softmax(backend, Rows.of(100, 64))),
                new Case("softmax.of-4096.gpu", KernelForm.GPU, backend -> softmax(backend, Rows.of(100, 4096))),
                new Case("softmax.of-100000.gpu", KernelForm.GPU, backend -> softmax(backend, Rows.of(1, 100_000))),
                new Case("softmax.cpu", KernelForm.CPU, backend -> softmax(backend, Rows.of(100, 4096))),
                new Case("gelu-with-bias.gradient.gpu", KernelForm.GPU, GoldenTextsTest::biasGradient),
                new Case("cross-entropy.gradient.of-1000.gpu", KernelForm.GPU, GoldenTextsTest::crossEntropy));
    }

    private static void gelu(Backend backend) {
        try (DeviceBuffer x = backend.allocate(DType.FLOAT32, 1 << 16)) {
            backend.forward(Activation.GELU, x, x);
        }
    }

    private static void softmax(Backend backend, Rows rows) {
        try (DeviceBuffer x = backend.allocate(DType.FLOAT32, rows.length())) {
            backend.forward(RowActivation.SOFTMAX, rows, x, x);
        }
    }

    private static void biasGradient(Backend backend) {
        Rows rows = new Rows(100_000, 64, 1);
        try (DeviceBuffer x = backend.allocate(DType.FLOAT32, rows.length());
                DeviceBuffer dy = backend.allocate(DType.FLOAT32, rows.length());
                DeviceBuffer dbias = backend.allocate(DType.FLOAT32, rows.axis())) {
            backend.backward(Activation.GELU.withBias(), rows, x, dy, dy, dbias);
        }
    }

    private static void crossEntropy(Backend backend) {
        Rows rows = Rows.of(64, 1000);
        try (DeviceBuffer logits = backend.allocate(DType.FLOAT32, rows.length());
                DeviceBuffer loss = backend.allocate(DType.FLOAT32, rows.outer())) {
            backend.backward(Loss.SOFTMAX_CROSS_ENTROPY, rows, Targets.classes(Operand.of(new int[64])), Reduction.NONE, logits,
                    loss, logits);
        }
    }

    private static String text(Case golden) {
        try (RecordingBackend backend = RecordingBackend.open(golden.form())) {
            golden.call().accept(backend);
            return backend.recorded().programs().stream().map(program -> "// built with: " + program.options() + "\n"
                    + program.text()).collect(Collectors.joining("\n"));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theTextIsThatOfTheTests(Case golden) throws IOException {
        String made = text(golden);
        Path file = GOLDEN.resolve(golden.name() + ".cl");
        if (!Files.exists(file) || !Files.readString(file).equals(made)) {
            Files.createDirectories(MADE);
            Files.writeString(MADE.resolve(golden.name() + ".cl"), made);
        }
        assertThat(file).exists();
        List<String> expected = Files.readAllLines(file);
        assertThat(made.lines().toList()).as("the text in %s", MADE).containsExactlyElementsOf(expected);
    }

    @Test
    void noOtherTextsLieThere() throws IOException {
        Set<String> expected = cases().map(golden -> golden.name() + ".cl").collect(Collectors.toCollection(TreeSet::new));
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
