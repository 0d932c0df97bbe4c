package io.github.axoncl.bench.measure.compare;

import io.github.axoncl.bench.shared.FunctionNames;
import io.github.axoncl.bench.shared.Markers;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.bench.shared.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures AxonCL and other libraries on the same inputs, in time and in error, and says who is fastest at which accuracy. */
@Command(name = "compare", mixinStandardHelpOptions = true,
        description = {"Measures AxonCL on the CPU and on devices, and other libraries if they are built in "
            + "(ci/build -Ppeers), on the same inputs with all cores: the time, as multiple of a copy's too, and the largest "
            + "error. Every library has JVMs of its own, which take turns. Says who is fastest at which accuracy.",
            "Writes DIR/results.csv, results.json, charts (PNG, SVG) and index.html. Takes minutes."})
public final class CompareCommand implements Callable<Integer> {
    private static final String EVERY = "all";
    private static final Markers PART = new Markers("compare");

    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "target/compare",
            description = "The folder to write to; it is made. Default: ${DEFAULT-VALUE}")
    private Path folder;

    @Option(names = "--peers", paramLabel = "NAME", arity = "0..1", split = ",", fallbackValue = EVERY,
            description = "Measure the other libraries too: all, or those named with --peers=NAME,...")
    private List<String> peers;

    @Option(names = "--quick", description = "A few functions, small: whether it works, in seconds. The figures mean little.")
    private boolean quick;

    @Option(names = "--functions", paramLabel = "NAME", split = ",", description = "The functions to measure.")
    private List<String> functions;

    @Option(names = "--sizes", paramLabel = "N", split = ",", description = "The numbers of elements.")
    private List<Integer> sizes;

    @Option(names = "--rounds", paramLabel = "N", description = "How many JVMs each library gets.")
    private Integer rounds;

    @Option(names = "--minutes", paramLabel = "N", description = "Begin no round that would end later than that; the first one "
            + "always. Default: 15")
    private Integer minutes;

    @Option(names = "--from", paramLabel = "results.json", description = "Measure nothing; draw what was measured before.")
    private Path from;

    @Option(names = "--write", paramLabel = "FILE.md", description = "Put the tables between the lines <!-- compare:begin --> "
            + "and <!-- compare:end --> of this page.")
    private Path page;

    @Option(names = "--charts", paramLabel = "DIR", description = "Put the charts, as PNG, there too.")
    private Path charts;

    @Override
    public Integer call() throws IOException {
        System.setProperty("java.awt.headless", "true");
        Plan plan = plan();
        if (page != null) {
            PART.replaced(page, "");                       // a page without the lines is found before the work is done
        }
        Path work = Files.createTempDirectory("axoncl-compare");
        Thread end = new Thread(() -> delete(work));
        Runtime.getRuntime().addShutdownHook(end);
        try {
            Report report = from == null ? measure(plan, work) : ReportFiles.read(from);
            ReportFiles.write(report, work, folder);
            if (page != null) {
                PART.write(page, markdown(report));
            }
            if (charts != null) {
                ReportFiles.copyCharts(folder, charts);
            }
            print(report);
            return 0;
        } finally {
            delete(work);
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }

    private Plan plan() {
        Plan plan = quick ? Plan.quick() : Plan.full();
        List<String> names = functions == null ? plan.functions() : functions.stream().map(CompareCommand::known).toList();
        List<Integer> lengths = sizes == null ? plan.sizes() : sizes;
        int times = rounds == null ? plan.rounds() : rounds;
        if (names.isEmpty() || lengths.isEmpty() || lengths.stream().anyMatch(n -> n < 1 || n > 1 << 28) || times < 1) {
            throw new UsageException("sizes " + lengths + ", rounds " + times + ": sizes must be 1 to " + (1 << 28)
                    + ", rounds at least 1");
        }
        return plan.with(names.stream().distinct().toList(), lengths.stream().distinct().sorted().toList(), times,
                minutes == null ? plan.minutes() : minutes);
    }

    private List<String> others() throws IOException {
        if (peers == null) {
            return List.of();
        }
        List<String> built = Comparison.peers();
        if (built.isEmpty()) {
            throw new UsageException("--peers: no other library is built in; ci/build -Ppeers does that");
        }
        return peers.contains(EVERY) ? built : peers.stream().map(name -> built.stream()
                .filter(peer -> Request.shortName(peer).equalsIgnoreCase(name)).findFirst()
                .orElseThrow(() -> new UsageException("--peers: there is no \"" + name + "\"" + FunctionNames.suggestion(name,
                        built.stream().map(Request::shortName).toList())))).toList();
    }

    private static String known(String name) {
        return Plan.FUNCTIONS.stream().filter(known -> known.equalsIgnoreCase(name.strip())).findFirst()
                .orElseThrow(() -> new UsageException("--functions: \"" + name + "\" is not compared"
                        + FunctionNames.suggestion(name, Plan.FUNCTIONS)));
    }

    private Report measure(Plan plan, Path work) throws IOException {
        double load = Facts.currentLoad();
        ProgressBarBuilder builder = new ProgressBarBuilder().setTaskName("compare").setStyle(ProgressBarStyle.ASCII)
                .clearDisplayOnFinish();
        ProgressBar[] bar = new ProgressBar[1];
        Comparison comparison = new Comparison(plan, others(), work, what -> {
            bar[0].step();
            bar[0].setExtraMessage(what);
        });
        try (ProgressBar shown = builder.setInitialMax(comparison.steps()).build()) {
            bar[0] = shown;
            String command = "axoncl-bench " + String.join(" ", spec.commandLine().getParent().getParseResult().originalArgs());
            List<Message> messages = comparison.run();
            return Report.of(Facts.now(command, plan.allThreads(), load), messages);
        }
    }

    /** What a README shows: of the largest size the times and errors, and the misses. */
    private static String markdown(Report report) {
        Tables tables = new Tables(report);
        Facts facts = report.facts();
        List<Integer> lengths = report.lengths();
        int length = lengths.get(lengths.size() - 1);
        StringBuilder text = new StringBuilder("Measured ").append(facts.date(), 0, 10).append(" on ").append(facts.processor())
                .append(", ").append(facts.threads()).append(" threads for everybody, ").append(facts.jvm())
                .append("; load average ").append(facts.load()).append(facts.busy()
                ? ": the machine had other work, so these times are a first look only.\n" : ".\n");
        report.participants().stream().map(Participant::version).distinct().forEach(version -> text.append(version)
                .append(".\n"));
        for (String operation : List.of("forward", "backward")) {
            Table table = tables.brief(operation, length);
            text.append("\n").append(table.title()).append(":\n\n").append(table.markdown());
        }
        Table misses = tables.misses(List.of(length));
        text.append('\n').append(misses.rows().isEmpty() ? "No library beats AxonCL at equal or better max ULP.\n"
                : misses.title() + ":\n\n" + misses.markdown());
        return text.toString();
    }

    private void print(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        Tables tables = new Tables(report);
        for (int length : report.lengths()) {
            for (String operation : List.of("forward", "backward")) {
                out.println(tables.all(operation, length).plain());
            }
        }
        out.println(tables.fronts().plain());
        out.println(tables.misses(report.lengths()).plain());
        report.failures().forEach(failure -> out.println("not measured: " + failure));
        List<Verdict> verdicts = Verdict.all(report);
        out.printf("AxonCL is the fastest at equal or better max ULP in %d of %d cases; results and charts are in %s%n",
                verdicts.stream().filter(Verdict::holds).count(), verdicts.size(), folder);
        out.flush();
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // In the folder for temporary files: the system removes it.
        }
    }
}
