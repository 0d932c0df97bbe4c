package io.github.axoncl.internal.cpu;

/**
 * Copies between rows, each of neighbours in one array, and rows side by side in another: element i of row j is number
 * i * step + j there. Floats go eight rows at a time, because each row by itself takes a loop of few elements. What lies more
 * regularly is a {@link Turning}'s.
 */
final class Strides {
    private static final int TOGETHER = 8;

    private Strides() {
    }

    /** Puts rows side by side.
     *
     * @param starts where the rows begin
     * @param rows   how many there are
     * @param toAt   where element 0 of row 0 goes
     * @param count  the elements of each row */
    static void spread(Object from, int[] starts, int rows, Object to, int toAt, int step, int count) {
        int j = 0;
        if (from instanceof float[] source) {
            for (; j + TOGETHER <= rows; j += TOGETHER) {
                spreadEight(source, starts, j, (float[]) to, toAt + j, step, count);
            }
        }
        for (; j < rows; j++) {
            spread(from, starts[j], to, toAt + j, step, count);
        }
    }

    private static void spreadEight(float[] from, int[] starts, int j, float[] to, int toAt, int step, int count) {
        int row0 = starts[j];
        int row1 = starts[j + 1];
        int row2 = starts[j + 2];
        int row3 = starts[j + 3];
        int row4 = starts[j + 4];
        int row5 = starts[j + 5];
        int row6 = starts[j + 6];
        int row7 = starts[j + 7];
        for (int i = 0, at = toAt; i < count; i++, at += step) {
            to[at] = from[row0 + i];
            to[at + 1] = from[row1 + i];
            to[at + 2] = from[row2 + i];
            to[at + 3] = from[row3 + i];
            to[at + 4] = from[row4 + i];
            to[at + 5] = from[row5 + i];
            to[at + 6] = from[row6 + i];
            to[at + 7] = from[row7 + i];
        }
    }

    private static void spread(Object from, int at, Object to, int toAt, int step, int count) {
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
    static void gather(Object from, int fromAt, int step, Object to, int[] starts, int rows, int count) {
        int j = 0;
        if (from instanceof float[] source) {
            for (; j + TOGETHER <= rows; j += TOGETHER) {
                gatherEight(source, fromAt + j, step, (float[]) to, starts, j, count);
            }
        }
        for (; j < rows; j++) {
            gather(from, fromAt + j, step, to, starts[j], count);
        }
    }

    private static void gatherEight(float[] from, int fromAt, int step, float[] to, int[] starts, int j, int count) {
        int row0 = starts[j];
        int row1 = starts[j + 1];
        int row2 = starts[j + 2];
        int row3 = starts[j + 3];
        int row4 = starts[j + 4];
        int row5 = starts[j + 5];
        int row6 = starts[j + 6];
        int row7 = starts[j + 7];
        for (int i = 0, at = fromAt; i < count; i++, at += step) {
            to[row0 + i] = from[at];
            to[row1 + i] = from[at + 1];
            to[row2 + i] = from[at + 2];
            to[row3 + i] = from[at + 3];
            to[row4 + i] = from[at + 4];
            to[row5 + i] = from[at + 5];
            to[row6 + i] = from[at + 6];
            to[row7 + i] = from[at + 7];
        }
    }

    private static void gather(Object from, int at, int step, Object to, int toAt, int count) {
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
