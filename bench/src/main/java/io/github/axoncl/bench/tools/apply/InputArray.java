package io.github.axoncl.bench.tools.apply;

import io.github.axoncl.bench.tools.npy.Block;
import io.github.axoncl.bench.tools.npy.NpyInput;
import io.github.axoncl.bench.tools.npy.NpyType;
import java.io.IOException;

/** An array that a call reads. */
interface InputArray {
    /** What the call knows it by. */
    String name();

    /** Where it comes from. */
    NpyInput file();

    ArrayShape shape();

    default NpyType type() {
        return file().header().type();
    }

    /** Reads some elements into the beginning of a block. */
    void read(long first, int count, Block block) throws IOException;
}
