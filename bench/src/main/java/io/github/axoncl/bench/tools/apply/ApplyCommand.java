package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.bench.shared.FunctionNames;
import io.github.axoncl.bench.shared.KernelFile;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.ParameterValues;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.tools.npy.NpyException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Applies a function to NumPy files: reads the command line, lets a family check it, computes, and reports. */
@Command(name = "apply", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Applies a function to NumPy .npy files and writes others: float32, little endian, C order, any shape; "
            + "class indices are int32, masks may be bool or uint8.",
            "Outputs appear whole, and all or none of them; an output may be an input. Which backend and device computed is "
            + "printed on standard error."},
        footerHeading = "%nWhat functions take besides in.npy, and can write besides out.npy:%n", footer = ApplyHelp.OPERANDS)
public final class ApplyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Choice choice;

    /** Which function; exactly one of them. */
    static final class Choice {
        @Option(names = "--function", paramLabel = "NAME", description = "A function of AxonCL, see the command functions.")
        String function;

        @Option(names = "--kernel", paramLabel = "FILE.cl",
                description = "A function of your own, in the kernel language. What its forward takes behind the element are "
                + "its parameters; each needs a --param.")
        Path kernel;
    }

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "The value of a parameter: a number, @FILE.npy for an "
            + "array, or a word; see below. May be repeated.")
    private List<String> parameters = List.of();

    @Option(names = "--precision", paramLabel = "TIER", defaultValue = "accurate", description = "accurate (the default, about "
            + "1 ULP) or fast (at most 5 ULP, derivatives 9). A function whose accurate form is as cheap has no other.")
    private String precisionName;

    @Option(names = "--op", paramLabel = "OPERATION", defaultValue = "forward",
            description = "forward (the default), derivative, backward, or backward_from_output. For backward, in.npy is the "
                    + "input of the forward call, for backward_from_output its output.")
    private String operationName;

    @Option(names = "--grad", paramLabel = "dy.npy",
            description = "The gradient with respect to the output, of its shape; for the two backward operations.")
    private Path gradientFile;

    @Option(names = "--out", paramLabel = "NAME=FILE.npy", description = "Where to write what is computed besides out.npy, "
            + "such as the gradient of a slope (dslope); see below. May be repeated.")
    private List<String> further = List.of();

    @Option(names = "--dropout", paramLabel = "P", description = "Dropout behind an element-wise function, in the same pass: "
            + "an element becomes 0 with this probability. Takes a --seed.")
    private Double dropout;

    @Option(names = "--axis", paramLabel = "N",
            description = "The axis of the rows, channels, classes or halves (default: -1, the last).")
    private Integer axis;

    @Option(names = "--seed", paramLabel = "N",
            description = "Where random decisions come from, any 64-bit number; with the same one backward repeats them.")
    private Long seed;

    @Option(names = "--offset", paramLabel = "N",
            description = "With another one, the same seed gives other decisions (default: 0).")
    private Long offset;

    @Option(names = "--backend", paramLabel = "BACKEND",
            description = "auto, all, cpu, opencl, or opencl:TEXT with a part of a platform's or device's name. What is forced and "
                    + "cannot be had is an error (exit code 3). Default: $AXONCL_BACKEND, else auto.")
    private String backendName;

    @Parameters(index = "0", paramLabel = "in.npy", description = "The input.")
    private Path in;

    @Parameters(index = "1", paramLabel = "out.npy", description = "The output.")
    private Path out;

    /** Smaller in tests. */
    int blockSize = FileCall.BLOCK_SIZE;

    /** What a test lets happen between the checks and the computation. */
    Disturbance beforeComputing = () -> { };

    /** Something that befalls the files. */
    interface Disturbance {
        void happen() throws IOException;
    }

    @Override
    public Integer call() throws IOException {
        ParameterValues values = new ParameterValues(parameters);
        KernelFunction function = inTier(function(values));
        ApplyOptions options = new ApplyOptions(operation(), values, axis, seed, offset, dropout, gradientFile,
                furtherOutputs(), in, out);
        try (ApplyRequest request = new ApplyRequest(function, options)) {
            FileOperation operation = FileOperations.of(function, request);
            FileCall call = new FileCall(operation, blockSize);
            try (Backend backend = backendName == null ? Machine.chosen() : Machine.named(backendName)) {
                beforeComputing.happen();
                call.run(backend, request);
                report(backend.info(), operation);
            }
        } catch (NpyException e) {
            throw new UsageException(e.getMessage(), e);
        }
        return 0;
    }

    private KernelFunction function(ParameterValues values) {
        return choice.kernel != null ? KernelFile.load(choice.kernel, values.numbersOrOne(List.of(BiasedFiles.BIAS)))
                : values.bind(FunctionNames.find(choice.function));
    }

    private Map<String, Path> furtherOutputs() {
        Map<String, Path> files = new LinkedHashMap<>();
        ParameterValues.named("--out", "NAME=FILE.npy", further).forEach((name, file) -> files.put(name, Path.of(file)));
        return files;
    }

    private KernelFunction inTier(KernelFunction function) {
        if (precisionName.equals(Precision.ACCURATE.id())) {
            return function;
        }
        if (!precisionName.equals(Precision.FAST.id())) {
            throw new UsageException("--precision \"" + precisionName + "\": must be accurate or fast");
        }
        if (function instanceof ActivationFunction elementwise) {
            return elementwise.fast();
        }
        throw new UsageException("--precision fast: " + function.id() + " has one tier");
    }

    private Operation operation() {
        List<String> names = Arrays.stream(Operation.values()).map(Operation::id).toList();
        if (!names.contains(operationName)) {
            throw new UsageException("there is no operation \"" + operationName + "\"; known: " + String.join(", ", names));
        }
        return Operation.values()[names.indexOf(operationName)];
    }

    private void report(BackendInfo info, FileOperation operation) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(operation.title() + ", " + operation.inputs().get(0).shape().elements() + " elements: backend "
                + info.backend() + ", device " + info.device() + " (" + info.driver() + ")");
        operation.outputs().stream().filter(output -> output.target() == null).forEach(output -> err.println(
                "  computed too, but not written: " + output.name() + " (--out " + output.name() + "=FILE.npy)"));
        if (info.backend().equals("cpu")) {
            err.println("  form: " + info.cpuForm());
        }
        if (info.backend().equals("opencl") && info.cpuCalls() > 0 || !info.fallbacks().isEmpty()) {
            err.println("  calls on the device: " + info.deviceCalls() + ", on the CPU: " + info.cpuCalls() + info.fallbacks()
                    .stream().map(f -> "; " + f.reason() + " (" + f.count() + " times)").collect(Collectors.joining()));
        }
        if (!info.bitExact()) {
            err.println("  this device is not bit-exact: it flushes subnormal numbers");
        }
        err.flush();
    }
}
