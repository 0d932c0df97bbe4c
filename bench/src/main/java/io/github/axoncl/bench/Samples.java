package io.github.axoncl.bench;

import java.util.SplittableRandom;

/** Makes the inputs of a verification: always the same for the same length. */
final class Samples {
    private static final float[] SPECIAL = {0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, 0x1.fffffcp-127f,
        -0x1.fffffcp-127f, Float.MIN_NORMAL, -Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY, Float.NaN, 88.72284f, -87.33655f, -103.97208f, 17.32868f, 14.8f, -14.8f, -1.2784645f,
        -0.75179225f, 0.5f, -0.5f, 9.010913f};

    private Samples() {
    }

    /** A third over all bit patterns, a third even in [-20, 20], a third of small and middle magnitudes; special values first. */
    static float[] inputs(int length) {
        SplittableRandom random = new SplittableRandom(1);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = i < SPECIAL.length ? SPECIAL[i] : switch (i % 3) {
                case 0 -> Float.intBitsToFloat(random.nextInt());
                case 1 -> (float) ((random.nextDouble() - 0.5) * 40);
                default -> magnitude(random, -30, 8);
            };
        }
        return x;
    }

    /** Gradients of middle magnitudes; zeros, infinities and NaN now and then. */
    static float[] gradients(int length) {
        SplittableRandom random = new SplittableRandom(2);
        float[] dy = new float[length];
        for (int i = 0; i < length; i++) {
            dy[i] = random.nextInt(64) == 0 ? SPECIAL[random.nextInt(SPECIAL.length)] : magnitude(random, -12, 12);
        }
        return dy;
    }

    /** Rows that differ in their spread, from almost equal elements to only a few that count; some rows hold a special value. */
    static float[] rows(int length, int columns) {
        SplittableRandom random = new SplittableRandom(3);
        float[] x = new float[length];
        for (int begin = 0; begin < length; begin += columns) {
            double spread = Math.scalb(1.0, random.nextInt(-4, 8));
            double centre = (random.nextDouble() - 0.5) * 200;
            for (int i = begin; i < Math.min(begin + columns, length); i++) {
                x[i] = (float) (centre + (random.nextDouble() - 0.5) * spread);
            }
            if (random.nextInt(32) == 0) {
                x[begin + random.nextInt(Math.min(columns, length - begin))] = SPECIAL[random.nextInt(SPECIAL.length)];
            }
        }
        return x;
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

    private static float magnitude(SplittableRandom random, int low, int high) {
        double value = Math.scalb(1 + random.nextDouble(), random.nextInt(low, high));
        return (float) (random.nextBoolean() ? value : -value);
    }
}
