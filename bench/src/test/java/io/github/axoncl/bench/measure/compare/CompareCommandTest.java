package io.github.axoncl.bench.measure.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.github.axoncl.bench.Workbench;
import io.github.axoncl.bench.shared.charts.PictureFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command compare measures, and writes what it measured; other libraries may fail without harm. */
class CompareCommandTest {
    private static final List<String> CHARTS = List.of("throughput-1024", "crossover", "scaling-size", "scaling-threads");

    @TempDir
    private static Path shared;
    private static Path folder;
    private static String printed;

    /** Once for all tests, with one peer that computes, one that ends its process and one that is missing. */
    @BeforeAll
    static void measure() {
        folder = shared.resolve("report");
        printed = run(0, "compare", "--quick", "--peers=Good,dying,Missing", "--functions", "relu", "--sizes", "1024",
                "--rounds", "1", "--out", folder.toString());
    }

    private static String run(int code, String... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter writer = new PrintWriter(text);
        CommandLine commandLine = Workbench.commandLine().setOut(writer).setErr(writer);
        assertEquals(code, commandLine.execute(arguments), text::toString);
        return text.toString();
    }

    @Test
    void writesAllFiles() throws Exception {
        for (String chart : CHARTS) {
            PictureFiles.assertPicture(folder.resolve(chart + ".png"));
            PictureFiles.assertSvg(folder.resolve(chart + ".svg"));
        }
        String page = Files.readString(folder.resolve(ReportFiles.PAGE));
        assertEquals(CHARTS.size(), page.split("<svg").length - 1, "pictures in the page");
        assertTrue(page.contains("compare --quick --peers=Good") && page.contains("good 1"), "who and how");
        assertFalse(page.contains("<img") || page.contains("src="), "the page needs no other file");
    }

    @Test
    void csvAndJsonAgree() throws Exception {
        Report report = ReportFiles.read(folder.resolve(ReportFiles.JSON));
        try (var rows = new CsvMapper().readerFor(Line.class).with(CsvSchema.emptySchema().withHeader())
                .<Line>readValues(folder.resolve(ReportFiles.CSV).toFile())) {
            assertEquals(report.lines(), rows.readAll());
        }
        assertTrue(report.lines().size() > 10);
        for (Line line : report.lines()) {
            assertTrue(line.nanos() > 0 && line.copies() > 0 && line.nanosQ1() <= line.nanos()
                    && line.nanos() <= line.nanosQ3(), line::toString);
        }
    }

    @Test
    void measuresTimeAndErrorOfEverybody() throws Exception {
        Report report = ReportFiles.read(folder.resolve(ReportFiles.JSON));
        Set<String> names = report.of("relu", "forward", 1024).stream().map(Line::contender).collect(Collectors.toSet());
        assertTrue(names.containsAll(Set.of("AxonCL CPU, arrays", "good")), names::toString);
        report.of("relu", "forward", 1024).forEach(line -> assertEquals(0.0, line.maxUlp(), line::toString));
        assertTrue(report.of("relu", "backward", 1024).stream().noneMatch(line -> line.contender().equals("good")));
    }

    @Test
    void aPeerThatDiesOrIsMissingIsTold() throws Exception {
        List<Failure> failures = ReportFiles.read(folder.resolve(ReportFiles.JSON)).failures();
        assertEquals(List.of(
                new Failure("Dying", "", "its process ended with exit code 9: an error of the dying peer"),
                new Failure("Missing", "", "NoClassDefFoundError: some/Library")), failures);
        failures.forEach(failure -> assertTrue(printed.contains("not measured: " + failure), printed));
    }

    @Test
    void drawsAgainWithoutMeasuring(@TempDir Path other) throws Exception {
        Path page = Files.writeString(other.resolve("README.md"),
                "a\n<!-- compare:begin -->\nold\n<!-- compare:end -->\nb\n");
        Path again = other.resolve("again");
        run(0, "compare", "--from", folder.resolve(ReportFiles.JSON).toString(), "--out", again.toString(), "--write",
                page.toString(), "--charts", other.resolve("charts").toString());
        for (String file : List.of(ReportFiles.JSON, ReportFiles.CSV)) {
            assertEquals(Files.readString(folder.resolve(file)), Files.readString(again.resolve(file)));
        }
        assertTrue(Files.exists(again.resolve(ReportFiles.PAGE)));
        PictureFiles.assertPicture(other.resolve("charts/crossover.png"));
        String text = Files.readString(page);
        assertTrue(text.contains("| relu |") && !text.contains("old") && text.endsWith("b\n"), text);
    }

