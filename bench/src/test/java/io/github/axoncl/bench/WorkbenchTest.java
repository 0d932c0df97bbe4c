package io.github.axoncl.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Exit codes, help, and that the benchmarks were generated. */
class WorkbenchTest {

    @ParameterizedTest
    @ValueSource(strings = {"devices", "functions", "demo", "verify", "jmh", "apply", "plot", "study", "compare", "regret",
            "model", "texts", "gpu", "staging", "huge"})
    void everyCommandHasHelp(String command) {
        assertEquals(0, Workbench.execute(command, "--help"));
    }

    @Test
    void wrongUsageIsTwo() {
        assertEquals(2, Workbench.execute());
        assertEquals(2, Workbench.execute("verify", "--samples", "many"));
        assertEquals(2, Workbench.execute("verify", "--samples", "0"));
    }

    /** Needs the SIMD form or a device to compare with, as the rest of verify does. */
    @Test
    void aKernelFileIsVerified(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("mine.cl"), "float forward(float x, float a) { return tanh_of(a * x); }");
        assertEquals(0, Workbench.execute("verify", "--samples", "1000", "--kernel", file.toString(), "--param", "a=2"));
        assertEquals(2, Workbench.execute("verify", "--kernel", file.toString()));
        assertEquals(2, Workbench.execute("verify", "--param", "a=2"));
    }

    /** Ten seconds are not enough for all cases, but for some. */
    @Test
    void verifyEndsInTimeAndSaysWhatWasLeftOut() {
        StringWriter out = new StringWriter();
        assertEquals(0, Workbench.commandLine().setOut(new PrintWriter(out)).execute("verify", "--samples", "64", "--seconds",
                "10"));
        Matcher leftOut = Pattern.compile("(\\d+) of (\\d+) cases were left out").matcher(out.toString());
        assertTrue(leftOut.find(), out::toString);
        int count = Integer.parseInt(leftOut.group(1));
        assertTrue(count > 0 && count < Integer.parseInt(leftOut.group(2)), leftOut::group);
        assertEquals(2, Workbench.execute("verify", "--seconds", "0"));
    }

    @Test
    void aRequiredDeviceThatIsMissingIsAFailure() {
        assertEquals(1, Workbench.execute("verify", "--samples", "1", "--require", "no such device"));
    }

    @Test
    void aDeviceThatIsAskedForAndMissingIsThree() {
        assertEquals(3, Workbench.execute("demo", "--device", "no such device"));
    }

    /** The whole size needs gigabytes. */
    @Test
    void aBufferOfAnySizeIsComputedInPlace() {
        assertEquals(0, Workbench.execute("huge", "--backend", "cpu", "--elements", "9000001"));
        assertEquals(2, Workbench.execute("huge", "--elements", "0"));
    }

    @Test
    void stagingIsMeasuredInPositiveSizes() {
        assertEquals(2, Workbench.execute("staging", "--pool", "0"));
        assertEquals(2, Workbench.execute("staging", "--simulate", "1,0"));
        assertEquals(3, Workbench.execute("staging", "--device", "no such device"));
    }

    /** Without the annotation processor the build succeeds with an empty list. */
    @Test
    void thereAreBenchmarks() {
        Set<String> names = BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of()).stream()
                .map(BenchmarkListEntry::getUsername).collect(Collectors.toSet());
        assertTrue(names.stream().anyMatch(name -> name.endsWith("ElementwiseBenchmark.forward")), names::toString);
        assertTrue(names.stream().anyMatch(name -> name.endsWith("ElementwiseBenchmark.backward")), names::toString);
    }
}
