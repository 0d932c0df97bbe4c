package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.TestKernels;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

/** Every operation of the language in scalar and SIMD form, against Java's own arithmetic. */
class LoopFormsTest {
    private static final int LENGTH = 1_003;

    private static float[] inputs() {
        float[] edges = {0, -0.0f, 1, -1, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE,
            -Float.MIN_VALUE, Float.MAX_VALUE, 2, -2, 0.5f, 3, -3};
        Random random = new Random(7);
        float[] x = new float[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            x[i] = i < edges.length ? edges[i] : i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) random.nextGaussian();
        }
        return x;
    }

    private static float[] run(Loop loop, float[] x, float... parameters) {
        float[] y = new float[LENGTH];
        int done = loop.run(new Object[] {x, y}, new int[] {0, 0}, 0, LENGTH, parameters);
        return java.util.Arrays.copyOf(y, done);
    }

    private static LoopShape shape(String text, Parameter... parameters) {
        KernelDefinition definition = TestKernels.definition(text, parameters);
        return LoopShape.elementwise(Formulas.elementwise(KernelModule.of(definition), Operation.FORWARD), 1);
    }

    /** Both forms against the expected function. */
    private static void check(String body, DoubleUnaryOperator expected) {
        LoopShape shape = shape("float forward(float x) { " + body + " }");
        float[] x = inputs();
        float[] scalar = run(LoopClass.scalar(shape), x);
        assertThat(scalar).hasSize(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            assertSameBits(body, x[i], scalar[i], (float) expected.applyAsDouble(x[i]));
        }
        checkSimd(body, shape, x, scalar);
    }

    private static void checkSimd(String what, LoopShape shape, float[] x, float[] scalar, float... parameters) {
        assertThat(Simd.OBSTACLE).as("this test needs --add-modules jdk.incubator.vector and a processor with FMA").isNull();
        assertThat(VectorCode.obstacle(shape.line().values())).as(what).isNull();
        for (int vectors = 1; vectors <= 2; vectors++) {
            float[] simd = run(LoopClass.simd(shape, vectors), x, parameters);
            assertThat(simd.length).isGreaterThan(LENGTH - Simd.LANES).isLessThanOrEqualTo(LENGTH);
            for (int i = 0; i < simd.length; i++) {
                assertSameBits(what, x[i], simd[i], scalar[i]);
            }
        }
    }

    private static void assertSameBits(String what, float x, float got, float expected) {
        if (Float.floatToIntBits(got) != Float.floatToIntBits(expected)) {
            throw new AssertionError(what + " at " + x + " (" + Integer.toHexString(Float.floatToRawIntBits(x)) + "): "
                    + got + ", expected " + expected);
        }
    }

    private static int bits(double x) {
        return Float.floatToRawIntBits((float) x);
    }

    private static double real(int bits) {
        return Float.intBitsToFloat(bits);
    }

    @Test
    void arithmetic() {
        check("return x + 1.5f;", x -> (float) x + 1.5f);
        check("return 1.5f - x;", x -> 1.5f - (float) x);
        check("return x * x;", x -> (float) x * (float) x);
        check("return fma(x, x, -x);", x -> Math.fma((float) x, (float) x, -(float) x));
        check("return reciprocal(x);", x -> 1.0f / (float) x);
        check("return -x;", x -> -(float) x);
    }

    @Test
    void comparisonsAndSelects() {
        check("return x < 0.5f ? 1.0f : x;", x -> (float) x < 0.5f ? 1.0f : x);
        check("return x <= 0.5f ? 1.0f : x;", x -> (float) x <= 0.5f ? 1.0f : x);
        check("return x > 0.5f ? 1.0f : x;", x -> (float) x > 0.5f ? 1.0f : x);
        check("return x >= 0.5f ? 1.0f : x;", x -> (float) x >= 0.5f ? 1.0f : x);
        check("return x == 0.5f ? 1.0f : x;", x -> (float) x == 0.5f ? 1.0f : x);
        check("return x != x ? 7.0f : x;", x -> x != x ? 7.0f : x);
        check("return x < 1.0f && x > -1.0f ? 1.0f : 2.0f;", x -> x < 1 && x > -1 ? 1 : 2);
        check("return x < -1.0f || x > 1.0f ? 1.0f : 2.0f;", x -> x < -1 || x > 1 ? 1 : 2);
        check("return !(x < 1.0f) ? 1.0f : 2.0f;", x -> !(x < 1) ? 1 : 2);
        check("return !(x < 1.0f || !(x > -1.0f) && x == x) ? 1.0f : 2.0f;", x -> !(x < 1 || !(x > -1) && x == x) ? 1 : 2);
        check("bool b = x < 0.0f ? x > -1.0f : x < 1.0f; return b ? 1.0f : 2.0f;", x -> (x < 0 ? x > -1 : x < 1) ? 1 : 2);
        check("return (x < 0.0f) == (x > -1.0f) ? 1.0f : 2.0f;", x -> (x < 0) == (x > -1) ? 1 : 2);
        check("return (x < 0.0f) != (x > -1.0f) ? 1.0f : 2.0f;", x -> (x < 0) != (x > -1) ? 1 : 2);
    }

    /** Where a select may become Math.max or Math.min, and where it must not, the signs of zeros tell. */
    @Test
    void extremes() {
        for (String c : new String[] {"0.0f", "-0.0f", "1.0f", "-2.0f"}) {
            float value = Float.parseFloat(c);
            check("return x < " + c + " ? " + c + " : x;", x -> (float) x < value ? value : x);
            check("return x <= " + c + " ? " + c + " : x;", x -> (float) x <= value ? value : x);
            check("return x > " + c + " ? " + c + " : x;", x -> (float) x > value ? value : x);
            check("return x >= " + c + " ? " + c + " : x;", x -> (float) x >= value ? value : x);
        }
    }

    @Test
    void integers() {
        check("return as_float(as_uint(x) + 12345u);", x -> real(bits(x) + 12345));
        check("return as_float(as_uint(x) - 0x7FFFFFFFu);", x -> real(bits(x) - 0x7FFFFFFF));
        check("return as_float(as_uint(x) * 2654435761u);", x -> real(bits(x) * (int) 2654435761L));
        check("return as_float(as_uint(x) & 0xFFFF0000u);", x -> real(bits(x) & 0xFFFF0000));
        check("return as_float(as_uint(x) | 0x00FF00FFu);", x -> real(bits(x) | 0x00FF00FF));
        check("return as_float(as_uint(x) ^ 0x80000001u);", x -> real(bits(x) ^ 0x80000001));
        check("return as_float(~as_uint(x));", x -> real(~bits(x)));
        check("return as_float(as_uint(x) << 3);", x -> real(bits(x) << 3));
        check("return as_float(as_uint(x) >> 3);", x -> real(bits(x) >>> 3));
        check("return as_float(as_int(x) >> 3);", x -> real(bits(x) >> 3));
        check("return as_float(1u << (as_uint(x) & 31u));", x -> real(1 << (bits(x) & 31)));
        check("return as_float(-as_int(x));", x -> real(-bits(x)));
        check("return as_int(x) < 100000 ? 1.0f : 2.0f;", x -> bits(x) < 100000 ? 1 : 2);
        check("return as_uint(x) < 0x80000001u ? 1.0f : 2.0f;", x -> Integer.compareUnsigned(bits(x), 0x80000001) < 0 ? 1 : 2);
        check("return as_uint(x) <= 0x80000000u ? 1.0f : 2.0f;", x -> Integer.compareUnsigned(bits(x), 0x80000000) <= 0 ? 1 : 2);
        check("return as_uint(x) == 0u ? 1.0f : 2.0f;", x -> bits(x) == 0 ? 1 : 2);
        check("uint u = x < 0.0f ? as_uint(x) : 5u; return as_float(u);", x -> x < 0 ? x : real(5));
        check("return (float)(as_int(x) >> 8);", x -> (float) (bits(x) >> 8));
    }

    /** Wide types and high products have a scalar form only, for now. */
    @Test
    void scalarOnly() {
        LoopShape high = shape("float forward(float x) { return as_float(mul_hi(as_uint(x), 0xD2511F53u)); }");
        assertThat(VectorCode.obstacle(high.line().values())).contains("MULTIPLY_HIGH");
        LoopShape wide = shape("float forward(float x) { double d = (double)x; return (float)fma(d, d, -d * 0.25 + 1.0); }");
        LoopShape longs = shape("float forward(float x) { ulong u = (ulong)as_uint(x); u = u * 0x9E3779B97F4A7C15ul; "
                + "return (u >> 32) > 0x7FFFFFFFul ? 1.0f : as_float((uint)u); }");
        float[] x = inputs();
        float[] gotHigh = run(LoopClass.scalar(high), x);
        float[] gotWide = run(LoopClass.scalar(wide), x);
        float[] gotLongs = run(LoopClass.scalar(longs), x);
        for (int i = 0; i < LENGTH; i++) {
            long unsigned = Integer.toUnsignedLong(bits(x[i]));
            assertSameBits("mul_hi", x[i], gotHigh[i], (float) real((int) (unsigned * 0xD2511F53L >>> 32)));
            double d = x[i];
            assertSameBits("double", x[i], gotWide[i], (float) Math.fma(d, d, -d * 0.25 + 1.0));
            long u = unsigned * 0x9E3779B97F4A7C15L;
            assertSameBits("ulong", x[i], gotLongs[i], (u >>> 32) > 0x7FFFFFFFL ? 1 : (float) real((int) u));
        }
    }

    @Test
    void structsAndReassignment() {
        check("pair p = two_sum(x, 1.0f); p.lo = p.lo + p.hi; pair q = x < 0.0f ? p : pair_of(x, x); return q.lo;", x -> {
            float a = (float) x;
            float s = a + 1.0f;
            float t = s - a;
            float lo = (a - (s - t)) + (1.0f - t);
            return a < 0 ? lo + s : a;
        });
    }

    @ParameterizedTest
    @ValueSource(floats = {0.0f, 1.0f, -3.5f, 1e30f})
    void parametersAndWhatDependsOnThemAlone(float beta) {
        LoopShape shape = shape("float forward(float x, float beta) { float r = reciprocal(beta); bool negative = beta < 0.0f; "
                + "uint sign = as_uint(beta) & 0x80000000u; "
                + "return as_float(as_uint(negative ? -x * r : x * r) ^ sign); }", new Parameter("beta", 1, -1e38, 1e38, 0));
        float[] x = inputs();
        float[] scalar = run(LoopClass.scalar(shape), x, beta);
        for (int i = 0; i < LENGTH; i++) {
            float r = 1.0f / beta;
            float v = beta < 0 ? -x[i] * r : x[i] * r;
            assertSameBits("beta " + beta, x[i], scalar[i],
                    Float.intBitsToFloat(Float.floatToRawIntBits(v) ^ Float.floatToRawIntBits(beta) & 0x80000000));
        }
        checkSimd("beta " + beta, shape, x, scalar, beta);
    }

    @Test
    void constantResult() {
        check("return 3.0f;", x -> 3.0f);
    }

    @Test
    void inPlace() {
        LoopShape shape = shape("float forward(float x) { return x * 2.0f; }");
        float[] x = inputs();
        float[] expected = run(LoopClass.scalar(shape), x);
        LoopClass.scalar(shape).run(new Object[] {x, x}, new int[] {0, 0}, 0, LENGTH, new float[0]);
        for (int i = 0; i < LENGTH; i++) {
            assertSameBits("in place", i, x[i], expected[i]);
        }
    }
}
