package io.github.axoncl.oracle;

import io.github.axoncl.DType;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * The error of a result in units of the last place of the exact value: |result - exact| / 2<sup>e-p</sup>, e the exponent of
 * the exact value, p the number of fraction bits of the type, the unit being at least the smallest subnormal number. There is
 * no absolute tolerance: a subnormal result is counted in quanta. An infinity stands for the first number beyond the range, so
 * overflow is right from the midpoint below it on.
 */
public final class Ulp {
    private static final int FRACTION = 23;
    private static final int DOUBLE_FRACTION = 52;
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal BEYOND_DOUBLE = TWO.pow(1024);

    private Ulp() {
    }

    /** The error of a float32 in ULP of the exact value; infinite where one is NaN or infinite and the other is not.
     *
     * @param result the float32 result
     * @param exact  the exact value
     * @return the error */
    public static double error(float result, double exact) {
        return error(result, exact, exact);
    }

    /** The error in ULP of another magnitude, for results that are small differences of large terms.
     *
     * @param result    the float32 result
     * @param exact     the exact value
     * @param magnitude the number whose last place is the unit
     * @return the error */
    public static double error(float result, double exact, double magnitude) {
        return error(FRACTION, Float.MAX_EXPONENT, result, exact, magnitude);
    }

    /** The error in ULP of a type that is narrower than double.
     *
     * @param type   {@link DType#FLOAT16}, {@link DType#BFLOAT16} or {@link DType#FLOAT32}
     * @param result a number of that type
     * @param exact  the exact value
     * @return the error */
    public static double error(DType type, float result, double exact) {
        return error(fraction(type), maxExponent(type), result, exact, exact);
    }

    /** The unit of the last place.
     *
     * @param type      a type that is narrower than double
     * @param magnitude a number
     * @return the distance of neighbouring numbers of the type in the binade of that number */
    public static double unit(DType type, double magnitude) {
        return unit(fraction(type), maxExponent(type), magnitude);
    }

    private static int fraction(DType type) {
        return switch (type) {
            case FLOAT16 -> 10;
            case BFLOAT16 -> 7;
            case FLOAT32 -> FRACTION;
            case FLOAT64 -> throw new IllegalArgumentException("a double is no exact value of a double result");
            case INT32, UINT8 -> throw new IllegalArgumentException(type + " has no last place");
        };
    }

    private static int maxExponent(DType type) {
        return type == DType.FLOAT16 ? 15 : Float.MAX_EXPONENT;
    }

    /** The error of a double in ULP of the exact value.
     *
     * @param result the double result
     * @param exact  the exact value; some 10 digits more than a double has are enough
     * @return the error; infinite for NaN */
    public static double error(double result, BigDecimal exact) {
        if (Double.isNaN(result)) {
            return Double.POSITIVE_INFINITY;
        }
        boolean infinite = Double.isInfinite(result);
        BigDecimal value = !infinite ? new BigDecimal(result) : result > 0 ? BEYOND_DOUBLE : BEYOND_DOUBLE.negate();
        if (infinite && exact.abs().compareTo(BEYOND_DOUBLE) >= 0 && exact.signum() == value.signum()) {
            return 0;
        }
        double magnitude = Math.min(Math.abs(exact.doubleValue()), Double.MAX_VALUE);
        boolean roundedUp = new BigDecimal(magnitude).compareTo(exact.abs()) > 0;
        int exponent = Math.getExponent(roundedUp ? Math.nextDown(magnitude) : magnitude);
        double unit = Math.max(Math.scalb(1.0, exponent - DOUBLE_FRACTION), Double.MIN_VALUE);
        return value.subtract(exact).abs().divide(new BigDecimal(unit), MathContext.DECIMAL128).doubleValue();
    }

    private static double error(int fraction, int maxExponent, float result, double exact, double magnitude) {
        if (Double.isNaN(exact) || Float.isNaN(result)) {
            return Double.isNaN(exact) && Float.isNaN(result) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Double.isInfinite(exact)) {
            return result == exact ? 0 : Double.POSITIVE_INFINITY;
        }
        double unit = unit(fraction, maxExponent, magnitude);
        if (Float.isInfinite(result)) {
            double beyond = Math.copySign(powerOfTwo(maxExponent + 1), result);
            return exact / beyond >= 1 ? 0 : Math.abs(beyond - exact) / unit;
        }
        return Math.abs(result - exact) / unit;
    }

    private static double unit(int fraction, int maxExponent, double magnitude) {
        return powerOfTwo(Math.max(Math.min(Math.getExponent(magnitude), maxExponent), 1 - maxExponent) - fraction);
    }

    /** What scalb(1, n) gives for a normal number, in a tenth of the time. */
    private static double powerOfTwo(int n) {
        return Double.longBitsToDouble((long) (n + Double.MAX_EXPONENT) << DOUBLE_FRACTION);
    }
}
