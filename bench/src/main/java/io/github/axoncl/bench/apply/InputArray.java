package io.github.axoncl.bench.apply;

import io.github.axoncl.bench.npy.Block;
import io.github.axoncl.bench.npy.NpyType;
import java.io.IOException;
import java.nio.file.Path;

/** An array that a call reads. */
interface InputArray {
    /** What the call knows it by. */
    String name();

    /** The file it comes from. */
    Path source();

    NpyType type();

    ArrayShape shape();

    /** Reads some elements into the beginning of a block. */
    void read(long first, int count, Block block) throws IOException;
}
