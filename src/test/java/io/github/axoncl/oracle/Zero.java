package io.github.axoncl.oracle;

import java.math.BigDecimal;

/**
 * A zero of a derivative, as a sum of two doubles. Near it the definition cancels; the distance from it does not.
 *
 * @param high the nearest double
 * @param low  the rest
 */
record Zero(double high, double low) {
    /** The zero of 1 + e<sup>v</sup> + v, where swish' vanishes. */
    static final Zero SWISH = of(Decimal.zero(v -> BigDecimal.ONE.add(Decimal.exp(v)).add(v),
            v -> BigDecimal.ONE.add(Decimal.exp(v)), -1.28));
    /** The zero of Φ(x) + x φ(x), where gelu' vanishes. */
    static final Zero GELU = of(Decimal.zero(
            x -> Decimal.normalDistribution(x).add(x.multiply(Decimal.normalDensity(x))),
            x -> Decimal.normalDensity(x).multiply(BigDecimal.valueOf(2).subtract(x.multiply(x))), -0.75));

    private static Zero of(BigDecimal zero) {
        double high = zero.doubleValue();
        return new Zero(high, zero.subtract(new BigDecimal(high)).doubleValue());
    }

    /** x minus the zero, to full relative accuracy near it: the first difference is exact there. */
    double distance(double x) {
        return (x - high) - low;
    }
}
