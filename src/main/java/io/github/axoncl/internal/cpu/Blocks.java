package io.github.axoncl.internal.cpu;

import io.github.axoncl.DType;
import io.github.axoncl.Spare;
import io.github.axoncl.internal.memory.HostMemory;

import java.util.EnumMap;
import java.util.Map;

/** Keeps the small arrays through which elements pass that do not lie in arrays one behind the other. */
final class Blocks {
    /** Elements of a block: little enough that the blocks of a call stay in the first-level cache. */
    static final int LENGTH = 4096;
    private static final int PER_THREAD = 4;

    private final Map<DType, Spare<Object>> kept = new EnumMap<>(DType.class);

    Blocks(int threads) {
        for (DType type : DType.values()) {
            kept.put(type, new Spare<>(PER_THREAD * threads));
        }
    }

    /** An array of {@link #LENGTH} elements, with anything in it. */
    Object take(DType type) {
        Object known = kept.get(type).take();
        return known == null ? HostMemory.newArray(type, LENGTH) : known;
    }

    void give(DType type, Object block) {
        kept.get(type).give(block);
    }
}
