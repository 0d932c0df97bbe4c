package io.github.axoncl.bench.measure.compare;

import java.util.Random;
import java.util.SplittableRandom;

/** The inputs of everybody: always the same for the same subject. */
final class Inputs {
    /** The timed inputs repeat so many normally distributed numbers: far more than a branch predictor learns. */
    private static final int DIFFERENT = 1 << 16;
    private static final double SIGMA = 2;
    private static final double NEAR = 20;
    /** Odd, so that all bits of the patterns change. */
    private static final int STRIDE = 4099;
    private static final int NEAR_COUNT = 1 << 18;
    private static final int ROWS = 256;

    private Inputs() {
    }

    /** Normally distributed, for timing. */
    static float[] normal(int length, long seed) {
        Random random = new Random(seed);
        float[] few = new float[Math.min(length, DIFFERENT)];
        for (int i = 0; i < few.length; i++) {
            few[i] = (float) (SIGMA * random.nextGaussian());
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i += few.length) {
            System.arraycopy(few, 0, values, i, Math.min(few.length, length - i));
        }
        return values;
    }

    /** For accuracy: finite numbers of all magnitudes and, densely, those in [-20, 20]; or rows from nearly equal elements to
     * a few that count.
     *
     * @param share of how many of the inputs one is taken */
    static float[] wide(Subject subject, int share) {
        return subject.columns() > 1 ? rows(Math.max(4, ROWS / share), subject.columns()) : all(share);
    }

    private static float[] all(int share) {
        int near = NEAR_COUNT / share;
        long stride = (long) STRIDE * share;
        float[] values = new float[(int) ((1L << 32) / stride) + 1 + near];
        int count = 0;
        for (long pattern = 0; pattern < 1L << 32; pattern += stride) {
            float x = Float.intBitsToFloat((int) pattern);
            values[count++] = Float.isFinite(x) ? x : 0;
        }
        for (int i = 0; i < near; i++) {
            values[count++] = (float) ((i + 0.5) / near * 2 * NEAR - NEAR);
        }
        return values;
    }

    private static float[] rows(int rows, int columns) {
        SplittableRandom random = new SplittableRandom(3);
        float[] values = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            double spread = Math.scalb(1.0, random.nextInt(-4, 8));
            double centre = (random.nextDouble() - 0.5) * NEAR;
            for (int k = 0; k < columns; k++) {
                values[row * columns + k] = (float) (centre + (random.nextDouble() - 0.5) * spread);
            }
        }
        return values;
    }

    /** Whether an input lies where activations usually work. */
    static boolean isNear(float x) {
        return Math.abs(x) <= NEAR;
    }

    /** Gradients for accuracy: 1, so that the derivative itself is judged; others where all of a row would give 0. */
    static float[] gradients(Subject subject, int length) {
        float[] dy = new float[length];
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < length; i++) {
            dy[i] = subject.columns() > 1 ? (float) (random.nextDouble() * 2 - 1) : 1;
        }
        return dy;
    }
}
