package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.FunctionNames;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.ParameterValues;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.oracle.AccuracyTable;
import io.github.axoncl.oracle.AccuracyTable.Key;
import io.github.axoncl.oracle.AccuracyTable.Row;
import io.github.axoncl.oracle.Golden;
import io.github.axoncl.oracle.GoldenCase;
import io.github.axoncl.oracle.Oracles;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import picocli.CommandLine.Option;

/** {@code verify --exhaustive}: which walks, on which backend, and what becomes of their results. */
final class WalkOptions {
    /** A call that stays in the first-level cache and in its thread. */
    private static final int CPU_CALL = 4096;
    private static final int DEVICE_CALL = 1 << 18;
    private static final int GOLDEN_CALL = 1 << 20;
    private static final String DIFFERS = "DIFFERS";

    @Option(names = "--exhaustive", required = true, description = "Judge every float by the oracle: all 2^32 inputs of each "
            + "function and operation, on one backend. Prints the largest error, its input, the shares above 0.5 and 1 ULP, "
            + "and the golden checksum, which is compared with AxonCL's own. An interrupted run goes on where it was.")
    private boolean exhaustive;

    @Option(names = "--function", paramLabel = "NAME", split = ",", description = "Only these functions. Default: all.")
    private List<String> functions = new ArrayList<>();

    @Option(names = "--operation", paramLabel = "OPERATION", split = ",",
            description = "forward, derivative, or both (the default).")
    private List<String> operations = new ArrayList<>();

    @Option(names = "--precision", paramLabel = "TIER", split = ",",
            description = "accurate, fast, or both (the default). Only some functions have a fast form.")
    private List<String> precisions = new ArrayList<>();

    @Option(names = "--stride", paramLabel = "N", description = "Judge every Nth bit pattern only (default: 1).")
    private long stride = 1;

    @Option(names = "--backend", paramLabel = "BACKEND", defaultValue = "cpu", description = "cpu (the default, in SIMD form), "
            + "opencl, or opencl:TEXT with a part of a platform's or device's name.")
    private String backendName;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads judge (default: one per processor).")
    private Integer threads;

    @Option(names = "--out", paramLabel = "FILE", description = "Put the results into this table; its other rows stay.")
    private Path out;

    @Option(names = "--missing",
            description = "Only what the table has no row for: of the present kernel text, with this stride "
            + "or a smaller one.")
    private boolean missing;

    @Option(names = "--state", paramLabel = "FOLDER", description = "Where interrupted walks are kept (default: "
            + "axoncl/walks in the user's cache folder).")
    private Path folder;

    /** Walks.
     *
     * @param parameters values for the parameters of the one function that is named
     * @param printer    takes the results */
    void run(List<String> parameters, PrintWriter printer) throws IOException {
        check(parameters);
        List<GoldenCase> walked = GoldenCase.of(functions(parameters),
                chosen("--precision", precisions, List.of(Precision.values()), Precision::id),
                chosen("--operation", operations, GoldenCase.OPERATIONS, Operation::id));
        if (walked.isEmpty()) {
            throw new UsageException("none of these functions has a fast form");
        }
        Map<Key, Row> golden = AccuracyTable.load();
        List<String> bad = new ArrayList<>();
        try (Backend backend = backendName.equals("cpu") ? Machine.cpuSimdAtOnce() : Machine.named(backendName)) {
            BackendInfo info = backend.info();
            if (out != null && !info.bitExact()) {
                throw new UsageException("--out " + out + ": " + info.device() + " is not bit-exact");
            }
            printer.println("on " + info.device() + (info.backend().equals("cpu") ? ", " + info.cpuForm() : ""));
            for (GoldenCase judged : walked) {
                if (!missing || isMissing(judged)) {
                    bad.addAll(walk(backend, judged, golden, printer));
                }
            }
        }
        if (!bad.isEmpty()) {
            throw new FailedException(String.join("; ", bad));
        }
    }

    private void check(List<String> parameters) {
        if (stride < 1 || stride >= Golden.PATTERNS) {
            throw new UsageException("--stride " + stride + ": must be at least 1 and below 2^32");
        }
        if (threads != null && threads < 1) {
            throw new UsageException("--threads " + threads + ": must be at least 1");
        }
        if (missing && out == null) {
            throw new UsageException("--missing needs the table: --out FILE");
        }
        if (!parameters.isEmpty() && (functions.size() != 1 || out != null)) {
            throw new UsageException("--param belongs to one --function, and not to --out: the table is about the defaults");
        }
    }

    private List<ActivationFunction> functions(List<String> parameters) {
        if (functions.isEmpty()) {
            return List.of(Activation.values());
        }
        ParameterValues values = new ParameterValues(parameters);
        List<ActivationFunction> found = new ArrayList<>();
        for (String name : functions) {
            KernelFunction function = values.on(FunctionNames.find(name));
            if (!(function instanceof ActivationFunction elementwise)) {
                throw new UsageException(name + " is not element-wise: there is no end to its inputs");
            }
            found.add(elementwise);
        }
        return found;
    }

    private static <T> List<T> chosen(String option, List<String> names, List<T> all, Function<T, String> id) {
        for (String name : names) {
            if (all.stream().noneMatch(value -> id.apply(value).equals(name))) {
                throw new UsageException(option + " \"" + name + "\": must be "
                        + String.join(" or ", all.stream().map(id).toList()));
            }
        }
        return all.stream().filter(value -> names.isEmpty() || names.contains(id.apply(value))).toList();
    }

