package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.KernelFile;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.ParameterValues;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.bench.tools.verify.Trial.Output;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Compares every operation on every device with the CPU's scalar form in bits, and with the oracle in ULP. Most of its time it
 * waits for a driver's compiler, so several cases are computed at once, each worker with contexts of its own.
 */
@Command(name = "verify", mixinStandardHelpOptions = true,
        description = "Computes every operation on every accepted device and in the CPU's SIMD form, compares the bits with "
                + "the CPU's scalar form and the values with an oracle that is wider than float32. Fails if a value differs, "
                + "an error is above its limit, or nothing was compared. These are element-wise functions in both tiers and "
                + "all types, functions of rows with masks, losses, gated, learned, stochastic and fused functions and "
                + "recurrent cells, with their gradients.",
        footer = {"", "A device that is not bit-exact because it flushes subnormals may differ where an input or the result is "
                + "below 2^-90: by giving zero, by 2 ULP, or by what flushing loses, 2^-126 for each number that may be "
                + "flushed on the way (in rows: for every element), times what multiplies it above 1: gradients (in rows the "
                + "largest) and gated operands. Such values have a column of their own.", "",
            "\"bits alone\" stands where no oracle speaks of an output."})
public final class VerifyCommand implements Callable<Integer> {
    private static final int FEW = 1 << 14;
    private static final int MOST_WORKERS = 8;
    private static final String SCALAR = "CPU scalar against the oracle";

    @Spec
    private CommandSpec spec;

    @Option(names = "--samples", paramLabel = "N", description = "Values per function and operation (default: 262,144; 16,384 "
            + "on Oclgrind and rusticl).")
    private Integer samples;

    @Option(names = "--require", paramLabel = "NAME",
            description = "Fail if no accepted device has this part in its platform's or its own name. May be repeated.")
    private List<String> required = new ArrayList<>();

    @Option(names = "--seconds", paramLabel = "N", description = "Begin no comparison later than that, but for the first, and take "
            + "them in another, mixed order; the last lines say how many were left out.")
    private Integer seconds;

