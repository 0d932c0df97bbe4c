package io.github.axoncl.bench.measure.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.axoncl.bench.Required;
import io.github.axoncl.bench.Workbench;
import io.github.axoncl.bench.measure.gpu.BenchmarkCase.Call;
import io.github.axoncl.bench.shared.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuTest {
    private static Section section(String name, int weight, int cases) {
        return new Section(name, weight, IntStream.range(0, cases)
                .mapToObj(i -> BenchmarkCase.host(name, name + i, 1, 8, session -> new Call(() -> { }, null))).toList());
    }

    /** 100 ns over weights 2, 1 and 1, each case taking 10: a has 50, b has 25 and leaves 15, which goes to c, and the rest to
     * what a left out. */
    @Test
    void timeIsDividedByWeightAndWhatIsLeftGoesToTheFirst() {
        AtomicLong clock = new AtomicLong();
        List<String> run = new ArrayList<>();
        List<BenchmarkCase> leftOut = new Schedule(clock::get, 100).run(List.of(section("a", 2, 20), section("b", 1, 1),
                section("c", 1, 3)), one -> {
                    run.add(one.name());
                    clock.addAndGet(10);
                });
        assertEquals(List.of("a0", "a1", "a2", "a3", "a4", "b0", "c0", "c1", "c2", "a5"), run);
        assertEquals(14, leftOut.size());
        assertEquals("a6", leftOut.get(0).name());
    }

    /** Measured: 2 for 100 bytes, 8 for 10,000. */
    @Test
    void aCopyOfAnySize() {
        CopyCurve curve = new CopyCurve();
        assertTrue(Double.isNaN(curve.of(1)));
        curve.add(100, 2);
        curve.add(10_000, 9);
        curve.add(10_000, 8);
        curve.add(10_000, 10);
        assertEquals(2, curve.of(100));
        assertEquals(4, curve.of(1000), 1e-12);
        assertEquals(2, curve.of(1));
        assertEquals(80, curve.of(100_000));
    }

    @Test
    void aCallIsWaitedForOnceInEachRound() {
        AtomicInteger calls = new AtomicInteger();
        Timing timing = Timing.of(new Call(() -> {
            calls.incrementAndGet();
            long end = System.nanoTime() + 1_000_000;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
        }, null));
        assertTrue(timing.least() >= 1e6 && timing.median() >= timing.least() && timing.first() >= 1e6, timing::toString);
        assertTrue(calls.get() > 2 && calls.get() <= 2 + 5 * 5, () -> calls + " calls");
    }

    @Test
    void aLineIsInTheFileBeforeTheEnd(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("results.csv");
        try (Results<LeftOut> results = new Results<>(file, LeftOut.class)) {
            results.add(new LeftOut("rows", "softmax", 8, "because, it failed"));
            assertEquals(List.of("section,name,elements,reason", "rows,softmax,8,\"because, it failed\""),
                    Files.readAllLines(file));
        }
    }

    /** Faster at 64 and 256, slower at 16, faster at 4: it is faster from 64 on. */
    @Test
    void theCrossover() {
        List<Result> results = new ArrayList<>();
        double[] cpu = {2, 1, 4, 9};
        for (int i = 0; i < cpu.length; i++) {
            long length = 4L << 2 * i;
            results.add(new Result("crossover", "relu on the device", length, 0, i + 1.5, 0, 0, 0, null));
            results.add(new Result("crossover", "relu on the CPU", length, 0, cpu[i], 0, 0, 0, null));
        }
        Table table = CrossoverCases.table(results);
        assertEquals(List.of(List.of("relu", "64", "2.00", "256")), table.rows());
    }

    @Test
    void everySectionIsMeasured(@TempDir Path folder) throws IOException {
        int code = Workbench.execute("gpu", "--seconds", "20", "--elements", "4096", "--out", folder.toString(), "--section",
                "copy,rows,fused,gradients,in-place,launches,crossover,staging,types");
        if (code == 3) {
            Required.missing("pocl", "there is no device to measure");
        }
        assertEquals(0, code);
        List<String> left = Files.readAllLines(folder.resolve(GpuCommand.LEFT_OUT));
        assertTrue(left.stream().skip(1).allMatch(line -> line.endsWith("\"" + LeftOut.NO_TIME + "\"")), left::toString);
        List<String> lines = Files.readAllLines(folder.resolve(GpuCommand.RESULTS));
        for (String section : List.of("copy", "rows", "fused", "gradients", "in-place", "launches", "crossover", "staging",
            "types")) {
            assertTrue(lines.stream().anyMatch(line -> line.startsWith(section + ",")), () -> section + ": " + lines);
        }
        assertTrue(Files.readString(folder.resolve(GpuCommand.TABLES)).contains("Where the device is faster"));
    }

    @Test
    void wrongUsageAndMissingDevices(@TempDir Path folder) {
        String out = folder.toString();
        assertEquals(2, Workbench.execute("gpu", "--out", out, "--device", "cpu"));
        assertEquals(2, Workbench.execute("gpu", "--out", out, "--elements", "1000"));
        assertEquals(2, Workbench.execute("gpu", "--out", out, "--section", "none"));
        assertEquals(3, Workbench.execute("gpu", "--out", out, "--device", "opencl:no such device"));
    }
}
