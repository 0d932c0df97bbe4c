package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.Backend;
import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.tools.npy.Block;
import io.github.axoncl.bench.tools.npy.NpyHeader;
import io.github.axoncl.bench.tools.npy.NpyOutput;
import io.github.axoncl.bench.tools.npy.NpyOutputs;
import io.github.axoncl.bench.tools.npy.NpyType;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Computes an operation on files part by part, so that they may be larger than the memory. Rows are never divided.
 */
final class FileCall {
    /** 16 MiB: large enough for a device to be busy, small enough for a JVM with a small heap. */
    static final int BLOCK_SIZE = 1 << 22;

    private final FileOperation operation;
    private final long outer;
    /** How many outer indexes are computed at a time. */
    private final long step;
    private final Map<String, Block> blocks = new HashMap<>();

    /** Reserves the memory.
     *
     * @param blockSize the number of elements of a block, unless what belongs together is more */
    FileCall(FileOperation operation, int blockSize) {
        this.operation = operation;
        outer = operation.rows().outer();
        step = step(blockSize);
        for (InputArray input : operation.inputs()) {
            blocks.put(input.name(), block(input.type(), largest(input.shape())));
        }
        for (OutputArray output : operation.outputs()) {
            blocks.put(output.name(), block(NpyType.FLOAT32, largest(output.shape())));
        }
    }

    /** A whole number of what belongs together, of at most the block size if one fits. */
    private long step(int blockSize) {
        long perOuter = 0;
        for (InputArray input : operation.inputs()) {
            perOuter = Math.max(perOuter, input.shape().perOuter());
        }
        for (OutputArray output : operation.outputs()) {
            perOuter = Math.max(perOuter, output.shape().perOuter());
        }
        long together = Math.min(operation.together(), outer);
        if (perOuter == 0 || together == 0) {
            return Math.max(1, outer);                      // nothing to compute, or only what all outer indexes share
        }
        long least = elements(together * perOuter, operation.title()
                + (together == 1 ? " computes a row as a whole" : " computes these files as a whole"));
        return Math.min(outer, Math.max(1, blockSize / least) * together);
    }

    private int largest(ArrayShape shape) {
        return shape.isShared() ? elements(shape.elements(), operation.title())
                : (int) (Math.min(step, outer) * shape.perOuter());
    }

    /** Reads the inputs, writes the outputs; the inputs are closed before an output takes the place of one. */
    void run(Backend backend, Closeable inputs) throws IOException {
        for (InputArray input : operation.inputs()) {
            if (input.shape().isShared()) {
                input.read(0, (int) input.shape().elements(), blocks.get(input.name()));
            }
        }
        compute(backend, 0, 0);                             // the library checks everything but the content of a part
        try (NpyOutputs files = new NpyOutputs()) {
            Map<OutputArray, NpyOutput> written = new LinkedHashMap<>();
            for (OutputArray output : operation.outputs()) {
                if (output.target() != null) {
                    written.put(output, files.add(output.target(), new NpyHeader(output.shape().extents())));
                }
            }
            for (long first = 0; first < outer; first += step) {
                long count = Math.min(step, outer - first);
                read(first, count);
                compute(backend, first, count);
                append(written, count, false);
            }
            append(written, 0, true);
            inputs.close();
            files.commit();
        }
    }

    private void read(long first, long count) throws IOException {
        for (InputArray input : operation.inputs()) {
            if (!input.shape().isShared()) {
                long perOuter = input.shape().perOuter();
                input.read(first * perOuter, (int) (count * perOuter), blocks.get(input.name()));
            }
        }
    }

    /** Appends a part of what is divided, or the whole of what is shared. */
    private void append(Map<OutputArray, NpyOutput> written, long count, boolean shared) throws IOException {
        for (Map.Entry<OutputArray, NpyOutput> entry : written.entrySet()) {
            ArrayShape shape = entry.getKey().shape();
            if (shape.isShared() == shared) {
                entry.getValue().append(blocks.get(entry.getKey().name()), size(shape, count));
            }
        }
    }

    private void compute(Backend backend, long first, long count) {
        Map<String, Operand> arrays = new HashMap<>();
        operation.inputs().forEach(input -> arrays.put(input.name(), operand(input.name(), input.shape(), count)));
        operation.outputs().forEach(output -> arrays.put(output.name(), operand(output.name(), output.shape(), count)));
        Rows rows = operation.rows();
        try {
            operation.computation().compute(backend, new Part(new Rows(count, rows.axis(), rows.inner()), first, arrays));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage() + operation.inputs().stream()
                    .map(input -> input.name() + " from " + input.file().file())
                    .collect(Collectors.joining(", ", " (", ")")), e);
        }
    }

    private Operand operand(String name, ArrayShape shape, long count) {
        return blocks.get(name).operand(size(shape, count));
    }

    private static int size(ArrayShape shape, long count) {
        return (int) (shape.isShared() ? shape.elements() : count * shape.perOuter());
    }

    /** A number of elements that must fit into one block. */
    static int elements(long count, String why) {
        if (count > Block.LARGEST) {
            throw new UsageException(why + ": " + count + " elements at once are too large, at most " + Block.LARGEST
                    + " are possible");
        }
        return (int) count;
    }

    /** Memory for some elements. */
    static Block block(NpyType type, int elements) {
        try {
            return new Block(type, elements);
        } catch (OutOfMemoryError e) {
            throw new FailedException("no memory for " + elements + " elements at once: " + (long) type.bytes() * elements
                    + " bytes outside the heap are needed (-XX:MaxDirectMemorySize, in JDK_JAVA_OPTIONS): " + e.getMessage());
        }
    }
}
