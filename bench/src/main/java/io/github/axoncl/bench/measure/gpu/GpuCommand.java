package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.Backend;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.bench.shared.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures one device in a given time. */
@Command(name = "gpu", mixinStandardHelpOptions = true,
        description = {"Measures calls on one device in a given time, the most valuable first: copies of every size, "
            + "element-wise functions in both tiers as multiples of a copy of the same bytes, rows of many lengths, the crossover "
            + "between CPU and device, gradients of biases, fused functions, tilings, types, staging, launches.",
            "Calls on buffers of the device are made back to back and waited for once. Each figure is in DIR/results.csv as "
            + "soon as it is measured, what was left out and why in DIR/left-out.csv, tables in DIR/tables.txt at the end."})
public final class GpuCommand implements Callable<Integer> {
    static final String RESULTS = "results.csv";
    static final String LEFT_OUT = "left-out.csv";
    static final String TABLES = "tables.txt";
    private static final long MOST = 1L << 30;
    private static final long LEAST = 1 << 10;

    @Spec
    private CommandSpec spec;

    @Option(names = "--device", paramLabel = "TEXT", defaultValue = "opencl",
            description = "opencl, or opencl:TEXT with a part of a device's name (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "300",
            description = "When no more case begins (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(names = "--elements", paramLabel = "N", defaultValue = "67108864",
            description = "The elements of the longest calls, a multiple of 1024 (default: ${DEFAULT-VALUE}). Some "
                + "calls have four operands that long.")
    private long elements;

    @Option(names = "--section", paramLabel = "NAME", split = ",", description = "These sections alone.")
    private Set<String> only;

    @Option(names = "--out", paramLabel = "DIR", defaultValue = "target/gpu",
            description = "The folder to write to; it is made (default: ${DEFAULT-VALUE}).")
    private Path folder;

    private final CopyCurve copies = new CopyCurve();

    @Override
    public Integer call() throws IOException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        if (seconds < 1 || elements < LEAST || elements > MOST || elements % LEAST != 0) {
            throw new UsageException("--seconds " + seconds + ", --elements " + elements + ": must be at least 1, and a "
                    + "multiple of " + LEAST + " up to " + MOST);
        }
        if (!device.startsWith("opencl")) {
            throw new UsageException("--device " + device + ": must be opencl or opencl:TEXT");
        }
        List<Section> sections = sections();
        PrintWriter out = spec.commandLine().getOut();
        try (Backend backend = Machine.named(device)) {
            out.println(backend.info().device() + ", " + backend.info().driver());
        }
        Files.createDirectories(folder);
        Table.Lines progress = new Table.Lines(out).column("section", "%-12s").column("call", "%-50s")
                .column("elements", "%11d").column("median", "%12s").head();
        try (DeviceSession session = new DeviceSession(device);
             Results<Result> results = new Results<>(folder.resolve(RESULTS), Result.class);
             Results<LeftOut> leftOut = new Results<>(folder.resolve(LEFT_OUT), LeftOut.class)) {
            session.warmUp();
            new Schedule(System::nanoTime, end).run(sections, one -> measure(one, session, results, leftOut, progress))
                    .forEach(one -> leftOut.add(LeftOut.of(one, LeftOut.NO_TIME)));
            String tables = Tables.of(results.lines(), leftOut.lines()).stream().map(Table::plain)
                    .collect(Collectors.joining("\n"));
            Files.writeString(folder.resolve(TABLES), tables);
            out.println(tables);
            out.flush();
            if (results.lines().isEmpty()) {
                throw new FailedException("nothing was measured");
            }
        }
        return 0;
    }

    /** The most valuable first. */
    private List<Section> sections() {
        List<Section> all = List.of(
                new Section(ElementwiseCases.COPY, 10, ElementwiseCases.copies(elements)),
                new Section(ElementwiseCases.FUNCTIONS, 30, ElementwiseCases.functions(elements)),
                new Section("rows", 14, RowCases.rows(elements)),
                new Section("tilings", 8, ElementwiseCases.tilings(elements)),
                new Section("crossover", 10, CrossoverCases.all(elements)),
                new Section("gradients", 6, RowCases.gradients(elements)),
                new Section("fused", 6, FusedCases.all(elements)),
                new Section("types", 4, ElementwiseCases.types(elements)),
                new Section("in-place", 2, ElementwiseCases.inPlace(elements)),
                new Section("launches", 1, HostCases.launches()),
                new Section("staging", 6, HostCases.staging(elements)),
                new Section("tuned", 3, ElementwiseCases.tuned(elements)));
        Set<String> names = all.stream().map(Section::name).collect(Collectors.toCollection(TreeSet::new));
        if (only != null && !names.containsAll(only)) {
            throw new UsageException("--section " + only + ": known: " + names);
        }
        return all.stream().filter(section -> only == null || only.contains(section.name())).toList();
    }

    private void measure(BenchmarkCase one, DeviceSession session, Results<Result> results, Results<LeftOut> leftOut,
                         Table.Lines progress) {
        try {
            session.begin(one);
            Timing timing = Timing.of(one.setup().on(session));
            if (one.section().equals(ElementwiseCases.COPY)) {
                copies.add(one.bytes(), timing.median());
            }
            boolean onDevice = one.place() == BenchmarkCase.Place.DEVICE;
            Result result = Result.of(one, timing, onDevice ? copies.of(one.bytes()) : Double.NaN);
            results.add(result);
            progress.row(result.section(), result.name(), result.elements(), Table.number(result.usMedian()) + " us");
        } catch (DeviceException | KernelBuildException | IllegalArgumentException | IllegalStateException e) {
            progress.row(one.section(), one.name(), one.elements(), e);
            leftOut.add(LeftOut.of(one, e.toString()));
            session.release();
        }
    }
}
