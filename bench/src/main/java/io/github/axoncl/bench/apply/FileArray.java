package io.github.axoncl.bench.apply;

import io.github.axoncl.bench.UsageException;
import io.github.axoncl.bench.npy.Block;
import io.github.axoncl.bench.npy.NpyInput;
import io.github.axoncl.bench.npy.NpyType;
import java.io.IOException;
import java.nio.file.Path;

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
    public Path source() {
        return file.file();
    }

    @Override
    public NpyType type() {
        return file.header().type();
    }

    @Override
    public void read(long first, int count, Block block) throws IOException {
        file.read(first, count, block);
    }
}
