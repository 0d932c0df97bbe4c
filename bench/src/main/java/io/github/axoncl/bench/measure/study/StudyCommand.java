package io.github.axoncl.bench.measure.study;

import io.github.axoncl.Backend;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.Markers;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.shared.network.Digits;
import io.github.axoncl.bench.shared.network.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains networks of several depths with every usual activation, and writes what was measured as pictures and numbers. */
@Command(name = "study", mixinStandardHelpOptions = true,
        description = {"Trains networks with 2, 6 and 12 hidden layers on the digits of the demo, with every usual activation "
            + "and fixed seeds, on the CPU. Measures the gradient norm of every layer before and after training, the share of "
            + "dead units, and the accuracy over the epochs, at three learning rates too.",
            "Writes DIR/study.csv (every figure) and pictures (PNG and SVG). Takes minutes."})
public final class StudyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "The folder to write to; it is made.")
    private Path folder;

    @Option(names = "--quick", description = "A few tiny networks: whether it works, in seconds. The figures mean nothing.")
    private boolean quick;

    @Option(names = "--from", paramLabel = "study.csv", description = "Train nothing; draw what a full study has measured.")
    private Path from;

    @Option(names = "--page", paramLabel = "FILE.md", description = "Put the tables between the lines <!-- study:begin --> and "
            + "<!-- study:end --> of this page.")
    private Path page;

    @Override
    public Integer call() throws IOException {
        System.setProperty("java.awt.headless", "true");
        StudyPlan plan = quick ? StudyPlan.quick() : StudyPlan.full();
        PrintWriter out = spec.commandLine().getOut();
        if (page != null) {
            new Markers("study").replaced(page, "");          // a page without the lines is found before the work is done
        }
        Files.createDirectories(folder);
        long start = System.nanoTime();
        StudyResults results = from == null ? new StudyResults(train(plan, out)) : read();
        Files.writeString(folder.resolve("study.csv"), results.csv());
        new StudyCharts(results, plan, folder).write();
        String tables = new StudyTables(results, plan).markdown();
        if (page != null) {
            new Markers("study").write(page, tables);
        }
        out.println();
        out.print(tables);
        out.printf("%n%d networks in %.0f s; figures and pictures are in %s%n", results.runs().size(),
                (System.nanoTime() - start) / 1e9, folder);
        out.flush();
        return 0;
    }

    private StudyResults read() throws IOException {
        if (!Files.isRegularFile(from)) {
            throw new UsageException(from + ": there is no such file");
        }
        try {
            return StudyResults.parse(Files.readAllLines(from));
        } catch (IllegalArgumentException e) {
            throw new UsageException(from + ": " + e.getMessage(), e);
        }
    }

    /** Trains one network per core at a time; a network's figures do not depend on the others. */
    private static List<StudyRun> train(StudyPlan plan, PrintWriter out) {
        Digits train = Digits.load("train");
        Digits test = Digits.load("t10k");
        ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (Backend backend = Machine.cpuSimdAtOnce()) {
            List<Future<StudyRun>> futures = new ArrayList<>();
            StudyRun.Plan how = new StudyRun.Plan(plan.width(), plan.epochs(), Network.Start.GLOROT);
            for (StudyRun.Setting setting : plan.settings()) {
                futures.add(workers.submit(() -> StudyRun.run(backend, train, test, setting, how)));
            }
            List<StudyRun> runs = new ArrayList<>();
            Table.Lines progress = new Table.Lines(out).column("of " + futures.size(), "%6d").column("function", "%-10s")
                    .column("hidden layers", "%13d").column("rate", "%6s").column("seed", "%4d")
                    .column("accuracy %", "%10.1f").column("dead units %", "%12.1f").column("", "%s").head();
            for (Future<StudyRun> future : futures) {
                StudyRun run = future.get();
                runs.add(run);
                progress.row(runs.size(), run.setting().function().id(), run.setting().hiddenLayers(), run.setting().rate(),
                        run.setting().seed(), 100 * run.lastAccuracy(), 100 * run.deadShare(),
                        run.diverged() ? "ended in NaN" : "");
            }
            return runs;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedException("interrupted");
        } finally {
            workers.shutdownNow();
        }
    }
}
