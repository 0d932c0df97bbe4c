package io.github.axoncl.bench;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.bench.npy.NpyException;
import io.github.axoncl.bench.npy.NpyInput;
import io.github.axoncl.bench.npy.NpyOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Applies a function to a NumPy file: decides what was asked for, and refuses what has no meaning before anything is computed. */
@Command(name = "apply", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Applies a function to a NumPy .npy file and writes another: float32, little endian, C order, any shape.",
            "The output appears whole or not at all; it may be the input. Files may be larger than the memory. Which backend and "
            + "device computed is printed on standard error."})
final class ApplyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Choice choice;

    /** Which function; exactly one of them. */
    static final class Choice {
        @Option(names = "--function", paramLabel = "NAME", description = "A function of AxonCL, see the command functions.")
        String function;

        @Option(names = "--kernel", paramLabel = "FILE.cl", description = "A function of your own, in the kernel language. What "
                + "its forward takes behind the element are its parameters; each needs a --param.")
        Path kernel;
    }

    @Option(names = "--param", paramLabel = "NAME=VALUE", description = "The value of a parameter; may be repeated.")
    private List<String> parameters = List.of();

    @Option(names = "--precision", paramLabel = "TIER", defaultValue = "accurate", description = "accurate (the default, about "
            + "1 ULP) or fast (at most 5 ULP, derivatives 9). A function whose accurate form is as cheap has no other.")
    private String precisionName;

    @Option(names = "--op", paramLabel = "OPERATION", defaultValue = "forward",
            description = "forward (the default), derivative, backward, or backward_from_output. For backward, in.npy is the "
                    + "input of the forward call, for backward_from_output its output.")
    private String operationName;

    @Option(names = "--grad", paramLabel = "dy.npy",
            description = "The gradient with respect to the output, of the same shape; for the two backward operations.")
    private Path gradientFile;

    @Option(names = "--axis", paramLabel = "N", description = "The axis that softmax reduces over (default: -1, the last).")
    private Integer axis;

    @Option(names = "--backend", paramLabel = "BACKEND",
            description = "auto, cpu, opencl, or opencl:TEXT with a part of a platform's or device's name. What is forced and "
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
        KernelFunction function = inTier(choice.kernel != null ? KernelFile.load(choice.kernel, values.all())
                : values.on(FunctionNames.find(choice.function)));
        Operation operation = operation();
        checkSupported(function, operation);
        try (NpyInput input = NpyInput.open(in); NpyInput gradient = gradient(operation, input)) {
            Rows rows = rows(function, input.header().shape());
            Path target = NpyOutput.target(out);
            try (Backend backend = backendName == null ? Targets.chosen() : Targets.named(backendName)) {
                beforeComputing.happen();
                new FileCall(function, operation, rows, blockSize).run(backend, input, gradient, target);
                report(backend.info(), input.header().elements(), function, operation);
            }
        } catch (NpyException e) {
            throw new UsageException(e.getMessage(), e);
        }
        return 0;
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

    private static void checkSupported(KernelFunction function, Operation operation) {
        if (function instanceof RowFunction) {
            if (function.id().equals(RowActivation.LOGSUMEXP.id())) {
                throw new UsageException(function.id() + " gives one number for each row, which apply does not write");
            } else if (function.id().equals(RowActivation.GUMBEL_SOFTMAX.id())) {
                throw new UsageException(function.id() + " needs random numbers, which apply does not make");
            }
            if (operation == Operation.DERIVATIVE) {
                throw new UsageException(function.id() + " does not support derivative: each output depends on the whole row; "
                        + "use backward");
            }
        } else if (operation == Operation.BACKWARD_FROM_OUTPUT) {
            if (!function.definition().hasDerivativeFromOutput()) {
                throw new UsageException(function.id() + " does not support backward_from_output; use backward");
            }
            List<Parameter> declared = function.definition().parameters();
            for (int i = 0; i < declared.size(); i++) {
                if (function.argument(i) < declared.get(i).minFromOutput()) {
                    throw new UsageException(function.describe() + " does not support backward_from_output: "
                            + declared.get(i).name() + " must be at least " + declared.get(i).minFromOutput());
                }
            }
        }
    }

    private NpyInput gradient(Operation operation, NpyInput input) throws IOException {
        if (!operation.takesGradient()) {
            if (gradientFile != null) {
                throw new UsageException(operation.id() + " takes no --grad");
            }
            return null;
        }
        if (gradientFile == null) {
            throw new UsageException(operation.id() + " needs the gradient: --grad dy.npy");
        }
        NpyInput gradient = NpyInput.open(gradientFile);
        if (!gradient.header().equals(input.header())) {
            gradient.close();
            throw new UsageException(gradientFile + " has shape " + gradient.header() + ", " + in + " has " + input.header()
                    + "; they must be equal");
        }
        return gradient;
    }

    /** How the shape is divided into rows; null for an element-wise function, for which an axis has no meaning. */
    private Rows rows(KernelFunction function, List<Long> shape) {
        if (function instanceof ActivationFunction) {
            if (axis != null) {
                throw new UsageException("--axis has no meaning for " + function.id() + ", which is element-wise");
            }
            return null;
        }
        int asked = axis == null ? -1 : axis;
        if (asked < -shape.size() || asked >= shape.size()) {
            throw new UsageException("--axis " + asked + " is out of range: " + in + " has " + shape.size() + " dimensions");
        }
        int index = asked < 0 ? asked + shape.size() : asked;
        if (shape.contains(0L)) {
            return new Rows(0, shape.get(index), 1);         // nothing to compute, whatever the other extents are
        }
        return new Rows(product(shape.subList(0, index)), shape.get(index), product(shape.subList(index + 1, shape.size())));
    }

    private static long product(List<Long> extents) {
        return extents.stream().reduce(1L, Math::multiplyExact);
    }

    private void report(BackendInfo info, long elements, KernelFunction function, Operation operation) {
        PrintWriter err = spec.commandLine().getErr();
        boolean device = info.deviceCalls() > 0 || info.cpuCalls() == 0 && info.backend().equals("opencl");
        err.println(operation.id() + " of " + function.describe() + ", " + elements + " elements: backend " + info.backend()
                + ", device " + info.device() + " (" + info.driver() + ")");
        if (info.backend().equals("cpu")) {
            err.println("  form: " + info.cpuForm());
        }
        if (device && info.cpuCalls() > 0 || !info.fallbacks().isEmpty()) {
            err.println("  calls on the device: " + info.deviceCalls() + ", on the CPU: " + info.cpuCalls() + info.fallbacks()
                    .stream().map(f -> "; " + f.reason() + " (" + f.count() + " times)").collect(Collectors.joining()));
        }
        if (!info.bitExact()) {
            err.println("  this device is not bit-exact: it flushes subnormal numbers");
        }
        err.flush();
    }
}
