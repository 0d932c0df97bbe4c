package io.github.axoncl.contract;

import java.util.SplittableRandom;

/** Numbers that find mistakes: special values, kinks and their surroundings, all bit patterns, and sizes that occur in use. */
public final class Inputs {
    private static final float[] SPECIAL = {
        0f, -0f, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, -Float.MIN_VALUE,
        Float.MIN_NORMAL, -Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE, 0.5f, -0.5f, 2f, -2f, 0x1p-126f + 0x1p-149f,
        -0x1.fffffcp-127f, 0x1.fffffcp-127f, 1e-40f, -1e-40f, 0x1p-90f, -0x1p-90f, 0x1p-64f, -0x1p-64f, 0x1p-24f, -0x1p-24f,
        Float.intBitsToFloat(0x7F800001), Float.intBitsToFloat(0xFFC12345), 1e10f, -1e10f, 3f, -3f, 6f, -6f
    };
    /** Where formulas change their branch, underflow, saturate or have a zero; tested with their neighbours on both sides. */
    private static final float[] TURNS = {
        0x1p-75f, 0x1p-65f, 0x1p-60f, 0x1p-50f, 0x1p-43f, 0x1p-42f, 0x1p-30f, 0x1p-7f, 0.35f, 0.5f, 0.75116f, 0.75179160f,
        0.7525f, 0.785398f, 0.8f, 1f, 1.1924f, 1.2784645f, 1.5f, 1.5707963f, 2f, 2.3561945f, 3f, 3.1415927f, 4f, 6f,
        6.2831855f, 9.0109f, 9.345f, 9.51f, 10f, 10.19f, 10.5f, 11.5f, 12f, 14.2f, 14.8f, 15f, 16.6355f, 17.3287f, 20.1f,
        25f, 30f, 40f, 44.36f, 51.9f, 64f, 87.3365f, 88.3763f, 88.7228f, 103.279f, 103.9721f, 104f, 110f, 120f, 131f, 150f,
        187f, 193f, 0x1p12f, 0x1p26f, 0x1p30f, 0x1p31f, 0x1p40f, 0x1p42f, 0x1.965fe8p42f, 0x1p43f, 0x1p50f, 0x1p60f,
        0x1.279a74p63f, 0x1.8p63f, 0x1p64f, 0x1p76f, 0x1.f37c8ap95f, 0x1p100f, 0x1p127f
    };
    private static final int NEIGHBOURS = 24;

    private Inputs() {
    }

    /** A mixture, beginning with the special values; the same for the same arguments.
     *
     * @param length the number of values
     * @param seed   which mixture
     * @return the values */
    public static float[] mixed(int length, long seed) {
        float[] x = new float[length];
        SplittableRandom random = new SplittableRandom(seed);
        int rotation = (int) Math.floorMod(seed, (long) SPECIAL.length);
        for (int i = 0; i < length; i++) {
            if (i < SPECIAL.length) {
                x[i] = SPECIAL[(i + rotation) % SPECIAL.length];
            } else {
                x[i] = switch (i % 4) {
                    case 0 -> anyBits(i, seed);
                    case 1 -> sized(random);
                    case 2 -> (float) (6 * random.nextGaussian());
                    default -> besideTurn(random);
                };
            }
        }
        return x;
    }

    /** Like {@link #mixed} without NaN and infinities. */
    public static float[] finite(int length, long seed) {
        float[] x = mixed(length, seed);
        for (int i = 0; i < length; i++) {
            x[i] = Float.isFinite(x[i]) ? x[i] : 0.25f * (i % 16);
        }
        return x;
    }

    /** Numbers of ordinary size: no device rounds these differently.
     *
     * @param length the number of values
     * @param seed   which values
     * @return the values */
    public static float[] normal(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[length];
        for (int i = 0; i < length; i++) {
            x[i] = (float) (4 * random.nextGaussian());
        }
        return x;
    }

    /** Evenly over all 2^32 patterns, however many are taken: multiples of the golden ratio. */
    private static float anyBits(int i, long seed) {
        return Float.intBitsToFloat((int) (i * 0x9E3779B97F4A7C15L + seed * 0xD1B54A32D192ED03L >>> 32));
    }

    /** Any size from 2^-30 to 2^8, either sign. */
    private static float sized(SplittableRandom random) {
        double size = Math.scalb(1 + random.nextDouble(), random.nextInt(-30, 8));
        return (float) (random.nextBoolean() ? size : -size);
    }

    private static float besideTurn(SplittableRandom random) {
        float turn = TURNS[random.nextInt(TURNS.length)];
        float x = Float.intBitsToFloat(Float.floatToIntBits(turn) + random.nextInt(-NEIGHBOURS, NEIGHBOURS + 1));
        return random.nextBoolean() ? x : -x;
    }
}
