package io.github.axoncl.oracle;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.UnaryOperator;

/** Elementary functions to about 100 decimal digits, from their series: slow, and beyond suspicion. */
public final class Decimal {
    /** 140 digits: the normal distribution's tail cancels up to 50 of them. */
    public static final MathContext DIGITS = new MathContext(140);
    private static final BigDecimal NEGLIGIBLE = BigDecimal.ONE.movePointLeft(145);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal HALF = new BigDecimal("0.5");
    /** The square root of 2 pi. */
    public static final BigDecimal SQRT_TWO_PI = TWO.multiply(pi()).sqrt(DIGITS);

    private Decimal() {
    }

    /** e to a power.
     *
     * @param x the exponent
     * @return e<sup>x</sup> */
    public static BigDecimal exp(BigDecimal x) {
        int halvings = 0;
        BigDecimal small = x;
        while (small.abs().compareTo(new BigDecimal("0.01")) > 0) {
            small = small.multiply(HALF, DIGITS);
            halvings++;
        }
        BigDecimal sum = BigDecimal.ONE;
        BigDecimal term = BigDecimal.ONE;
        for (int k = 1; term.abs().compareTo(NEGLIGIBLE) > 0; k++) {
            term = term.multiply(small).divide(BigDecimal.valueOf(k), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (int i = 0; i < halvings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    /** The natural logarithm, by Newton's method on {@link #exp}.
     *
     * @param x a positive number in the range of double
     * @return ln x */
    public static BigDecimal ln(BigDecimal x) {
        BigDecimal y = new BigDecimal(StrictMath.log(x.doubleValue()));
        for (int i = 0; i < 4; i++) {
            BigDecimal e = exp(y);
            y = y.add(TWO.multiply(x.subtract(e)).divide(x.add(e), DIGITS), DIGITS);
        }
        return y;
    }

    /** The density of the normal distribution.
     *
     * @param x the argument
     * @return φ(x) */
    public static BigDecimal normalDensity(BigDecimal x) {
        return exp(x.multiply(x).multiply(HALF).negate()).divide(SQRT_TWO_PI, DIGITS);
    }

    /** The normal distribution function, 1/2 + φ(x) (x + x³/3 + x⁵/(3·5) + ...).
     *
     * @param x the argument, |x| below 20
     * @return Φ(x) */
    public static BigDecimal normalDistribution(BigDecimal x) {
        BigDecimal square = x.multiply(x);
        BigDecimal term = x;
        BigDecimal sum = x;
        for (int k = 3; term.abs().compareTo(NEGLIGIBLE) > 0; k += 2) {
            term = term.multiply(square).divide(BigDecimal.valueOf(k), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        return HALF.add(sum.multiply(normalDensity(x)), DIGITS);
    }

    /** A zero of a function, by Newton's method.
     *
     * @param f     the function
     * @param slope its derivative
     * @param start a number near the zero
     * @return the zero */
    static BigDecimal zero(UnaryOperator<BigDecimal> f, UnaryOperator<BigDecimal> slope, double start) {
        BigDecimal x = new BigDecimal(start);
        for (int i = 0; i < 6; i++) {
            x = x.subtract(f.apply(x).divide(slope.apply(x), DIGITS), DIGITS);
        }
        return x;
    }

    /** Machin 1706: π = 16 arctan(1/5) - 4 arctan(1/239). */
    private static BigDecimal pi() {
        return arcCotangent(5).multiply(BigDecimal.valueOf(16))
                .subtract(arcCotangent(239).multiply(BigDecimal.valueOf(4)), DIGITS);
    }

    private static BigDecimal arcCotangent(int n) {
        BigDecimal square = BigDecimal.valueOf((long) n * n);
        BigDecimal power = BigDecimal.ONE.divide(BigDecimal.valueOf(n), DIGITS);
        BigDecimal sum = power;
        for (int k = 3; power.abs().compareTo(NEGLIGIBLE) > 0; k += 2) {
            power = power.divide(square, DIGITS).negate();
            sum = sum.add(power.divide(BigDecimal.valueOf(k), DIGITS), DIGITS);
        }
        return sum;
    }
}