    @Test
    void wrongUsageIsToldBeforeAnythingIsMeasured(@TempDir Path other) throws Exception {
        String name = run(2, "compare", "--functions", "sofplus", "--out", other.resolve("a").toString());
        assertTrue(name.contains("\"sofplus\" is not compared; did you mean softplus"), name);
        String peer = run(2, "compare", "--peers=Goot", "--out", other.resolve("a").toString());
        assertTrue(peer.contains("there is no \"Goot\"; did you mean Good"), peer);
        assertTrue(run(2, "compare", "--sizes", "0", "--out", other.resolve("a").toString()).contains("[0]"));
        run(2, "compare", "--from", other.resolve("none.json").toString(), "--out", other.resolve("a").toString());
        Path damaged = Files.writeString(other.resolve("damaged.json"), "{\"facts\":");
        run(2, "compare", "--from", damaged.toString(), "--out", other.resolve("a").toString());
        run(1, "compare", "--from", folder.resolve(ReportFiles.JSON).toString(), "--write", damaged.toString(), "--out",
                other.resolve("a").toString());
        assertFalse(Files.exists(other.resolve("a")));
    }

    /** A report that cannot be written to its end, here for a file in the place of its folder, leaves what was there. */
    @Test
    void whatFailsLeavesNothingHalfWritten(@TempDir Path other) throws Exception {
        Path file = Files.writeString(other.resolve("file"), "mine");
        run(1, "compare", "--from", folder.resolve(ReportFiles.JSON).toString(), "--out", file.toString());
        assertEquals("mine", Files.readString(file));
        Report empty = new Report(null, List.of(), List.of(), List.of(), List.of(), List.of());
        Path kept = Files.createDirectory(other.resolve("kept"));
        Files.writeString(kept.resolve(ReportFiles.JSON), "before");
        Path work = Files.createDirectory(other.resolve("work"));
        assertTrue(assertFails(() -> ReportFiles.write(empty, work, kept)) instanceof NullPointerException);
        try (Stream<Path> files = Files.list(kept)) {
            assertEquals(List.of(kept.resolve(ReportFiles.JSON)), files.toList());
        }
        assertEquals("before", Files.readString(kept.resolve(ReportFiles.JSON)));
    }

    private interface Action {
        void run() throws Exception;
    }

    private static Exception assertFails(Action action) {
        try {
            action.run();
        } catch (Exception e) {
            return e;
        }
        throw new AssertionError("it did not fail");
    }

    /** An error may be infinite, or not judged: both files know it. */
    @Test
    void infiniteAndAbsentErrorsAreKept(@TempDir Path other) throws Exception {
        Report report = ReportFiles.read(folder.resolve(ReportFiles.JSON));
        Line line = report.of("relu", "forward", 1024).get(0);
        List<Line> lines = Stream.of(Double.POSITIVE_INFINITY, 1e7, null).map(ulp -> new Line(line.series(), line.contender(),
                line.function(), line.operation(), line.length(), line.threads(), 1, 1, 1, 1, 1, 1, 1, ulp, ulp)).toList();
        ReportFiles.write(new Report(report.facts(), report.participants(), lines, report.samples(), List.of(), List.of()),
                Files.createDirectory(other.resolve("work")), other);
        assertEquals(lines, ReportFiles.read(other.resolve(ReportFiles.JSON)).lines());
        try (var rows = new CsvMapper().readerFor(Line.class).with(CsvSchema.emptySchema().withHeader())
                .<Line>readValues(other.resolve(ReportFiles.CSV).toFile())) {
            assertEquals(lines, rows.readAll());
        }
    }

    @Test
    void withoutJudgementThereIsNoVerdict() {
        Subject subject = Subject.of("relu", false, 8);
        Line line = Line.of(List.of(new Sample(Series.ALL, "x", subject, 1, 2, 1),
                new Sample(Series.ALL, "x", subject, 1, 4, 1)), null);
        assertNull(line.maxUlp());
        assertEquals(3, line.copies());
        assertEquals("?", Tables.ulp(line.maxUlp()));
        assertTrue(Verdict.all(new Report(null, List.of(), List.of(line), List.of(), List.of(), List.of())).isEmpty());
    }
}
