package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Backend;
import io.github.axoncl.Mask;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.bench.shared.ParameterValues;
import io.github.axoncl.bench.shared.RowFunctions;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.tools.npy.NpyInput;
import io.github.axoncl.bench.tools.npy.NpyType;
import java.io.IOException;

/** Functions of rows, with a mask or a seed where they take one. */
final class RowFiles {
    private static final String MASK = "mask";
    private static final String CAUSAL = "causal";

    private final RowFunction f;
    private final ApplyRequest request;
    private final FileShape shape;
    /** Whether a row becomes one number. */
    private final boolean reduces;
    private final RandomSeed seed;
    private final NpyInput maskFile;
    /** Of a causal mask; 0 if it is none. */
    private long queries;
    private long reach;

    private RowFiles(RowFunction f, ApplyRequest request, boolean fromInput) throws IOException {
        this.f = f;
        this.request = request;
        shape = request.rows();
        reduces = RowFunctions.reduces(f);
        boolean random = f.definition() == RowActivation.GUMBEL_SOFTMAX.definition();
        seed = fromInput && random ? request.seed() : null;
        maskFile = fromInput && !random && request.isFile(MASK)
                ? request.file(MASK, NpyType.FLOAT32, NpyType.BOOL, NpyType.UINT8) : null;
        String word = fromInput && !random ? request.text(MASK, null) : null;
        if (word != null) {
            causal(word);
        }
    }

    static FileOperation of(RowFunction f, ApplyRequest request) throws IOException {
        Operation operation = request.operation(Operation.FORWARD, Operation.BACKWARD, Operation.BACKWARD_FROM_OUTPUT);
        return new RowFiles(f, request, operation != Operation.BACKWARD_FROM_OUTPUT).of(operation);
    }

    private FileOperation of(Operation operation) throws IOException {
        ArrayShape result = reduces ? shape.perRow() : shape.each();
        request.input("x", shape.each());
        if (maskFile != null) {
            request.broadcast(MASK, maskFile, shape.each());
        }
        if (operation.takesGradient()) {
            request.gradient("dy", result);
        }
        request.output("y", operation == Operation.FORWARD ? result : shape.each());
        return request.operation(shape, Math.max(1, queries), (backend, part) -> {
            Operand y = part.get("y");
            switch (operation) {
                case FORWARD -> forward(backend, part, y);
                case BACKWARD -> backward(backend, part, y);
                default -> backend.backwardFromOutput(f, part.rows(), part.get("x"), part.get("dy"), y);
            }
        });
    }

    private void forward(Backend backend, Part part, Operand y) {
        Mask mask = mask(part);
        if (seed != null) {
            backend.forward(f, part.rows(), part.from(seed), part.get("x"), y);
        } else if (mask != null) {
            backend.forward(f, part.rows(), mask, part.get("x"), y);
        } else {
            backend.forward(f, part.rows(), part.get("x"), y);
        }
    }

    /** From the input: through the output, unless that is one number for each row. */
    private void backward(Backend backend, Part part, Operand dx) {
        Mask mask = mask(part);
        if (!reduces) {
            forward(backend, part, dx);
            backend.backwardFromOutput(f, part.rows(), dx, part.get("dy"), dx);
        } else if (mask != null) {
            backend.backward(f, part.rows(), mask, part.get("x"), part.get("dy"), dx);
        } else {
            backend.backward(f, part.rows(), part.get("x"), part.get("dy"), dx);
        }
    }

    // ---- masks

    /** {@code causal} lets the last query see every key; {@code causal:N} lets the first one see N besides the first. */
    private void causal(String word) {
        boolean counted = word.startsWith(CAUSAL + ":");
        if (!counted && !word.equals(CAUSAL)) {
            throw new UsageException("--param mask=" + word + ": must be causal, causal:N or @FILE.npy");
        }
        if (shape.axis() == 0) {
            throw new UsageException("--param mask=" + word + ": the axis before that of the keys has the queries, but "
                    + shape.source() + " has none");
        }
        if (shape.rows().inner() != 1) {
            throw new UsageException("--param mask=" + word + ": the keys must be the last axis");
        }
        queries = Math.max(1, shape.extents().get(shape.axis() - 1));
        reach = counted ? ParameterValues.whole(word.substring(CAUSAL.length() + 1), "--param mask=" + word)
                : shape.rows().axis() - queries;
    }

    private Mask mask(Part part) {
        if (queries > 0) {
            return Mask.causal(queries, reach);
        } else if (maskFile == null) {
            return null;
        }
        Operand values = part.get(MASK);
        return maskFile.header().type() == NpyType.FLOAT32 ? Mask.additive(values) : Mask.keeping(values);
    }
}
