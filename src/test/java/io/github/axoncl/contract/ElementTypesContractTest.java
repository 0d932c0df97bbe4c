package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.oracle.FlushRule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Elements of other types than float32: the reference's bits on every backend, in every kind of memory. */
@Tag("bits")
class ElementTypesContractTest extends BackendContract {
    private static final int DOUBLES = KIND == BackendUnderTest.OCLGRIND ? 301 : 3_001;
    /** Where double functions change their form, underflow, overflow or have a root. */
    private static final double[] TURNS = {
        0.5, 1, 1.2784645427610738, 2, 3, 4, 6, 9.01, 19.06, 20, 22, 37, 38.5, 39, 45, 64, 354, 355, 372.5, 708.39, 709.78,
        744.44, 745.13, 750, 0x1p27, 0x1p53, 0x1p60, 0x1p500, 0x1p510, 0x1p512, 0x1p1000
    };
    private static final double[] X = doubles(DOUBLES, 5);
    private static final double[] DY = doubles(DOUBLES, 6);
    /** Conversion does not depend on the function, so a few serve where every program is slow to build. */
    private static final Activation[] SOME = {Activation.IDENTITY, Activation.GELU, Activation.LEAKY_RELU, Activation.TANH};

    /** Every function with its default parameters, and with other ones where a form of our own could mistake them. */
    static Stream<FunctionCase> inDouble() {
        Stream<FunctionCase> all = KIND == BackendUnderTest.CPU_SIMD ? FunctionCase.all() : FunctionCase.withDefaults();
        return all.filter(c -> c.function().precision() == io.github.axoncl.Precision.ACCURATE);
    }

    static Stream<FunctionCase> inStorage() {
        boolean quick = KIND.isCpu() && !KIND.isWithoutOpenCl();
        return FunctionCase.withDefaults().filter(c -> quick || Arrays.asList(SOME).contains(c.function()));
    }

    /** A mixture that begins with the special values. */
    static double[] doubles(int length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] mixed = Inputs.mixed(length, seed);
        double[] x = new double[length];
        for (int i = 0; i < length; i++) {
            x[i] = switch (i < 40 ? 0 : i % 5) {
                case 0 -> mixed[i];
                case 1 -> Double.longBitsToDouble(random.nextLong());
                case 2 -> 6 * random.nextGaussian();
                case 3 -> Math.scalb(random.nextDouble(-2, 2), random.nextInt(-60, 11));
                default -> (random.nextBoolean() ? 1 : -1) * Double.longBitsToDouble(
                        Double.doubleToLongBits(TURNS[random.nextInt(TURNS.length)]) + random.nextInt(-40, 41));
            };
        }
        double[] special = {Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL, -Double.MIN_NORMAL, Double.MAX_VALUE,
            -Double.MAX_VALUE, 0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        System.arraycopy(special, 0, x, 0, special.length);
        return x;
    }

    private static boolean hasDouble() {
        return KIND != BackendUnderTest.RUSTICL;
    }

