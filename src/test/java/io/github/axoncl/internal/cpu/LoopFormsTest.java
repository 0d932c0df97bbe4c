package io.github.axoncl.internal.cpu;

import io.github.axoncl.DType;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;
import io.github.axoncl.TestKernels;
import io.github.axoncl.internal.kernel.Formulas;
import io.github.axoncl.internal.kernel.KernelModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
            x[i] = i < edges.length ? edges[i] : i % 2 == 0 ? Float.intBitsToFloat(random.nextInt())
                    : (float) random.nextGaussian();
        }
        return x;
    }

    private static float[] run(Loop loop, float[] x, double... parameters) {
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

    private static void checkSimd(String what, LoopShape shape, float[] x, float[] scalar, double... parameters) {
        assertThat(Simd.obstacle()).as("this test needs --add-modules jdk.incubator.vector and a processor with FMA").isNull();
        assertThat(VectorCode.obstacle(shape)).as(what).isNull();
        for (int vectors = 1; vectors <= 2; vectors++) {
            float[] simd = run(LoopClass.simd(shape, vectors), x, parameters);
            assertThat(simd.length).isGreaterThan(LENGTH - Simd.lanes()).isLessThanOrEqualTo(LENGTH);
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
        check("return as_uint(x) <= 0x80000000u ? 1.0f : 2.0f;",
                x -> Integer.compareUnsigned(bits(x), 0x80000000) <= 0 ? 1 : 2);
        check("return as_uint(x) == 0u ? 1.0f : 2.0f;", x -> bits(x) == 0 ? 1 : 2);
        check("uint u = x < 0.0f ? as_uint(x) : 5u; return as_float(u);", x -> x < 0 ? x : real(5));
        check("return (float)(as_int(x) >> 8);", x -> (float) (bits(x) >> 8));
    }

    @Test
    void highProducts() {
        check("return as_float(mul_hi(as_uint(x), 0xD2511F53u));",
                x -> real((int) (Integer.toUnsignedLong(bits(x)) * 0xD2511F53L >>> 32)));
        check("return as_float(mul_hi(as_uint(x), as_uint(x)));",
                x -> real((int) (Integer.toUnsignedLong(bits(x)) * Integer.toUnsignedLong(bits(x)) >>> 32)));
    }

    /** All 64-bit operations have a SIMD form where all values have 64 bits. */
    @Test
    void doubles() {
        String text = "double forward64(double x, double a) { ulong u = as_ulong(x); "
                + "ulong h = mul_hi(u, 0x9E3779B97F4A7C15ul); ulong g = u * 0x9E3779B97F4A7C15ul; "
                + "double d = as_double((u & 0x800FFFFFFFFFFFFFul) | 0x3FE0000000000000ul); "
                + "double e = (double)(as_long(h) >> 20) * a; double r = reciprocal(d); "
                + "double v = h < g ? fma(d, r, -e) : x <= 0.0f ? -x : r - e; "
                + "return as_double(as_ulong(v) ^ (g >> 63u << 63u)); }"
                + " float forward(float x, float a) { return x; }";
        KernelDefinition definition = TestKernels.definition(text, new Parameter("a", 1, -9, 9, 0));
        LoopShape shape = LoopShape.elementwise(Formulas.elementwise(
                KernelModule.of(definition, io.github.axoncl.internal.kernel.Type.Scalar.DOUBLE), Operation.FORWARD,
                Precision.ACCURATE, DType.FLOAT64), 1);
        assertThat(VectorCode.obstacle(shape)).isNull();
        Random random = new Random(8);
        double[] x = random.doubles(LENGTH).map(v -> Double.longBitsToDouble(random.nextLong())).toArray();
        double[] scalar = new double[LENGTH];
        assertThat(LoopClass.scalar(shape).run(new Object[] {x, scalar}, new int[2], 0, LENGTH, new double[] {0.3}))
                .isEqualTo(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            assertThat(Double.doubleToLongBits(scalar[i])).as("x = %s", x[i])
                    .isEqualTo(Double.doubleToLongBits(expected(x[i], 0.3)));
        }
        for (int vectors = 1; vectors <= 2; vectors++) {
            double[] simd = new double[LENGTH];
            int done = LoopClass.simd(shape, vectors).run(new Object[] {x, simd}, new int[2], 0, LENGTH, new double[] {0.3});
            assertThat(done).isGreaterThan(LENGTH - 2 * shape.simdLanes());
            for (int i = 0; i < done; i++) {
                assertThat(Double.doubleToLongBits(simd[i])).as("x = %s", x[i]).isEqualTo(Double.doubleToLongBits(scalar[i]));
            }
        }
    }

    private static double expected(double x, double a) {
        long u = Double.doubleToRawLongBits(x);
        long h = java.math.BigInteger.valueOf(u).and(new java.math.BigInteger("FFFFFFFFFFFFFFFF", 16))
                .multiply(new java.math.BigInteger("9E3779B97F4A7C15", 16)).shiftRight(64).longValue();
        long g = u * 0x9E3779B97F4A7C15L;
        double d = Double.longBitsToDouble(u & 0x800FFFFFFFFFFFFFL | 0x3FE0000000000000L);
        double e = (double) (h >> 20) * a;
        double r = 1 / d;
        double v = Long.compareUnsigned(h, g) < 0 ? Math.fma(d, r, -e) : x <= 0 ? -x : r - e;
        return Double.longBitsToDouble(Double.doubleToRawLongBits(v) ^ g >>> 63 << 63);
    }

    /** Every element of the types for storage: through the identity it is itself, NaN becomes the one NaN. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT16", "BFLOAT16"})
    void storage(DType type) {
        KernelDefinition definition = TestKernels.definition("float forward(float x) { return x; }");
        LoopShape shape = LoopShape.elementwise(Formulas.elementwise(KernelModule.of(definition), Operation.FORWARD,
                Precision.ACCURATE, type), 1);
        assertThat(VectorCode.obstacle(shape)).isNull();
        short[] x = new short[1 << 16];
        for (int i = 0; i < x.length; i++) {
            x[i] = (short) i;
        }
        int infinity = type == DType.FLOAT16 ? 0x7C00 : 0x7F80;
        for (int vectors = 0; vectors <= 2; vectors++) {
            Loop loop = vectors == 0 ? LoopClass.scalar(shape) : LoopClass.simd(shape, vectors);
            short[] y = new short[x.length];
            int done = loop.run(new Object[] {x, y}, new int[2], 0, x.length, new double[0]);
            assertThat(done).isEqualTo(x.length);
            for (int i = 0; i < done; i++) {
                int bits = y[i] & 0xFFFF;
                boolean nan = (i & 0x7FFF) > infinity;
                assertThat(nan ? (bits & 0x7FFF) > infinity : bits == i).as("%x gives %x", i, bits).isTrue();
            }
        }
    }

    /** Lines of both widths have a scalar form only. */
    @Test
    void scalarOnly() {
        LoopShape wide = shape("float forward(float x) { double d = (double)x; return (float)fma(d, d, -d * 0.25 + 1.0); }");
        LoopShape longs = shape("float forward(float x) { ulong u = (ulong)as_uint(x); u = u * 0x9E3779B97F4A7C15ul; "
                + "return (u >> 32) > 0x7FFFFFFFul ? 1.0f : as_float((uint)u); }");
        float[] x = inputs();
        assertThat(VectorCode.obstacle(wide)).contains("no SIMD form");
        float[] gotWide = run(LoopClass.scalar(wide), x);
        float[] gotLongs = run(LoopClass.scalar(longs), x);
        for (int i = 0; i < LENGTH; i++) {
            long unsigned = Integer.toUnsignedLong(bits(x[i]));
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
        LoopClass.scalar(shape).run(new Object[] {x, x}, new int[] {0, 0}, 0, LENGTH, new double[0]);
        for (int i = 0; i < LENGTH; i++) {
            assertSameBits("in place", i, x[i], expected[i]);
        }
    }
}
