package io.github.axoncl.internal.cpu;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The fused multiply-add for processors that have none gives the bits of {@link Math#fma}. */
class FmaTest {

    private static void check(float a, float b, float c) {
        float expected = Math.fma(a, b, c);
        assertThat(Float.floatToIntBits(Fma.fma(a, b, c))).as("fma(%s, %s, %s)", Float.toHexString(a), Float.toHexString(b),
                Float.toHexString(c)).isEqualTo(Float.floatToIntBits(expected));
    }

    private static int difference(float a, float b, float c) {
        return Float.floatToIntBits(Fma.fma(a, b, c)) == Float.floatToIntBits(Math.fma(a, b, c)) ? 0 : 1;
    }

    @Test
    void allBitPatterns() {
        Random random = new Random(1);
        int different = 0;
        for (int i = 0; i < 3_000_000; i++) {
            different += difference(Float.intBitsToFloat(random.nextInt()), Float.intBitsToFloat(random.nextInt()),
                    Float.intBitsToFloat(random.nextInt()));
        }
        assertThat(different).isZero();
    }

    /** Sums near the middle between two floats, where a second rounding would show. */
    @Test
    void nearTheMiddle() {
        Random random = new Random(2);
        int different = 0;
        int twiceRounded = 0;
        for (int i = 0; i < 3_000_000; i++) {
            float a = 1 + random.nextInt(1 << 23) * 0x1p-23f;
            float b = 1 + random.nextInt(1 << 12) * 0x1p-12f;
            float c = Math.scalb(1 + random.nextInt(1 << 23) * 0x1p-23f, random.nextInt(110) - 80)
                    * (random.nextBoolean() ? 1 : -1);
            different += difference(a, b, c);
            twiceRounded += (float) ((double) a * b + c) == Math.fma(a, b, c) ? 0 : 1;
        }
        assertThat(different).isZero();
        assertThat(twiceRounded).as("cases in which rounding twice is wrong: the test is about these").isPositive();
    }

    @Test
    void subnormalResults() {
        Random random = new Random(3);
        int different = 0;
        for (int i = 0; i < 1_000_000; i++) {
            float a = Float.intBitsToFloat(0x1F000000 + random.nextInt(0x01000000));
            float b = Float.intBitsToFloat(0x1F000000 + random.nextInt(0x01000000));
            float c = Float.intBitsToFloat(random.nextInt(0x00800000) | random.nextInt() & 0x80000000);
            different += difference(a, b, c);
        }
        assertThat(different).isZero();
    }

    @Test
    void edges() {
        float[] edges = {0, -0.0f, 1, -1, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE,
            -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 0x1.fffffep-1f, 0x1.000002p0f,
            0x1p-75f};
        for (float a : edges) {
            for (float b : edges) {
                for (float c : edges) {
                    check(a, b, c);
                }
            }
        }
    }

    @Test
    void mathFmaIsTheReference() {
        BigDecimal exact = new BigDecimal(0x1.000002p0f).multiply(new BigDecimal(0x1.000002p0f)).add(new BigDecimal(-1f));
        assertThat(Math.fma(0x1.000002p0f, 0x1.000002p0f, -1f)).isEqualTo(exact.floatValue());
    }
}
