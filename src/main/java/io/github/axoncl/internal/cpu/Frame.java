package io.github.axoncl.internal.cpu;

import java.util.Arrays;

/** What a thread's loops work on, by the numbers of their names. Not shared. */
final class Frame {
    final Object[] arrays;
    final int[] offsets;
    final double[] uniforms;
    /** How many rows lie side by side, a power of two. */
    int beside = 1;
    /** What a loop is handed: the same in its own order. */
    final Object[] handedArrays;
    final int[] handedOffsets;
    final double[] handedUniforms;

    Frame(int names) {
        arrays = new Object[names];
        offsets = new int[names];
        uniforms = new double[names];
        handedArrays = new Object[names];
        handedOffsets = new int[names];
        handedUniforms = new double[names];
    }

    /** Lets the arrays of some names go. */
    void forget(int... names) {
        for (int name : names) {
            arrays[name] = null;
        }
        Arrays.fill(handedArrays, null);
    }

    void put(int name, Object array, int offset) {
        arrays[name] = array;
        offsets[name] = offset;
    }
}