    @Option(names = "--kernel", paramLabel = "FILE",
            description = "Verify the function of this kernel file instead of AxonCL's own: its bits on every device.")
    private Path kernel;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A parameter of the kernel file, or of the one "
            + "--function that is walked through. May be repeated.")
    private List<String> parameters = new ArrayList<>();

    @ArgGroup(exclusive = false, heading = "%nEvery float:%n")
    private WalkOptions walk;

    /** A comparison that a worker has made. */
    private record Line(VerifyTarget target, String title, Comparison comparison) {
    }

    /** What a case comes to for so many samples: the same for all targets that take as many. */
    private record Expected(Trial trial, List<Values> results, List<Exact> exact) {
        static Expected of(VerifyCase verified, int samples, Backend reference) {
            Trial trial = verified.prepare().of(samples, reference);
            return new Expected(trial, trial.run(reference), trial.exact());
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (walk != null) {
            if (kernel != null || samples != null || seconds != null || !required.isEmpty()) {
                throw new ParameterException(spec.commandLine(),
                        "--exhaustive goes with none of --kernel, --samples, --seconds, --require");
            }
            walk.run(parameters, spec.commandLine().getOut());
            return 0;
        }
        if (samples != null && samples < 1) {
            throw new ParameterException(spec.commandLine(), "--samples " + samples + ": must be at least 1");
        }
        if (seconds != null && seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--seconds " + seconds + ": must be at least 1");
        }
        long start = System.nanoTime();
        AtomicInteger begun = new AtomicInteger();
        List<VerifyCase> cases = cases();
        if (seconds != null) {
            // Whatever there is time for stands for all of them.
            cases = new ArrayList<>(cases);
            Collections.shuffle(cases, new Random(1));
        }
        PrintWriter out = spec.commandLine().getOut();
        List<DeviceInfo> devices = Machine.accepted();
        for (String name : required) {
            if (devices.stream().noneMatch(d -> Machine.matches(d, name))) {
                throw new FailedException("--require " + name + ": no accepted device; accepted: "
                        + devices.stream().map(Machine::title).toList());
            }
        }
        int workers = Math.min(Runtime.getRuntime().availableProcessors(), MOST_WORKERS);
        List<VerifyTarget> targets = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        try (Backend reference = Machine.cpu(false)) {
            open(targets, reference, devices, workers, out);
            Table.Lines table = new Table.Lines(out).column("function, operation, shape", "%-70s").column("on", "%-30.30s")
                    .column("values", "%,10d").column("differing", "%9d").column("flushed", "%8d")
                    .column("max ULP", "%10.3f").column("limit", "%6.2f").column("worst input", " %s").head();
            BlockingQueue<Integer> free = new ArrayBlockingQueue<>(workers, false,
                    IntStream.range(0, workers).boxed().toList());
            List<Future<List<Line>>> pending = new ArrayList<>();
            for (VerifyCase verified : cases) {
                pending.add(pool.submit(() -> {
                    int worker = free.take();
                    try {
                        // One at least, however long it took to open the devices.
                        boolean late = seconds != null && System.nanoTime() - start > TimeUnit.SECONDS.toNanos(seconds)
                                && begun.getAndIncrement() > 0;
                        return late ? null : verify(verified, reference, targets, worker);
                    } finally {
                        free.add(worker);
                    }
                }));
            }
            int leftOut = 0;
            for (Future<List<Line>> future : pending) {
                List<Line> lines = future.get();
                if (lines == null) {
                    leftOut++;
                } else {
                    print(lines, table);
                }
            }
            out.println();
            if (seconds != null) {
                out.printf("%d of %d cases were left out for want of time%n", leftOut, cases.size());
            }
            targets.forEach(target -> summary(target, out));
            check(targets);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } finally {
            pool.shutdownNow();
            if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
                out.println("a computation does not end");
            }
            targets.forEach(VerifyTarget::close);
        }
        return 0;
    }

    private List<VerifyCase> cases() {
        if (kernel == null && !parameters.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--param belongs to --kernel; AxonCL's own functions are verified "
                    + "with several values each");
        }
        return kernel == null ? VerifyCase.all()
                : ElementwiseCases.of(KernelFile.load(kernel, new ParameterValues(parameters).all()), null);
    }

    private void open(List<VerifyTarget> targets, Backend reference, List<DeviceInfo> devices, int workers, PrintWriter out) {
        int many = samples == null ? 1 << 18 : samples;
        targets.add(new VerifyTarget(SCALAR, List.of(reference), true, true, many));
        Backend simd = Machine.cpuSimdAtOnce();
        if (simd.info().cpuForm().startsWith("SIMD")) {
            targets.add(new VerifyTarget("CPU SIMD", List.of(simd), true, true, many));
        } else {
            out.println("No SIMD form is verified: " + simd.info().cpuForm());
            simd.close();
        }
        for (DeviceInfo device : devices) {
            int count = samples == null && Machine.slow(device) ? FEW : many;
            // A simulator bears one thread at a time, which its backend sees to.
            int contexts = device.type().equals("SIMULATOR") ? 1 : workers;
            List<Backend> backends = new ArrayList<>();
            targets.add(new VerifyTarget(Machine.title(device), backends, device.bitExact(), device.fp64(), count));
            for (int i = 0; i < contexts; i++) {
                backends.add(Machine.device(device));
            }
            if (!device.fp64()) {
                out.println(Machine.title(device) + " does not compute in " + DType.FLOAT64.id()
                        + ": nothing is compared there");
            }
        }
    }

    private static List<Line> verify(VerifyCase verified, Backend reference, List<VerifyTarget> targets, int worker) {
        List<Line> lines = new ArrayList<>();
        Map<Integer, Expected> known = new HashMap<>();
        for (VerifyTarget target : targets) {
            if (verified.type() == DType.FLOAT64 && !target.fp64) {
                continue;
            }
            Expected expected = known.computeIfAbsent(target.samples, count -> Expected.of(verified, count, reference));
            Trial trial = expected.trial();
            boolean scalar = target.name.equals(SCALAR);
            if (scalar && !trial.hasOracle()) {
                continue;
            }
            List<Values> actual = scalar ? expected.results() : trial.run(target.backend(worker));
            List<Values> ofFlushed = target.bitExact ? null : verified.type() == DType.BFLOAT16 ? trial.runFlushed(reference)
                    : expected.results();
            for (int i = 0; i < actual.size(); i++) {
                Output output = trial.outputs().get(i);
                String title = verified.title() + (actual.size() > 1 ? ": " + output.name() : "");
                lines.add(new Line(target, title, Comparison.of(trial, output, expected.results().get(i), actual.get(i),
                        expected.exact().get(i), ofFlushed == null ? null : ofFlushed.get(i))));
            }
        }
        return lines;
    }

    private static void print(List<Line> lines, Table.Lines table) {
        for (Line line : lines) {
            Comparison comparison = line.comparison();
            line.target().add(line.title(), comparison);
            boolean judged = Double.isFinite(comparison.limit());
            table.row(line.title(), line.target().name, comparison.values(), comparison.differing(), comparison.flushed(),
                    judged ? comparison.maxUlp() : "bits alone", judged ? comparison.limit() : "", comparison.worst());
        }
    }

    private static void summary(VerifyTarget target, PrintWriter out) {
        out.printf("%s: %,d values compared, %d differ in bits, %d flushed, max ULP %.3f (%s)%s: %s%n", target.name,
                target.values, target.differing, target.flushed, target.maxUlp, target.worst,
                target.bitExact ? "" : ", not a bit-exact device", target.good() ? "good" : "BAD");
        out.flush();
    }

    /** The scalar form, the first target, is compared with the oracle alone, of which a user's function has none. */
    static void check(List<VerifyTarget> targets) {
        List<VerifyTarget> others = targets.subList(1, targets.size());
        if (others.isEmpty()) {
            throw new FailedException("nothing was compared: no accepted device and no SIMD form");
        }
        List<String> bad = targets.stream().filter(target -> !target.good()).map(target -> target.name).toList();
        if (!bad.isEmpty()) {
            throw new FailedException("values differ or errors are above their limits on " + bad);
        }
        for (VerifyTarget target : others) {
            if (target.values == 0) {
                throw new FailedException(target.name + ": nothing was compared");
            }
            target.checkThatItComputed();
        }
    }
}
