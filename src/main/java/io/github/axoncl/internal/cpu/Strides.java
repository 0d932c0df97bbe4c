package io.github.axoncl.internal.cpu;

/** Copies between neighbours in one array and elements that are some way apart in another, of the same type. */
final class Strides {
    private Strides() {
    }

    /** Spreads neighbours. */
    static void spread(Object from, int at, Object to, int toAt, int step, int count) {
        if (from instanceof float[] source) {
            float[] target = (float[]) to;
            for (int i = 0; i < count; i++) {
                target[toAt + i * step] = source[at + i];
            }
        } else if (from instanceof int[] source) {
            int[] target = (int[]) to;
            for (int i = 0; i < count; i++) {
                target[toAt + i * step] = source[at + i];
            }
        } else if (from instanceof byte[] source) {
            byte[] target = (byte[]) to;
            for (int i = 0; i < count; i++) {
                target[toAt + i * step] = source[at + i];
            }
        } else {
            throw new IllegalArgumentException("rows are of float, int or byte, not " + from.getClass().getSimpleName());
        }
    }

    /** The inverse of {@link #spread}. */
    static void gather(Object from, int at, int step, Object to, int toAt, int count) {
        if (from instanceof float[] source) {
            float[] target = (float[]) to;
            for (int i = 0; i < count; i++) {
                target[toAt + i] = source[at + i * step];
            }
        } else if (from instanceof int[] source) {
            int[] target = (int[]) to;
            for (int i = 0; i < count; i++) {
                target[toAt + i] = source[at + i * step];
            }
        } else if (from instanceof byte[] source) {
            byte[] target = (byte[]) to;
            for (int i = 0; i < count; i++) {
                target[toAt + i] = source[at + i * step];
            }
        } else {
            throw new IllegalArgumentException("rows are of float, int or byte, not " + from.getClass().getSimpleName());
        }
    }
}
