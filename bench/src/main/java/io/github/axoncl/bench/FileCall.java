package io.github.axoncl.bench;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.bench.npy.Block;
import io.github.axoncl.bench.npy.NpyInput;
import io.github.axoncl.bench.npy.NpyOutput;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;

/**
 * Computes one operation on files, block by block, so that they may be larger than the heap. Rows are never divided.
 *
 * @param function  what is computed
 * @param operation what of it
 * @param rows      how the array is divided into rows; null for an element-wise function
 * @param blockSize the number of elements of a block, unless one row is longer
 */
record FileCall(KernelFunction function, Operation operation, Rows rows, int blockSize) {
    /** 16 MiB: large enough for a device to be busy, small enough for a JVM with a small heap. */
    static final int BLOCK_SIZE = 1 << 22;

    /** Reads in (and gradient, where the operation takes one), writes out. */
    void run(Backend backend, NpyInput in, NpyInput gradient, Path out) throws IOException {
        long total = in.header().elements();
        int capacity = capacity(total);
        Block x = block(capacity);
        Block dy = gradient == null ? null : block(capacity);
        try (NpyOutput output = NpyOutput.create(out, in.header())) {
            for (long at = 0; at < total; at += capacity) {
                int count = (int) Math.min(capacity, total - at);
                in.read(at, count, x);
                if (dy != null) {
                    gradient.read(at, count, dy);
                }
                compute(backend, x.elements().limit(count), dy == null ? null : dy.elements().limit(count));
                output.append(x);
            }
            in.close();                                     // before the output takes its place, where they are one file
            if (gradient != null) {
                gradient.close();
            }
            output.commit();
        }
    }

    /** The result is put where x was. */
    private void compute(Backend backend, FloatBuffer x, FloatBuffer dy) {
        Operand first = Operand.of(x);
        Operand second = dy == null ? null : Operand.of(dy);
        if (function instanceof ActivationFunction f) {
            switch (operation) {
                case FORWARD -> backend.forward(f, first, first);
                case DERIVATIVE -> backend.derivative(f, first, first);
                case BACKWARD -> backend.backward(f, first, second, first);
                case BACKWARD_FROM_OUTPUT -> backend.backwardFromOutput(f, first, second, first);
            }
        } else if (function instanceof RowFunction f) {
            Rows part = new Rows(first.length() / (rows.axis() * rows.inner()), rows.axis(), rows.inner());
            if (operation != Operation.BACKWARD_FROM_OUTPUT) {
                backend.forward(f, part, first, first);
            }
            if (operation.takesGradient()) {
                backend.backwardFromOutput(f, part, first, second, first);
            }
        }
    }

    /** A whole number of rows, of at most the block size if one fits. */
    private int capacity(long total) {
        long row = rows == null ? 1 : Math.max(1, rows.axis() * rows.inner());
        if (row > Block.LARGEST) {
            throw new UsageException("a row of " + row + " elements is too large: it is computed as a whole, at most "
                    + Block.LARGEST + " elements");
        }
        return (int) Math.min(total, Math.max(row, blockSize / row * row));
    }

    private static Block block(int elements) {
        try {
            return new Block(elements);
        } catch (OutOfMemoryError e) {
            throw new FailedException("no memory for " + elements + " elements at once: " + 4L * elements
                    + " bytes outside the heap are needed (-XX:MaxDirectMemorySize, in JDK_JAVA_OPTIONS): " + e.getMessage());
        }
    }
}
