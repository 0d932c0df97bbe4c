package io.github.axoncl.bench.measure.regret;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.NotAvailableException;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.bench.shared.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The regret table: what the choice between the CPU and the device costs against the better one. */
@Command(name = "regret", mixinStandardHelpOptions = true,
        description = {"Measures calls on the CPU, on the device and where AxonCL sends them, by turns: functions of every class, "
            + "lengths from 256 to 64 M, operands in arrays, direct buffers and on the device (the CPU then fetches and returns "
            + "them).",
            "The ratio is the time of the chosen backend over that of the better one, with a 95 %% interval; a miss is a cell whose "
            + "interval lies above 1.10. The last column is what choosing itself adds. Takes a quarter of an hour, with --quick some minutes."})
public final class RegretCommand implements Callable<Integer> {
    private static final String CHOICE = "axoncl.auto.choice";
    private static final String CACHE = "axoncl.cache";
    private static final int COLUMNS = 1024;
    private static final int MOST = 1 << 28;
    private static final int WARM_UP_LENGTH = 4096;
    /** How long the SIMD form of a function is waited for. */
    private static final long SIMD_NANOS = 20_000_000_000L;
    private static final int STEADY = 20;

    @Spec
    private CommandSpec spec;

    @Option(names = "--quick", description = "Fewer functions and lengths, up to 16 M.")
    private boolean quick;

    @Option(names = "--function", split = ",", paramLabel = "NAME", description = "These functions instead: "
            + "${COMPLETION-CANDIDATES}, in any case.")
    private List<RegretWork> functions;

    @Option(names = "--length", split = ",", paramLabel = "N", description = "These lengths instead.")
    private int[] lengths;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each is measured; 9, with --quick 7.")
    private int rounds;

    @Option(names = "--cached", description = "Decide by what the user's cache holds, too, instead of measuring anew.")
    private boolean cached;

    @Option(names = "--out", paramLabel = "FILE.csv", description = "Write every figure to this file.")
    private Path file;

    @Override
    public Integer call() throws IOException {
        int[] all = lengths != null ? lengths
                : quick ? new int[] {256, 4096, 65536, 1 << 20, 1 << 24}
                : new int[] {256, 1024, 4096, 16384, 65536, 1 << 18, 1 << 20, 1 << 22, 1 << 24, 1 << 26};
        if (Arrays.stream(all).anyMatch(n -> n < 1 || n > MOST || n > COLUMNS && n % COLUMNS != 0)) {
            throw new UsageException("--length: must be from 1 to " + MOST + ", beyond " + COLUMNS + " a multiple of it");
        }
        int times = rounds > 0 ? rounds : quick ? 7 : 9;
        if (times < 3) {
            throw new UsageException("--rounds " + rounds + ": must be at least 3");
        }
        Path fresh = cached ? null : Files.createTempDirectory("axoncl-regret-");
        String before = System.getProperty(CACHE);
        List<Backend> backends = new ArrayList<>();
        try {
            if (!cached) {
                System.setProperty(CACHE, fresh.resolve("cache").toString());
            }
            for (String choice : List.of("cpu", "device", "measured")) {
                backends.add(open(choice));
            }
            run(backends, all, times);
            return 0;
        } finally {
            backends.forEach(Backend::close);
            Machine.set(CACHE, before);
            delete(fresh);
        }
    }

    private static Backend open(String choice) {
        Backend backend = Machine.with(CHOICE, choice, () -> Backends.open(BackendOptions.defaults().withBackend("auto")));
        if (!backend.info().backend().equals("opencl")) {
            String reason = backend.info().reason();
            backend.close();
            throw new NotAvailableException("there is nothing to choose from: " + reason, null);
        }
        return backend;
    }

    private void run(List<Backend> backends, int[] all, int times) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("device %s, CPU path %s%n", backends.get(1).info().device(), backends.get(0).info().cpuForm());
        Table.Lines table = new Table.Lines(out).column("function", "%-14s").column("memory", "%-7s").column("n", "%9d")
                .column("cpu us", "%12.2f").column("device us", "%12.2f").column("auto us", "%12.2f")
                .column("chosen", " %-7s").column("better", "%-7s").column("ratio", "%6.2f").column("95 % from", "%9.2f")
                .column("to", "%6.2f").column("choosing", "%8.2f").column("", "%s").head();
        List<String> lines = new ArrayList<>(List.of(RegretCell.HEAD));
        int misses = 0;
        for (RegretWork work : functions != null ? functions : quick ? RegretWork.FEW : List.of(RegretWork.values())) {
            for (Residence residence : Residence.values()) {
                warmUp(work, residence, backends);
                for (int n : all) {
                    RegretCell cell = RegretCell.measure(work, residence, n, backends, times);
                    lines.add(cell.csv());
                    misses += cell.isMiss() ? 1 : 0;
                    table.row(work.name().toLowerCase(Locale.ROOT), residence.name().toLowerCase(Locale.ROOT), n,
                            cell.cpuNanos() / 1e3, cell.deviceNanos() / 1e3, cell.autoNanos() / 1e3, cell.chosen(),
                            cell.better(), cell.regret().ratio(), cell.regret().low(), cell.regret().high(),
                            cell.overhead().ratio(), cell.isMiss() ? "MISS" : "");
                }
            }
        }
        out.printf("%d of %d cells are misses: the 95 %% interval of the ratio lies above %.2f%n", misses, lines.size() - 1,
                RegretCell.LIMIT);
        out.flush();
        if (file != null) {
            Files.write(file, lines);
            out.println(file + " holds every figure");
            out.flush();
        }
    }

    /** Lets all be compiled, the SIMD form included, so that lengths do not differ by how long the JVM has been running. */
    private static void warmUp(RegretWork work, Residence residence, List<Backend> backends) {
        long start = System.nanoTime();
        boolean simd = backends.get(0).info().cpuForm().startsWith("SIMD");
        int steady = 0;
        List<Long> before = List.of();
        while (steady < STEADY && System.nanoTime() - start < SIMD_NANOS) {
            List<Long> runs = RegretCell.warmUp(work, residence, WARM_UP_LENGTH, backends);
            boolean served = !simd || runs.get(0) > 0 && (runs.get(2) > 0 || residence == Residence.DEVICE);
            steady = served && runs.equals(before) ? steady + 1 : 0;
            before = runs;
        }
    }

    private static void delete(Path folder) throws IOException {
        if (folder != null) {
            try (var inside = Files.walk(folder)) {
                for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
