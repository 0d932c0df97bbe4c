package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.DType;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.oracle.Formula;
import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How far 16-bit results are from the exact values, for all 65,536 inputs, on the CPU; devices have the CPU's bits.
 *
 * <p>A float32 result that is off by u ULP of float32 is off by 2<sup>-13</sup> u ULP of float16 or 2<sup>-16</sup> u of
 * bfloat16, among subnormal numbers too: the smallest bfloat16 is 2<sup>16</sup> times the smallest float32, float16 has none
 * below it. Rounding adds 1/2, so that 0.501 ULP leaves u = 8.
 *
 * <p>backward multiplies dy by the float32 derivative. Where that is a normal number, off by u ULP, its relative error is at
 * most 2<sup>-23</sup> u, so the product's is 2 u ULP, and 2 u + 1/2 when it was rounded to float32: within u = 8 again. Where
 * the derivative is subnormal, underflows or overflows, a large or small dy shows its lost digits in the product; there the
 * result is the rounded product of dy and the float32 derivative, which {@link AccuracyTest} has judged.
 */
@Tag("accuracy")
class StorageAccuracyTest extends BackendContract {
    private static final double LIMIT = 0.501;
    private static final int COUNT = 1 << 16;
    /** All x with all of them take long in the SIMD form, which has the scalar form's bits (ElementTypesContractTest). */
    private static final int GRADIENTS = KIND == BackendUnderTest.CPU_SCALAR ? 64 : 2;
    /** Every 16-bit pattern, one after the other, as often as there are gradients. */
    private static final short[] PATTERNS = new short[COUNT * GRADIENTS];
    private static final short[] RESULTS = new short[PATTERNS.length];
    /** The largest error of each type and operation, and where it is. */
    private static final Map<String, Worst> WORST = new TreeMap<>();

    static {
        for (int i = 0; i < PATTERNS.length; i++) {
            PATTERNS[i] = (short) i;
        }
    }

    private record Worst(double error, String where) {
        static final Worst NONE = new Worst(0, "");

        Worst or(Worst other) {
            return other.error > error ? other : this;
        }
    }

