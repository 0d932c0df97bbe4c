package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.bench.tools.npy.Block;
import io.github.axoncl.bench.tools.npy.NpyInput;
import java.io.IOException;

/** An array as a file has it. */
record FileArray(String name, NpyInput file, ArrayShape shape) implements InputArray {
    /** Checks the file's shape. */
    FileArray {
        if (!file.header().shape().equals(shape.extents())) {
            throw new UsageException(file.file() + " has shape " + file.header() + ", but " + name + " must have "
                    + shape.rule() + ": " + shape);
        }
    }

    @Override
    public void read(long first, int count, Block block) throws IOException {
        file.read(first, count, block);
    }
}
