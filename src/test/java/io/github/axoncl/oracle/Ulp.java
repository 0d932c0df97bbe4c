package io.github.axoncl.oracle;

/**
 * The error of a float32 result in units of the last place of the exact value: |result - exact| / 2<sup>e-23</sup>, e the
 * exponent of the exact value, the unit being at least 2<sup>-149</sup>. There is no absolute tolerance: a subnormal result is
 * counted in quanta.
 */
public final class Ulp {
    private static final int SMALLEST_UNIT = -149;

    private Ulp() {
    }

    /** The error in ULP of the exact value; infinite where one is NaN or infinite and the other is not.
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
        if (Double.isNaN(exact) || Float.isNaN(result)) {
            return Double.isNaN(exact) && Float.isNaN(result) ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Double.isInfinite(exact)) {
            return result == exact ? 0 : Double.POSITIVE_INFINITY;
        }
        if (Float.isInfinite(result)) {
            // An infinity stands for the first number beyond the range, so overflow is right from the midpoint below it on.
            double beyond = Math.copySign(0x1p128, result);
            return exact / beyond >= 1 ? 0 : Math.abs(beyond - exact) / unit(magnitude);
        }
        return Math.abs(result - exact) / unit(magnitude);
    }

    private static double unit(double magnitude) {
        int exponent = Math.min(Math.getExponent(magnitude), Float.MAX_EXPONENT);
        return Math.scalb(1.0, Math.max(exponent - 23, SMALLEST_UNIT));
    }
}
