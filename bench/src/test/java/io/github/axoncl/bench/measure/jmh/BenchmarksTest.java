package io.github.axoncl.bench.measure.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.bench.Workbench;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks exist, run, and are compared with their copy. In this process, for a moment: what they say means nothing
 * here. */
class BenchmarksTest {

    /** Without the annotation processor the build succeeds with an empty list. */
    @Test
    void theListIsComplete() {
        Set<String> names = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of()).stream()
                .map(BenchmarkListEntry::getUsername).map(name -> name.replaceFirst(".*\\.(\\w+\\.\\w+)$", "$1"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("ElementwiseBenchmark.forward", "ElementwiseBenchmark.backward", "CopyBenchmark.copy"), names);
    }

    @Test
    void everyMemoryIsMeasuredAndCompared(@TempDir Path folder) throws IOException {
        Path json = folder.resolve("result.json");
        String printed = run(0, "-f", "0", "-wi", "0", "-i", "1", "-r", "10ms", "-foe", "true", "-p", "function=RELU,GELU",
                "-p", "backend=cpu", "-p", "length=1024", "-rf", "json", "-rff", json.toString());
        List<String> lines = printed.lines().filter(line -> line.contains("Benchmark.")).toList();
        assertEquals(3 * (2 * 2 + 1), lines.size(), printed);
        for (String line : lines) {
            assertTrue(line.matches(".* cpu +(ARRAY|DIRECT|DEVICE) +1024 +[\\d.]+ us/op +[\\d.]+ +[\\d.]+"), line);
            assertEquals(line.startsWith("CopyBenchmark"), line.endsWith(" 1.00") && !line.contains("LU"), line);
        }
        String written = Files.readString(json);
        assertTrue(written.contains("\"function\" : \"GELU\"") && written.contains("CopyBenchmark.copy"), written);
    }

    @Test
    void aBenchmarkThatFailsIsAFailure() {
        run(1, "-f", "0", "-wi", "0", "-i", "1", "-r", "10ms", "-foe", "true", "-p", "backend=opencl:no such device", "-p",
                "memory=ARRAY", "-p", "length=1024", "CopyBenchmark");
    }

    @Test
    void anUnknownOptionIsWrongUsage() {
        run(2, "--no-such-option");
    }

    private static String run(int code, String... arguments) {
        StringWriter printed = new StringWriter();
        String[] all = new String[arguments.length + 1];
        all[0] = "jmh";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        assertEquals(code, Workbench.commandLine().setOut(new PrintWriter(printed)).execute(all));
        assertFalse(code == 0 && printed.toString().isEmpty());
        return printed.toString();
    }
}
