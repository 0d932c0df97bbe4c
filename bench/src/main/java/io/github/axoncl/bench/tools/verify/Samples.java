package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Parameter;
import io.github.axoncl.Rows;
import java.util.SplittableRandom;

/** Makes the inputs of a verification: always the same for the same length. */
final class Samples {
    private static final float[] SPECIAL = {0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, 0x1.fffffcp-127f,
        -0x1.fffffcp-127f, Float.MIN_NORMAL, -Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY, Float.NaN, 88.72284f, -87.33655f, -103.97208f, 17.32868f, 14.8f, -14.8f, -1.2784645f,
        -0.75179225f, 0.5f, -0.5f, 9.010913f};

    private Samples() {
    }

    /** A third over all bit patterns, a third even in [-20, 20], a third of small and middle magnitudes; special values
     * first. */
    static float[] inputs(int length) {
        return inputs(length, 1);
    }

    /** The same, others for every seed; the special values rotated by it, so that they meet others than themselves. */
    static float[] inputs(int length, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = i < SPECIAL.length ? SPECIAL[(i + seed - 1) % SPECIAL.length] : switch (i % 3) {
                case 0 -> Float.intBitsToFloat(random.nextInt());
                case 1 -> (float) ((random.nextDouble() - 0.5) * 40);
                default -> magnitude(random, -30, 8);
            };
        }
        return x;
    }

    /** Gradients of middle magnitudes; zeros, infinities and NaN now and then. */
    static float[] gradients(int length) {
        return gradients(length, 2);
    }

    static float[] gradients(int length, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] dy = new float[length];
        for (int i = 0; i < length; i++) {
            dy[i] = random.nextInt(64) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : magnitude(random, -12, 12);
        }
        return dy;
    }

    /** Rows that differ in their spread, from almost equal elements to only a few that count; some rows hold a special
     * value. */
    static float[] rows(Rows rows) {
        return rows(rows, true);
    }

    /** Rows that differ in their spread, with a special value here and there or without. */
    static float[] rows(Rows rows, boolean special) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[(int) rows.length()];
        int columns = (int) rows.axis();
        for (int row = 0; row < rows.outer() * rows.inner(); row++) {
            double spread = Math.scalb(1.0, random.nextInt(-4, 8));
            double centre = (random.nextDouble() - 0.5) * 200;
            for (int k = 0; k < columns; k++) {
                x[at(rows, row, k)] = (float) (centre + (random.nextDouble() - 0.5) * spread);
            }
            if (special && random.nextInt(32) == 0) {
                x[at(rows, row, random.nextInt(columns))] = SPECIAL[random.nextInt(SPECIAL.length)];
            }
        }
        return x;
    }

    /** Where an element of a row lies; rows are counted as their outputs are. */
    static int at(Rows rows, int row, int column) {
        long inner = rows.inner();
        return (int) ((row / inner * rows.axis() + column) * inner + row % inner);
    }

    /** The elements of one row. */
    static float[] row(float[] all, Rows rows, int row) {
        float[] elements = new float[(int) rows.axis()];
        for (int k = 0; k < elements.length; k++) {
            elements[k] = all[at(rows, row, k)];
        }
        return elements;
    }

    /** Finite gradients. */
    static float[] finite(int length) {
        SplittableRandom random = new SplittableRandom(4);
        float[] dy = new float[length];
        for (int i = 0; i < length; i++) {
            dy[i] = magnitude(random, -12, 12);
        }
        return dy;
    }

    /** Numbers of ordinary size, which no device flushes. */
    static float[] normal(int length, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) (2 * random.nextGaussian());
        }
        return x;
    }

    /** Numbers in (0, 1); zeros and ones here and there. */
    static float[] probabilities(int length, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] p = new float[length];
        for (int i = 0; i < length; i++) {
            p[i] = i % 7 == 3 ? 0 : i % 11 == 5 ? 1 : (random.nextInt(1 << 24) + 0.5f) * 0x1p-24f;
        }
        return p;
    }

    /** A shape of about as many elements, but of at least so many outer indexes. */
    static Rows shape(int samples, int columns, int inner, int outerAtLeast) {
        int outer = Math.max(1, samples / (columns * inner) / outerAtLeast) * outerAtLeast;
        return new Rows(outer, columns, inner);
    }

    /** For each parameter a legal value that is not the default. */
    static double[] otherArguments(KernelDefinition definition) {
        return definition.parameters().stream().mapToDouble(Samples::other).toArray();
    }

    private static double other(Parameter parameter) {
        double value = parameter.defaultValue();
        double other = Double.isInfinite(value) ? Math.copySign(2, value) : value == 0 ? 0.3 : 1.7 * value;
        return Math.max(parameter.min(), Math.min(parameter.max(), other));
    }

    private static float magnitude(SplittableRandom random, int low, int high) {
        double value = Math.scalb(1 + random.nextDouble(), random.nextInt(low, high));
        return (float) (random.nextBoolean() ? value : -value);
    }
}
