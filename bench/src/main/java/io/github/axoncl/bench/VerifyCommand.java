package io.github.axoncl.bench;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.bench.VerifyCase.Exact;
import io.github.axoncl.bench.VerifyCase.Inputs;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares every function on every device with the CPU's scalar form in bits, and with the oracle in ULP. */
@Command(name = "verify", mixinStandardHelpOptions = true,
        description = "Computes every function and operation on every accepted device and in the CPU's SIMD form, compares the "
                + "bits with the CPU's scalar form and the values with an oracle that is wider than float32. Fails if a value "
                + "differs, an error is above its limit, or nothing was compared.",
        footer = {"", "A device that is not bit-exact because it flushes subnormals may differ where an input or the result is below "
                + "2^-90: by giving zero, by 2 ULP, or by what flushing loses, 2^-126 (in rows: for every element; times a "
                + "gradient above 1). Such values have a column of their own."})
final class VerifyCommand implements Callable<Integer> {
    private static final int FEW = 1 << 14;
    /** All of a 16-bit type. */
    private static final int TYPE_SAMPLES = 1 << 16;
    private static final String ROW = "%-46s %-30.30s %,10d %9d %8d %8.3f of %5.2f  %s%n";

    @Spec
    private CommandSpec spec;

    @Option(names = "--samples", paramLabel = "N", description = "Values per function and operation (default: 262,144; 16,384 "
            + "on Oclgrind and rusticl).")
    private Integer samples;

    @Option(names = "--require", paramLabel = "NAME",
            description = "Fail if no accepted device has this part in its platform's or its own name. May be repeated.")
    private List<String> required = new ArrayList<>();