    @AfterAll
    static void report() {
        WORST.forEach((what, worst) -> System.out.printf(Locale.ROOT, "%s: %s: at most %.6f ULP, %s%n", KIND.id(), what,
                worst.error, worst.where));
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void float16(Activation activation) {
        judge(activation, DType.FLOAT16);
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void bfloat16(Activation activation) {
        judge(activation, DType.BFLOAT16);
    }

    private static void judge(Activation activation, DType type) {
        float[] numbers = numbers(type);
        Oracle oracle = Oracles.of(activation);
        judgeUnary(new FunctionCase(activation, Operation.FORWARD), type, numbers,
                values(activation, oracle.forward(), numbers));
        double[] slopes = values(activation, oracle.derivative(), numbers);
        judgeUnary(new FunctionCase(activation, Operation.DERIVATIVE), type, numbers, slopes);
        judgeBackward(new FunctionCase(activation, Operation.BACKWARD), type, numbers, slopes);
    }

    private static double[] values(Activation activation, Formula formula, float[] numbers) {
        double[] parameters = FunctionCase.arguments(activation);
        return IntStream.range(0, COUNT).parallel().mapToDouble(i -> formula.at(numbers[i], parameters)).toArray();
    }

    private static void judgeUnary(FunctionCase tested, DType type, float[] numbers, double[] exact) {
        run(tested, type, COUNT, PATTERNS);
        Worst worst = Worst.NONE;
        for (int i = 0; i < COUNT; i++) {
            float result = numbers[RESULTS[i] & 0xFFFF];
            double error = Ulp.error(type, result, exact[i]);
            if (error > worst.error) {
                worst = new Worst(error, tested + " of x = " + numbers[i] + " is " + result + ", exactly " + exact[i]);
            }
        }
        check(tested, type, worst);
    }

    private static void judgeBackward(FunctionCase tested, DType type, float[] numbers, double[] slopes) {
        float[] rounded = new FunctionCase(tested.function(), Operation.DERIVATIVE).run(backend(), numbers, numbers);
        double[] factors = new double[COUNT];
        for (int i = 0; i < COUNT; i++) {
            boolean normal = Math.abs(rounded[i]) >= Float.MIN_NORMAL && Math.abs(rounded[i]) <= Float.MAX_VALUE;
            factors[i] = normal ? slopes[i] : rounded[i];
        }
        short[] gradients = new short[COUNT * GRADIENTS];
        for (int i = 0; i < gradients.length; i++) {
            gradients[i] = gradient(type, i / COUNT);
        }
        run(tested, type, gradients.length, gradients);
        check(tested, type, IntStream.range(0, GRADIENTS).parallel()
                .mapToObj(j -> worst(tested, type, numbers, numbers[gradient(type, j) & 0xFFFF], factors, j * COUNT))
                .reduce(Worst.NONE, Worst::or));
    }

    private static Worst worst(FunctionCase tested, DType type, float[] numbers, float dy, double[] factors, int offset) {
        Worst worst = Worst.NONE;
        double error = 0;
        for (int i = 0; i < COUNT; i++) {
            float result = numbers[RESULTS[offset + i] & 0xFFFF];
            double exact = dy * factors[i];
            if (Math.abs(result - exact) <= error * Ulp.unit(type, exact)) {
                continue;                                                     // quickly past the many that are no worse
            }
            exact = factors[i] == 0 && !Float.isNaN(dy) ? 0 : exact;
            double here = Ulp.error(type, result, exact);
            if (here > error) {
                error = here;
                worst = new Worst(error, tested + " of x = " + numbers[i] + ", dy = " + dy + " is " + result + ", exactly "
                        + exact);
            }
        }
        return worst;
    }

    /** 64 values: zeros, ones, infinities, NaN, the ends of the range, and others of every size. */
    private static short gradient(DType type, int index) {
        int j = (20 + 37 * index) % 64;
        int infinity = type == DType.FLOAT16 ? 0x7C00 : 0x7F80;
        int one = type == DType.FLOAT16 ? 0x3C00 : 0x3F80;
        int smallestNormal = type == DType.FLOAT16 ? 0x0400 : 0x0080;
        int[] special = {0, one, infinity, infinity - 1, 1, smallestNormal, smallestNormal - 1, infinity + 1};
        int sign = j % 2 << 15;
        int k = j / 2;
        return (short) (sign | (k < special.length ? special[k] : (k - special.length) * infinity / 24 + 37 * k));
    }

    private static void run(FunctionCase tested, DType type, int length, short[] dy) {
        tested.run(backend(), Operand.of(PATTERNS, 0, length, type), Operand.of(dy, 0, length, type),
                Operand.of(RESULTS, 0, length, type));
    }

    private static void check(FunctionCase tested, DType type, Worst worst) {
        WORST.merge(type.id() + " " + tested.operation().id(), worst, Worst::or);
        assertThat(worst.error).as("%s: ULP in %s", type, worst.where).isLessThanOrEqualTo(LIMIT);
    }

    private static float[] numbers(DType type) {
        float[] numbers = new float[COUNT];
        for (int i = 0; i < COUNT; i++) {
            numbers[i] = type == DType.BFLOAT16 ? Float.intBitsToFloat(i << 16) : half(i);
        }
        return numbers;
    }

    private static float half(int bits) {
        int exponent = bits >> 10 & 31;
        int fraction = bits & 0x3FF;
        float magnitude = exponent == 31 ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
                : exponent == 0 ? Math.scalb((float) fraction, -24) : Math.scalb((float) (fraction + 1024), exponent - 25);
        return (bits & 0x8000) == 0 ? magnitude : -magnitude;
    }
}
