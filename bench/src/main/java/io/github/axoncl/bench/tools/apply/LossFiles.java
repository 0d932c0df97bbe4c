package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Loss;
import io.github.axoncl.LossFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Reduction;
import io.github.axoncl.Targets;
import io.github.axoncl.bench.shared.ParameterValues;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.tools.npy.NpyInput;
import io.github.axoncl.bench.tools.npy.NpyType;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Losses of logits. They are computed at once: a sum, and a message about a row, is one of the whole file. */
final class LossFiles {
    private static final String TARGETS = "targets";
    private static final String WEIGHTS = "weights";

    private final LossFunction f;
    private final FileShape shape;
    private final Reduction reduction;
    private final boolean classes;
    private final boolean weighted;
    private final Integer ignored;

    private LossFiles(LossFunction f, ApplyRequest request) throws IOException {
        this.f = f;
        shape = request.rows();
        reduction = reduction(request.text("reduction", "mean"));
        NpyInput targets = request.file(TARGETS, NpyType.INT32, NpyType.FLOAT32);
        classes = targets.header().type() == NpyType.INT32;
        request.input("logits", shape.each());
        request.array(TARGETS, targets, classes ? shape.perRow() : shape.each());
        weighted = request.isFile(WEIGHTS);
        if (weighted) {
            request.array(WEIGHTS, shape.perIndex());
        }
        String number = request.text("ignore", null);
        ignored = number == null ? null : ParameterValues.whole(number, "--param ignore=" + number);
    }

    static FileOperation of(LossFunction f, ApplyRequest request) throws IOException {
        LossFiles files = new LossFiles(f, request);
        if (request.operation(Operation.FORWARD, Operation.BACKWARD) == Operation.FORWARD) {
            request.output("loss", files.loss());
            return request.undivided(files.shape, (backend, part) -> backend.forward(f, part.rows(), files.targets(part),
                    files.reduction, part.get("logits"), part.get("loss")));
        }
        request.output("dlogits", files.shape.each());
        request.further("loss", files.loss());
        return request.undivided(files.shape, (backend, part) -> backend.backward(f, part.rows(), files.targets(part),
                files.reduction, part.get("logits"), part.get("loss"), part.get("dlogits")));
    }

    private static Reduction reduction(String name) {
        List<String> names = Arrays.stream(Reduction.values()).map(value -> value.name().toLowerCase(Locale.ROOT)).toList();
        if (!names.contains(name)) {
            throw new UsageException("--param reduction=" + name + ": must be " + String.join(" or ", names));
        }
        return Reduction.values()[names.indexOf(name)];
    }

    /** One number, or one for each row, or, of a loss that looks at elements alone, for each element. */
    private ArrayShape loss() {
        boolean byRows = f.definition() == Loss.SOFTMAX_CROSS_ENTROPY.definition();
        return reduction != Reduction.NONE ? FileShape.one() : byRows ? shape.perRow() : shape.each();
    }

    private Targets targets(Part part) {
        Targets targets = classes ? Targets.classes(part.get(TARGETS)) : Targets.probabilities(part.get(TARGETS));
        if (weighted) {
            targets = targets.weights(part.get(WEIGHTS));
        }
        return ignored == null ? targets : targets.ignoring(ignored);
    }
}