    /** One walk; what is wrong with its results. */
    private List<String> walk(Backend backend, GoldenCase judged, Map<Key, Row> golden, PrintWriter printer)
            throws IOException {
        String sha256 = judged.sha256();
        Key key = judged.key();
        BackendInfo info = backend.info();
        WalkState state = new WalkState(folder(), key.toString().replace(' ', '-'), String.join("\n", judged.toString(), sha256,
                oracleHash(), Long.toString(stride), info.device(), info.driver()));
        Walk walk = new Walk(backend, judged, stride, info.backend().equals("cpu") ? CPU_CALL : DEVICE_CALL);

        long start = System.nanoTime();
        WalkTally tally = withProgress(judged.toString(), progress -> walk.run(state, threads(backend), progress));
        double seconds = (System.nanoTime() - start) * 1e-9;

        Row row = new Row(key, stride, tally.maxUlp(), tally.worstInput(), (double) tally.aboveHalf() / tally.values(),
                (double) tally.aboveOne() / tally.values(), checksums(backend, judged, tally), sha256);
        Row known = golden.get(key);
        boolean comparable = judged.hasDefaults() && known != null && known.sha256().equals(sha256);
        String comparison = comparable ? agreement(row, known) : "";
        printer.printf(Locale.ROOT,
                "%s: max %.4f ULP of %.2f at %s (bits %08x), %.6f %% above 0.5, %.6f %% above 1, checksum %s"
                + "%s, %,d values in %.1f s%n", judged, tally.maxUlp(), judged.limit(), Float.toHexString(tally.worstInput()),
                tally.worst(), 100 * row.aboveHalf(), 100 * row.aboveOne(), Golden.text(tally.checksum()), comparison,
                tally.values(), seconds);
        printer.flush();
        if (out != null) {
            write(row);
        }
        state.delete();

        List<String> bad = new ArrayList<>();
        if (tally.maxUlp() > judged.limit()) {
            bad.add(judged + ": " + tally.maxUlp() + " ULP exceed the limit " + judged.limit());
        }
        if (info.bitExact() && comparison.contains(DIFFERS)) {
            bad.add(judged + ": the golden checksum is another one");
        }
        return bad;
    }

    /** The walk's own sum, if its stride is one of those for which checksums are kept, and those of all greater strides. */
    private Map<Long, String> checksums(Backend backend, GoldenCase judged, WalkTally tally) {
        Map<Long, String> checksums = new TreeMap<>();
        if (backend.info().bitExact()) {
            for (long golden : Golden.STRIDES) {
                if (golden == stride) {
                    checksums.put(golden, Golden.text(tally.checksum()));
                } else if (golden > stride) {
                    checksums.put(golden, Golden.text(Golden.checksum(backend, judged, golden, GOLDEN_CALL)));
                }
            }
        }
        return checksums;
    }

    private static String agreement(Row row, Row known) {
        boolean any = false;
        for (Map.Entry<Long, String> checksum : row.checksums().entrySet()) {
            String expected = known.checksums().get(checksum.getKey());
            any |= expected != null;
            if (expected != null && !expected.equals(checksum.getValue())) {
                return " (" + DIFFERS + " from the golden " + expected + " at stride " + checksum.getKey() + ")";
            }
        }
        return any ? " (golden)" : "";
    }

    /** What is done while the bar is shown. */
    private interface Task {
        WalkTally run(LongConsumer progress) throws IOException;
    }

    private static WalkTally withProgress(String title, Task task) throws IOException {
        if (System.console() == null) {
            return task.run(patterns -> { });
        }
        try (ProgressBar bar = new ProgressBarBuilder().setTaskName(title).setInitialMax(Golden.PATTERNS)
                .setUnit("M", 1_000_000).setStyle(ProgressBarStyle.ASCII).showSpeed().clearDisplayOnFinish().build()) {
            return task.run(bar::stepBy);
        }
    }

    private boolean isMissing(GoldenCase judged) throws IOException {
        Row row = rows().get(judged.key());
        return row == null || row.stride() > stride || !row.sha256().equals(judged.sha256());
    }

    private Map<Key, Row> rows() throws IOException {
        return Files.exists(out) ? AccuracyTable.parse(Files.readString(out)) : new TreeMap<>();
    }

    private void write(Row row) throws IOException {
        Map<Key, Row> rows = rows();
        rows.put(row.key(), row);
        Path whole = out.resolveSibling(out.getFileName() + ".new");
        Files.writeString(whole, AccuracyTable.text(rows.values()));
        Files.move(whole, out, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The simulator's host side bears one thread. */
    private int threads(Backend backend) {
        boolean simulator = backend.info().device().toLowerCase(Locale.ROOT).contains("oclgrind");
        return threads != null ? threads : simulator ? 1 : Runtime.getRuntime().availableProcessors();
    }

    private Path folder() {
        if (folder != null) {
            return folder;
        }
        String cache = System.getenv("XDG_CACHE_HOME");
        Path home = Path.of(System.getProperty("user.home"));
        return (cache == null || cache.isEmpty() ? home.resolve(".cache") : Path.of(cache)).resolve("axoncl").resolve("walks");
    }

    /** A hash of the oracle's code: errors that another oracle has judged do not add up with these. */
    private static String oracleHash() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String name : new String[] {"Oracles", "Oracle", "WideMath", "Zero", "Decimal", "ClosedForms", "ClosedForm",
                "Ulp"}) {
            try (InputStream in = Oracles.class.getResourceAsStream(name + ".class")) {
                all.append(Arrays.hashCode(in.readAllBytes())).append(' ');
            }
        }
        return all.toString();
    }
}
