package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.StochasticFunction;
import io.github.axoncl.bench.shared.FunctionNames;
import io.github.axoncl.bench.shared.ParameterValues;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.tools.npy.NpyInput;
import io.github.axoncl.bench.tools.npy.NpyOutput;
import io.github.axoncl.bench.tools.npy.NpyType;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a family takes of the command line, piece by piece: numbers, files, outputs. What it does not ask for is refused when
 * {@link #operation} puts the pieces together, so nothing that was said is ignored. Closing it closes the files that are read.
 */
final class ApplyRequest implements Closeable {
    private final KernelFunction function;
    private final ApplyOptions options;
    private final NpyInput input;
    private final List<NpyInput> open = new ArrayList<>();
    private final List<InputArray> inputs = new ArrayList<>();
    private final List<OutputArray> outputs = new ArrayList<>();
    /** The names of --param and --out that the family knows, and those that it took. */
    private final Set<String> known = new LinkedHashSet<>();
    private final Set<String> taken = new LinkedHashSet<>();
    private final Set<String> knownOutputs = new LinkedHashSet<>();
    /** What is computed, for messages. */
    private String title;
    private boolean axisTaken;
    private boolean seedTaken;
    private boolean dropoutTaken;
    private boolean gradientTaken;

    ApplyRequest(KernelFunction function, ApplyOptions options) throws IOException {
        this.function = function;
        this.options = options;
        boolean learned = function.definition().parameters().stream()
                .anyMatch(p -> ParameterValues.isFile(options.values().text(p.name())));
        title = options.operation().id() + " of " + (learned ? function.id() : function.describe());
        for (Parameter parameter : function.definition().parameters()) {
            known.add(parameter.name());
            if (!ParameterValues.isFile(options.values().text(parameter.name()))) {
                taken.add(parameter.name());
            }
        }
        input = NpyInput.open(options.in(), NpyType.FLOAT32);
        open.add(input);
    }

    // ---- what is computed

    /** The operation, which must be one of some. */
    Operation operation(Operation... supported) {
        if (!List.of(supported).contains(options.operation())) {
            throw new UsageException(function.id() + " does not support " + options.operation().id() + "; it has "
                    + String.join(", ", Arrays.stream(supported).map(Operation::id).toList()));
        }
        return options.operation();
    }

    /** The shape of the input, every element by itself. */
    FileShape elementwise() {
        return FileShape.elementwise(input.header().shape(), options.in().toString());
    }

    /** The shape of the input in rows along the axis. */
    FileShape rows() {
        axisTaken = true;
        return FileShape.along(options.axis() == null ? -1 : options.axis(), input.header().shape(), options.in().toString());
    }

    RandomSeed seed() {
        seedTaken = true;
        if (options.seed() == null) {
            throw new UsageException((options.dropout() == null ? function.id() : "--dropout")
                    + " takes random decisions: --seed N is needed");
        }
        return new RandomSeed(options.seed(), options.offset() == null ? 0 : options.offset());
    }

    /** An element-wise function with the dropout that was asked for behind it; null if none was. */
    StochasticFunction withDropout(ActivationFunction f) {
        dropoutTaken = true;
        if (options.dropout() == null) {
            return null;
        }
        title += " and dropout of " + options.dropout();
        try {
            return f.withDropout(options.dropout());
        } catch (IllegalArgumentException e) {
            throw new UsageException("--dropout " + options.dropout() + ": " + e.getMessage(), e);
        }
    }

    // ---- values of --param

    /** What was given for a name if it is no file, else the default. */
    String text(String name, String otherwise) {
        known.add(name);
        String text = options.values().text(name);
        if (text == null || ParameterValues.isFile(text)) {
            return otherwise;
        }
        taken.add(name);
        return text;
    }

    boolean isFile(String name) {
        known.add(name);
        return ParameterValues.isFile(options.values().text(name));
    }

    /** The file that was given for a name. */
    NpyInput file(String name, NpyType... types) throws IOException {
        if (!isFile(name)) {
            throw new UsageException(title + " needs an array: --param " + name + "=@FILE.npy");
        }
        taken.add(name);
        String file = ParameterValues.file(options.values().text(name));
        if (file.isEmpty()) {
            throw new UsageException("--param " + name + "=@: the name of the file is missing");
        }
        return open(Path.of(file), types);
    }

    private NpyInput open(Path file, NpyType... types) throws IOException {
        NpyInput opened = NpyInput.open(file, types);
        open.add(opened);
        return opened;
    }

    // ---- arrays

    /** The input by the name that the call knows it by. */
    void input(String name, ArrayShape shape) {
        inputs.add(new FileArray(name, input, shape));
    }

    /** The file of {@code --grad}. */
    void gradient(String name, ArrayShape shape) throws IOException {
        gradientTaken = true;
        if (options.gradient() == null) {
            throw new UsageException(title + " needs the gradient: --grad dy.npy");
        }
        inputs.add(new FileArray(name, open(options.gradient(), NpyType.FLOAT32), shape));
    }

    /** A float32 file of {@code --param}. */
    void array(String name, ArrayShape shape) throws IOException {
        array(name, file(name, NpyType.FLOAT32), shape);
    }

    /** A file that was opened. */
    void array(String name, NpyInput file, ArrayShape shape) {
        inputs.add(new FileArray(name, file, shape));
    }

    /** A file that was opened and whose shape is broadcast. */
    void broadcast(String name, NpyInput file, ArrayShape shape) {
        inputs.add(new BroadcastArray(name, file, shape));
    }

    /** The output. */
    void output(String name, ArrayShape shape) throws IOException {
        outputs.add(new OutputArray(name, shape, NpyOutput.target(options.out())));
    }

    boolean isAskedFor(String name) {
        knownOutputs.add(name);
        return options.further().containsKey(name);
    }

    /** What the call writes besides, and {@code --out} puts into a file. */
    void further(String name, ArrayShape shape) throws IOException {
        outputs.add(new OutputArray(name, shape, isAskedFor(name) ? NpyOutput.target(options.further().get(name)) : null));
    }

    // ---- the whole

    /** An operation whose outer indexes are computed in any number at a time. */
    FileOperation operation(FileShape shape, FileOperation.Computation computation) {
        return operation(shape, 1, computation);
    }

    /** An operation that is computed at once. */
    FileOperation undivided(FileShape shape, FileOperation.Computation computation) {
        return operation(shape, Long.MAX_VALUE, computation);
    }

    /** An operation of which some outer indexes belong together. */
    FileOperation operation(FileShape shape, long together, FileOperation.Computation computation) {
        refuseWhatIsLeft();
        return new FileOperation(title, shape.rows(), together, inputs, outputs, computation);
    }

    private void refuseWhatIsLeft() {
        ParameterValues values = options.values();
        for (String name : values.names()) {
            if (!known.contains(name)) {
                throw ParameterValues.unknown(function, name, known);
            } else if (!taken.contains(name)) {
                throw new UsageException(ParameterValues.isFile(values.text(name))
                        ? "--param " + name + "=" + values.text(name) + ": " + title + " does not take a file here"
                        : "--param " + name + "=" + values.text(name) + ": must be @FILE.npy");
            }
        }
        for (String name : options.further().keySet()) {
            if (!knownOutputs.contains(name)) {
                throw new UsageException(title + " has no further output \"" + name + "\""
                        + FunctionNames.suggestion(name, knownOutputs));
            }
        }
        refuse(!axisTaken && options.axis() != null, "--axis");
        refuse(!seedTaken && options.seed() != null, "--seed");
        refuse(!seedTaken && options.offset() != null, "--offset");
        refuse(!dropoutTaken && options.dropout() != null, "--dropout");
        if (!gradientTaken && options.gradient() != null) {
            throw new UsageException(title + " takes no --grad");
        }
        Map<Path, String> targets = new HashMap<>();
        for (OutputArray output : outputs) {
            String other = output.target() == null ? null : targets.put(output.target(), output.name());
            if (other != null) {
                throw new UsageException(output.target() + " cannot be both " + other + " and " + output.name());
            }
        }
    }

    private void refuse(boolean given, String option) {
        if (given) {
            throw new UsageException(option + " has no meaning for " + title);
        }
    }

    @Override
    public void close() throws IOException {
        for (NpyInput file : open) {
            file.close();
        }
    }
}