    @Option(names = "--kernel", paramLabel = "FILE",
            description = "Verify the function of this kernel file instead of AxonCL's own: its bits on every device.")
    private Path kernel;

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "A parameter of the kernel file, or of the one "
            + "--function that is walked through. May be repeated.")
    private List<String> parameters = new ArrayList<>();

    @ArgGroup(exclusive = false, heading = "%nEvery float:%n")
    private WalkOptions walk;

    /** One thing that is verified, and the sum of its comparisons. */
    private static final class Target implements AutoCloseable {
        final String name;
        final Backend backend;
        final boolean bitExact;
        final int samples;
        long values;
        long differing;
        long flushed;
        double maxUlp;
        String worst = "";
        int tooLarge;

        Target(String name, Backend backend, boolean bitExact, int samples) {
            this.name = name;
            this.backend = backend;
            this.bitExact = bitExact;
            this.samples = samples;
        }

        void add(VerifyCase verified, Comparison comparison) {
            tooLarge += comparison.maxUlp() > verified.limit() ? 1 : 0;
            add(verified.title(), comparison);
        }

        void add(String title, Comparison comparison) {
            values += comparison.values();
            differing += comparison.differing();
            flushed += comparison.flushed();
            if (comparison.maxUlp() > maxUlp) {
                maxUlp = comparison.maxUlp();
                worst = title + " " + comparison.worst();
            }
        }

        boolean good() {
            return values > 0 && differing == 0 && tooLarge == 0;
        }

        @Override
        public void close() {
            backend.close();
        }
    }

    @Override
    public Integer call() throws IOException {
        if (walk != null) {
            if (kernel != null || samples != null || !required.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--exhaustive goes with none of --kernel, --samples, --require");
            }
            walk.run(parameters, spec.commandLine().getOut());
            return 0;
        }
        if (samples != null && samples < 1) {
            throw new ParameterException(spec.commandLine(), "--samples " + samples + ": must be at least 1");
        }
        List<VerifyCase> cases = cases();
        PrintWriter out = spec.commandLine().getOut();
        List<DeviceInfo> devices = Targets.accepted();
        for (String name : required) {
            if (devices.stream().noneMatch(d -> Targets.matches(d, name))) {
                throw new FailedException("--require " + name + ": no accepted device; accepted: "
                        + devices.stream().map(Targets::title).toList());
            }
        }
        List<Target> targets = new ArrayList<>();
        try (Backend reference = Targets.cpu(false)) {
            open(targets, devices, out);
            out.printf("%-46s %-30s %10s %9s %8s %8s    %5s  %s%n", "function, operation", "on", "values", "differing", "flushed",
                    "max ULP", "limit", "worst input");
            for (VerifyCase verified : cases) {
                verify(verified, reference, targets, out);
            }
            if (kernel == null) {
                verifyTypes(reference, targets, devices, out);
            }
            out.println();
            targets.forEach(target -> summary(target, out));
            check(targets);
        } finally {
            targets.forEach(Target::close);
        }
        return 0;
    }

    private List<VerifyCase> cases() {
        if (kernel == null && !parameters.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--param belongs to --kernel; AxonCL's own functions are verified "
                    + "with several values each");
        }
        return kernel == null ? VerifyCase.all()
                : VerifyCase.of(KernelFile.load(kernel, new ParameterValues(parameters).all()), null);
    }

    private void open(List<Target> targets, List<DeviceInfo> devices, PrintWriter out) {
        int many = samples == null ? 1 << 18 : samples;
        targets.add(new Target("CPU scalar against the oracle", Targets.cpu(false), true, many));
        Target simd = new Target("CPU SIMD", Targets.cpuSimdAtOnce(), true, many);
        if (simd.backend.info().cpuForm().startsWith("SIMD")) {
            targets.add(simd);
        } else {
            out.println("No SIMD form is verified: " + simd.backend.info().cpuForm());
            simd.close();
        }
        for (DeviceInfo device : devices) {
            int count = samples == null && Targets.slow(device) ? FEW : many;
            targets.add(new Target(Targets.title(device), Targets.device(device), device.bitExact(), count));
        }
    }

    private static void verify(VerifyCase verified, Backend reference, List<Target> targets, PrintWriter out) {
        int made = 0;
        Inputs inputs = null;
        float[] expected = null;
        Exact exact = null;
        for (Target target : targets) {
            if (made != target.samples) {
                made = target.samples;
                inputs = verified.inputs(made, reference);
                expected = new float[verified.outputs(inputs)];
                verified.run(reference, inputs, expected);
                exact = verified.exact(inputs);
            }
            float[] actual = new float[expected.length];
            Arrays.fill(actual, -12345.5f);
            verified.run(target.backend, inputs, actual);
            Comparison comparison = Comparison.of(inputs, expected, actual, exact, target.bitExact ? 0 : verified.flushes());
            target.add(verified, comparison);
            out.printf(ROW, verified.title(), target.name, comparison.values(), comparison.differing(), comparison.flushed(),
                    comparison.maxUlp(), verified.limit(), comparison.worst());
        }
        out.flush();
    }

    /** The other element types: bits alone. A device without double is left out there, and said to be. */
    private static void verifyTypes(Backend reference, List<Target> targets, List<DeviceInfo> devices, PrintWriter out) {
        for (Target target : targets.subList(1, targets.size())) {
            boolean fp64 = devices.stream().noneMatch(d -> Targets.title(d).equals(target.name) && !d.fp64());
            if (!fp64) {
                out.println(target.name + " does not compute in " + DType.FLOAT64.id() + ": nothing is compared there");
            }
            for (TypeCase verified : TypeCase.all()) {
                if (fp64 || verified.type() != DType.FLOAT64) {
                    Comparison comparison = verified.compare(reference, target.backend, target.bitExact,
                            Math.min(target.samples, TYPE_SAMPLES));
                    target.add(verified.title(), comparison);
                    out.printf("%-46s %-30.30s %,10d %9d %8d  %s%n", verified.title(), target.name, comparison.values(),
                            comparison.differing(), comparison.flushed(), comparison.worst());
                }
            }
            out.flush();
        }
    }

    private static void summary(Target target, PrintWriter out) {
        out.printf("%s: %,d values compared, %d differ in bits, %d flushed, max ULP %.3f (%s)%s: %s%n", target.name, target.values,
                target.differing, target.flushed, target.maxUlp, target.worst,
                target.bitExact ? "" : ", not a bit-exact device", target.good() ? "good" : "BAD");
        out.flush();
    }

    /** The scalar form compared with itself does not count as a comparison. */
    private static void check(List<Target> targets) {
        long compared = targets.stream().skip(1).mapToLong(target -> target.values).sum();
        if (compared == 0) {
            throw new FailedException("nothing was compared: no accepted device and no SIMD form");
        }
        List<String> bad = targets.stream().filter(target -> !target.good()).map(target -> target.name).toList();
        if (!bad.isEmpty()) {
            throw new FailedException("values differ or errors are above their limits on " + bad);
        }
        for (Target target : targets.subList(1, targets.size())) {
            BackendInfo info = target.backend.info();
            if (info.backend().equals("opencl") && (info.deviceCalls() == 0 || info.cpuCalls() != 0)) {
                throw new FailedException(target.name + " was forced, but calls were computed on the CPU: " + info);
            }
            if (info.backend().equals("cpu") && info.simdRuns() == 0) {
                throw new FailedException(target.name + ": the SIMD form did not run");
            }
        }
    }
}