    @ParameterizedTest
    @MethodSource("inDouble")
    void doublesHaveTheReferencesBits(FunctionCase tested) {
        if (!hasDouble()) {
            assertThatThrownBy(() -> run(tested, backend(), X, DY)).isInstanceOf(DeviceException.class)
                    .hasMessageContaining("does not compute in FLOAT64").hasMessageContaining(tested.function().id());
            return;
        }
        double[] expected = run(tested, reference(), X, DY);
        double[] actual = run(tested, backend(), X, DY);
        for (int i = 0; i < expected.length; i++) {
            if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
                assertThat(Double.toHexString(actual[i])).as("%s of x = %s (%a), dy = %a", tested, X[i], X[i], DY[i])
                        .isEqualTo(Double.toHexString(expected[i]));
            }
        }
    }

    private static double[] run(FunctionCase tested, Backend backend, double[] x, double[] dy) {
        double[] out = new double[x.length];
        tested.run(backend, Operand.of(x), Operand.of(dy), Operand.of(out));
        return out;
    }

    /** All 65,536 elements; gradients in an order of their own. */
    @ParameterizedTest
    @MethodSource("inStorage")
    void storageHasTheReferencesBits(FunctionCase tested) {
        for (DType type : new DType[] {DType.FLOAT16, DType.BFLOAT16}) {
            int count = KIND == BackendUnderTest.OCLGRIND ? 1 << 11 : 1 << 16;
            short[] x = new short[count];
            short[] dy = new short[count];
            for (int i = 0; i < count; i++) {
                x[i] = (short) (i * (65536 / count) + (count < 65536 ? i % 32 : 0));
                dy[i] = (short) (i * 40503 + 12345);
            }
            short[] expected = run(tested, reference(), type, x, dy);
            short[] actual = run(tested, backend(), type, x, dy);
            short[] ofFlushed = run(tested, reference(), type, flushed(type, x), flushed(type, dy));
            for (int i = 0; i < count; i++) {
                if (expected[i] != actual[i] && !(isNan(type, expected[i]) && isNan(type, actual[i]))) {
                    assertThat(KIND.isBitExact() || isFlushed(tested, type, x[i], dy[i], expected[i], actual[i], ofFlushed[i]))
                            .as("%s, %s: x = %04x, dy = %04x gives %04x instead of %04x", tested, type, x[i], dy[i], actual[i],
                                    expected[i]).isTrue();
                }
            }
        }
    }

    private static short[] run(FunctionCase tested, Backend backend, DType type, short[] x, short[] dy) {
        short[] out = new short[x.length];
        tested.run(backend, Operand.of(x, type), Operand.of(dy, type), Operand.of(out, type));
        return out;
    }

    private static boolean isNan(DType type, short bits) {
        return (bits & 0x7FFF) > (type == DType.FLOAT16 ? 0x7C00 : 0x7F80);
    }

    /** The rule of float32 on the values; the difference may be one place of the storage type where a tie was near. */
    private static boolean isFlushed(FunctionCase tested, DType type, short x, short dy, short expected, short actual,
                                     short ofFlushed) {
        if (type == DType.FLOAT16) {
            return Math.abs(expected - actual) <= 1 && (expected & 0x7FFF) < 0x400;
        }
        float lost = tested.takesGradient() ? Math.max(1, Math.abs(number(dy))) : 1;
        return FlushRule.explains(number(actual), number(expected), number(ofFlushed), 2 * lost, number(x), number(dy));
    }

    /** What a device that flushes makes of its inputs: a float16 is never subnormal in float32. */
    private static short[] flushed(DType type, short[] values) {
        short[] flushed = values.clone();
        for (int i = 0; i < flushed.length; i++) {
            if (type == DType.BFLOAT16 && Math.abs(number(values[i])) < Float.MIN_NORMAL) {
                flushed[i] &= (short) 0x8000;
            }
        }
        return flushed;
    }

    private static float number(short bfloat16) {
        return Float.intBitsToFloat(bfloat16 << 16);
    }

    /** Kinds of memory are independent of the type's bits: one function shows that each is read and written whole. */
    @Test
    void everyKindOfMemory() {
        ActivationFunction f = Activation.LEAKY_RELU.with(0.25);
        double[] x = {-4, -1, 0, 2, 1e300};
        double[] y = {-1, -0.25, 0, 2, 1e300};
        if (hasDouble()) {
            DoubleBuffer in = direct(8 * 5).asDoubleBuffer().put(0, x);
            DoubleBuffer out = direct(8 * 5).asDoubleBuffer();
            backend().forward(f, Operand.of(in), Operand.of(out));
            double[] got = new double[5];
            out.get(0, got);
            assertThat(got).containsExactly(y);
            double[] wide = new double[9];
            backend().forward(f, Operand.of(DoubleBuffer.wrap(x)), Operand.of(wide, 2, 5));
            assertThat(wide).containsExactly(0, 0, -1, -0.25, 0, 2, 1e300, 0, 0);
        }
        short[] half = {(short) 0xC400, (short) 0xBC00, 0, 0x4000, 0x7BFF};
        short[] expected = {(short) 0xBC00, (short) 0xB400, 0, 0x4000, 0x7BFF};
        ShortBuffer in = direct(2 * 5).asShortBuffer().put(0, half);
        ShortBuffer out = direct(2 * 5).asShortBuffer();
        backend().forward(f, Operand.of(in, DType.FLOAT16), Operand.of(out, DType.FLOAT16));
        short[] got = new short[5];
        out.get(0, got);
        assertThat(got).containsExactly(expected);
        short[] inPlace = half.clone();
        backend().forward(f, Operand.of(inPlace, DType.FLOAT16), Operand.of(inPlace, DType.FLOAT16));
        assertThat(inPlace).containsExactly(expected);
    }

    @Test
    void deviceBuffers() {
        for (DType type : DType.values()) {
            if (!type.isReal() || type == DType.FLOAT64 && !hasDouble()) {
                continue;
            }
            int n = 300;
            Object x = io.github.axoncl.internal.memory.HostMemory.newArray(type, n);
            for (int i = 0; i < n; i++) {
                java.lang.reflect.Array.set(x, i, type == DType.FLOAT32 ? (Object) (float) X[i] : type == DType.FLOAT64
                        ? (Object) X[i] : (Object) (short) (i * 61));
            }
            Object expected = io.github.axoncl.internal.memory.HostMemory.newArray(type, n);
            Object actual = io.github.axoncl.internal.memory.HostMemory.newArray(type, n);
            reference().forward(Activation.IDENTITY, new Operand.OfArray(x, 0, n, type),
                    new Operand.OfArray(expected, 0, n, type));
            try (DeviceBuffer in = backend().allocate(type, n); DeviceBuffer out = backend().allocate(type, n + 3)) {
                in.write(0, new Operand.OfArray(x, 0, n, type));
                assertThatThrownBy(() -> backend().forward(Activation.IDENTITY, in, out))
                        .isInstanceOf(IllegalArgumentException.class);
                backend().forward(Activation.IDENTITY, in, in);
                in.read(0, new Operand.OfArray(actual, 0, n, type));
            }
            if (KIND.isBitExact()) {
                assertThat(actual).as("%s", type).isEqualTo(expected);
            }
        }
    }

    @Test
    void typesMustAgree() {
        assertThatThrownBy(() -> backend().forward(Activation.RELU, Operand.of(new double[3]), Operand.of(new float[3])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("forward of relu: x is FLOAT64, y is FLOAT32; they must be equal");
        assertThatThrownBy(() -> Operand.of(new short[3], DType.FLOAT32)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a short[] does not hold FLOAT32");
        assertThatThrownBy(() -> Operand.of(ShortBuffer.allocate(3), DType.FLOAT64))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("does not hold FLOAT64");
    }

    private static ByteBuffer direct(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
