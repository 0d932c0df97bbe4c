package io.github.axoncl.bench.tools.texts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.Activation;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Loss;
import io.github.axoncl.Penalty;
import io.github.axoncl.RecurrentCell;
import io.github.axoncl.RowActivation;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.bench.Workbench;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every program of every family is written once, under a name that says what it is, and the index knows its kernels. */
class TextsCommandTest {
    @TempDir
    private static Path folder;
    private static List<String[]> index;

    @BeforeAll
    static void write() throws IOException {
        assertEquals(0, Workbench.execute("texts", folder.toString()));
        index = new ArrayList<>(Files.readAllLines(folder.resolve("index.tsv")).stream().map(line -> line.split("\t", -1))
                .toList());
        assertEquals(List.of("file", "kernel", "options", "function", "operation", "type", "tier", "form", "name", "shape",
                "elements per work-item", "work-group"), Arrays.asList(index.remove(0)));
    }

    @Test
    void everyFunctionIsThereInBothForms() {
        Set<String> written = index.stream().map(row -> row[3] + " " + row[7]).collect(Collectors.toSet());
        Stream.<KernelFunction[]>of(Activation.values(), RowActivation.values(), Loss.values(), GatedActivation.values(),
                StochasticActivation.values(), Penalty.values(), RecurrentCell.values()).flatMap(Stream::of)
                .forEach(f -> assertTrue(written.containsAll(Set.of(f.id() + " gpu", f.id() + " cpu")), f.id()));
    }

    @Test
    void allTypesTiersAndLengthsAreThere() {
        Set<String> names = index.stream().map(row -> row[8]).collect(Collectors.toSet());
        for (String name : List.of("gelu.float32.accurate", "gelu.float32.fast", "gelu.float64.accurate", "gelu.float16.fast",
                "gelu.bfloat16.accurate", "softmax.forward.float32.accurate.axis-1001",
                "softmax.forward.float32.fast.axis-4096",
                "softmax.backward_from_output.float32.accurate.axis-100000-inner-7",
                "softmax.forward.float32.accurate.mask.axis-1024", "gelu_with_bias.backward.float32.accurate.sums-of-100000",
                "softmax_cross_entropy.backward.float32.accurate.classes.axis-1000")) {
            assertTrue(names.contains(name), name);
        }
    }

    @Test
    void textsAreWrittenOnceAndTheIndexIsTrue() throws IOException {
        Set<String> texts = new HashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".cl")).toList()) {
                assertTrue(texts.add(Files.readString(file)), file + " is another file's text");
            }
        }
        assertEquals(texts.size(), index.stream().map(row -> row[0]).distinct().count());
        for (String[] row : index) {
            assertTrue(Files.readString(folder.resolve(row[0])).contains(row[1] + "("), row[1] + " is not in " + row[0]);
            assertTrue(Double.parseDouble(row[10]) > 0 && Long.parseLong(row[11]) > 0, String.join(" ", row));
            assertTrue(row[0].endsWith("." + row[7] + ".cl"), row[0]);
        }
    }

    @Test
    void onlySomeTextsAreWrittenAgain(@TempDir Path some) throws IOException {
        Files.writeString(some.resolve("old.cl"), "");
        assertEquals(0, Workbench.execute("texts", some.toString(), "--form", "gpu", "--function", "relu,softmax"));
        List<String> files;
        try (Stream<Path> all = Files.list(some)) {
            files = all.map(path -> path.getFileName().toString()).toList();
        }
        assertTrue(files.containsAll(List.of("relu.float32.accurate.gpu.cl", "index.tsv")), files::toString);
        assertFalse(files.contains("old.cl"));
        assertTrue(files.stream().allMatch(name -> name.matches("(relu|softmax)\\..*\\.gpu\\.cl|index.tsv")), files::toString);
    }

    @Test
    void wrongNamesAreWrongUsage(@TempDir Path none) {
        assertEquals(2, Workbench.execute("texts", none.toString(), "--form", "fpga"));
        assertEquals(2, Workbench.execute("texts", none.toString(), "--form", "gpu", "--function", "no_such_function"));
    }
}
