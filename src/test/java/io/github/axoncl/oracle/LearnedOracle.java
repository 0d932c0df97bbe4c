package io.github.axoncl.oracle;

import io.github.axoncl.Activation;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import static java.lang.StrictMath.abs;
import static java.lang.StrictMath.cosh;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.expm1;

/**
 * The derivative of an element-wise function with respect to its parameter, in double.
 *
 * @param derivative the derivative with respect to the parameter at (x, parameter); NaN for a NaN x
 * @param limit      the largest error allowed in it, in ULP
 */
public record LearnedOracle(Formula derivative, double limit) {
    private static final LearnedOracle SLOPE = new LearnedOracle((x, p) -> x > 0 ? 0 : x, 0.5);
    private static final Map<Activation, LearnedOracle> ALL = new EnumMap<>(Map.of(
            Activation.PRELU, SLOPE,
            Activation.LEAKY_RELU, SLOPE,
            Activation.ELU, new LearnedOracle((x, p) -> x > 0 ? 0 : expm1(x), 0.75),
            Activation.CELU, new LearnedOracle((x, p) -> x > 0 ? 0 : -gamma(-x / p[0]), 0.9),
            Activation.SWISH, new LearnedOracle((x, p) -> swish(x, p[0]), 0.9)));

    /** The largest error allowed in a sum of such derivatives, each times a gradient.
     *
     * @return in ULP of {@link #sumUnit} */
    public double sumLimit() {
        return this == SLOPE ? 0.51 : 1;
    }

    /** What the error of a sum is relative to: where terms are exact products, its largest term; else the sum of their sizes.
     *
     * @param terms the exact terms
     * @return the number whose last place is the unit */
    public double sumUnit(double... terms) {
        double sum = 0;
        double sizes = 0;
        double largest = 0;
        for (double term : terms) {
            sum += term;
            sizes += abs(term);
            largest = Math.max(largest, abs(term));
        }
        return this == SLOPE ? Math.max(largest, abs(sum)) : sizes;
    }

    /** 1 - e<sup>-a</sup> (1 + a), the incomplete gamma function P(2, a). */
    private static double gamma(double a) {
        if (!(a < 1)) {
            return a == Double.POSITIVE_INFINITY ? 1 : 1 - exp(-a) * (1 + a);
        }
        double term = a * a / 2;
        double sum = term;
        for (int k = 3; k < 24; k++) {
            term *= a / k;
            sum += term;
        }
        return exp(-a) * sum;
    }

    /** (x / (2 cosh(beta x / 2)))²; the limit where beta x is infinite. */
    private static double swish(double x, double beta) {
        double v = beta == 0 ? 0 : beta * x;
        double g = abs(v) > 1400 ? 0 : x / (2 * cosh(v / 2));
        return g * g;
    }

    /** The definition of a function's gradient.
     *
     * @param function the function
     * @return its oracle
     * @throws NoSuchElementException if there is none */
    public static LearnedOracle of(Activation function) {
        LearnedOracle oracle = ALL.get(function);
        if (oracle == null) {
            throw new NoSuchElementException(function + " has no oracle: add a line to LearnedOracle");
        }
        return oracle;
    }

    /** The functions that have an oracle.
     *
     * @return an unmodifiable set */
    public static Set<Activation> functions() {
        return Set.copyOf(ALL.keySet());
    }
}
