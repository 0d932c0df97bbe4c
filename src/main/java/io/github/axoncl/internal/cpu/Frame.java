package io.github.axoncl.internal.cpu;

/** What a thread's loops work on, by the numbers of their names. Not shared. */
final class Frame {
    final Object[] arrays;
    final int[] offsets;
    final double[] uniforms;

    Frame(int names) {
        arrays = new Object[names];
        offsets = new int[names];
        uniforms = new double[names];
    }

    void put(int name, Object array, int offset) {
        arrays[name] = array;
        offsets[name] = offset;
    }
}
