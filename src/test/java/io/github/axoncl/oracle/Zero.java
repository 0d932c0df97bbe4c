package io.github.axoncl.oracle;

import java.math.BigDecimal;

/**
 * A zero of a derivative, as a sum of two doubles. Near it the definition cancels; the distance from it does not.
 *
 * @param high the nearest double
 * @param low  the rest
 */
record Zero(double high, double low) {
    /** 2 √(2/π) = 4 / √(2π), and the coefficient of x³ in gelu_tanh. */
    static final BigDecimal GATE_FACTOR = BigDecimal.valueOf(4).divide(Decimal.SQRT_TWO_PI, Decimal.DIGITS);
    static final BigDecimal GATE_CUBIC = new BigDecimal("0.044715");
    /** The zero of 1 + e<sup>v</sup> + v, where swish' vanishes. */
    static final Zero SWISH = of(Decimal.zero(v -> BigDecimal.ONE.add(Decimal.exp(v)).add(v),
            v -> BigDecimal.ONE.add(Decimal.exp(v)), -1.28));
    /** The zero of Φ(x) + x φ(x), where gelu' vanishes. */
    static final Zero GELU = of(Decimal.zero(
            x -> Decimal.normalDistribution(x).add(x.multiply(Decimal.normalDensity(x))),
            x -> Decimal.normalDensity(x).multiply(BigDecimal.valueOf(2).subtract(x.multiply(x))), -0.75));
    /** The zero of mish': of 4 (x + 1) + (4x + 6) e<sup>x</sup> + 4 e<sup>2x</sup> + e<sup>3x</sup>. */
    static final Zero MISH = of(Decimal.zero(Zero::mish,
            x -> times(4, BigDecimal.ONE).add(times(4, x).add(times(10, BigDecimal.ONE)).multiply(Decimal.exp(x)))
                    .add(times(8, Decimal.exp(times(2, x)))).add(times(3, Decimal.exp(times(3, x)))), -1.19));
    /** The zero of gelu_tanh': of 1 + e<sup>w</sup> + x w'(x), w = 2 √(2/π) (x + 0.044715 x³). */
    static final Zero GELU_TANH = of(Decimal.zero(
            x -> BigDecimal.ONE.add(Decimal.exp(gate(x))).add(x.multiply(gateSlope(x))),
            x -> Decimal.exp(gate(x)).multiply(gateSlope(x)).add(gateSlope(x)).add(
                    times(6, x).multiply(x).multiply(GATE_CUBIC).multiply(GATE_FACTOR)), -0.75));

    private static BigDecimal mish(BigDecimal x) {
        BigDecimal e = Decimal.exp(x);
        return times(4, x.add(BigDecimal.ONE)).add(times(4, x).add(times(6, BigDecimal.ONE)).multiply(e))
                .add(times(4, e.multiply(e))).add(e.multiply(e).multiply(e)).round(Decimal.DIGITS);
    }

    /** w(x). */
    static BigDecimal gate(BigDecimal x) {
        return GATE_FACTOR.multiply(x.add(GATE_CUBIC.multiply(x).multiply(x).multiply(x)), Decimal.DIGITS);
    }

    /** w'(x). */
    static BigDecimal gateSlope(BigDecimal x) {
        return GATE_FACTOR.multiply(BigDecimal.ONE.add(times(3, GATE_CUBIC).multiply(x).multiply(x)), Decimal.DIGITS);
    }

    private static BigDecimal times(int factor, BigDecimal x) {
        return x.multiply(BigDecimal.valueOf(factor), Decimal.DIGITS);
    }

    private static Zero of(BigDecimal zero) {
        double high = zero.doubleValue();
        return new Zero(high, zero.subtract(new BigDecimal(high)).doubleValue());
    }

    /** x minus the zero, to full relative accuracy near it: the first difference is exact there. */
    double distance(double x) {
        return (x - high) - low;
    }
}
