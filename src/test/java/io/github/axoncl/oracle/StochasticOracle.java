package io.github.axoncl.oracle;

import io.github.axoncl.StochasticActivation;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

import static java.lang.StrictMath.abs;
import static java.lang.StrictMath.log;

/**
 * The definition of a function that takes random decisions, in double, of the words that {@link Philox} makes.
 *
 * @param forward  y
 * @param backward what dy is multiplied by; null where the function has no gradient of its own
 * @param limit    the largest error allowed in y, in ULP of its magnitude
 */
public record StochasticOracle(Decision forward, Decision backward, double limit) {

    /** A value that depends on a word. */
    @FunctionalInterface
    public interface Decision {
        /** The value.
         *
         * @param word       a random word as a long below 2<sup>32</sup>
         * @param x          the input
         * @param previous   the second input of zoneout
         * @param parameters the function's
         * @return the value and the largest of the terms it is the sum of */
        Value at(long word, double x, double previous, double... parameters);
    }

    /**
     * A number that may be a small sum of large terms.
     *
     * @param value     the number
     * @param magnitude the largest term
     */
    public record Value(double value, double magnitude) {
        static Value of(double value) {
            return new Value(value, abs(value));
        }
    }

    /** The definition of a function.
     *
     * @param function the function
     * @return its oracle
     * @throws NoSuchElementException if there is none */
    public static StochasticOracle of(StochasticActivation function) {
        StochasticOracle oracle = Registry.ALL.get(function);
        if (oracle == null) {
            throw new NoSuchElementException(function + " has no oracle: add a line to StochasticOracle.Registry");
        }
        return oracle;
    }

    /** The functions that have an oracle.
     *
     * @return an unmodifiable set */
    public static Set<StochasticActivation> functions() {
        return Set.copyOf(Registry.ALL.keySet());
    }

    /** Gumbel noise of a word.
     *
     * @param word a random word
     * @return −ln(−ln u) */
    public static double gumbel(long word) {
        return -log(-log(Philox.uniformOpen(word)));
    }

    private static boolean keeps(long word, double p) {
        return word < Math.floor((1 - (double) (float) p) * 0x1p32 + 0.5);
    }

    /** One line per function. Limits: a rounded factor, which is an ULP in the product, and the product's own half; where the
     * sum of a rounded product and a rounded number follows, an ULP and a half again of the larger. */
    private static final class Registry {
        private static final double SELU_LOWEST = -1.0507009873554804934 * 1.6732632423543772848;
        private static final Map<StochasticActivation, StochasticOracle> ALL = new EnumMap<>(Map.of(
                StochasticActivation.DROPOUT, new StochasticOracle(
                        (word, x, previous, p) -> Value.of(keeps(word, p[0]) ? x / (1 - (float) p[0]) : 0),
                        (word, x, previous, p) -> Value.of(keeps(word, p[0]) ? 1 / (1 - (double) (float) p[0]) : 0), 1.5),
                StochasticActivation.ALPHA_DROPOUT, new StochasticOracle(Registry::alphaDropout,
                        (word, x, previous, p) -> Value.of(keeps(word, p[0]) ? scale((float) p[0]) : 0), 2),
                StochasticActivation.ZONEOUT, new StochasticOracle(
                        (word, x, previous, p) -> Value.of(keeps(word, p[0]) ? x : previous),
                        (word, x, previous, p) -> Value.of(keeps(word, p[0]) ? 1 : 0), 0),
                StochasticActivation.RRELU, new StochasticOracle(
                        (word, x, previous, p) -> Value.of(x < 0 ? slope(word, p) * x : x),
                        (word, x, previous, p) -> Value.of(x > 0 ? 1 : slope(word, p)), 2),
                StochasticActivation.STOCHASTIC_GELU, new StochasticOracle(
                        (word, x, previous, p) -> Value.of(Philox.uniform(word) < WideMath.normalBelow(x) ? x : 0),
                        (word, x, previous, p) -> Value.of(Philox.uniform(word) < WideMath.normalBelow(x) ? 1 : 0), 0),
                StochasticActivation.GUMBEL_NOISE, new StochasticOracle(
                        (word, x, previous, p) -> sum(x, gumbel(word)), null, 0.54)));

        private Registry() {
        }

        /** The noise has an absolute error below 2^-30: 1/32 ULP of 1/4, and more of smaller numbers. */
        private static Value sum(double x, double noise) {
            return new Value(x + noise, Math.max(Math.max(abs(x), abs(noise)), Math.max(abs(x + noise), 0.25)));
        }

        private static double scale(double p) {
            double q = 1 - p;
            return p == 1 ? 0 : 1 / StrictMath.sqrt(q * (1 + SELU_LOWEST * SELU_LOWEST * p));
        }

        private static Value alphaDropout(long word, double x, double previous, double... parameters) {
            double p = (float) parameters[0];
            double a = scale(p);
            double shift = -a * p * SELU_LOWEST;
            double product = a * (keeps(word, p) ? x : SELU_LOWEST);
            return new Value(product + shift, Math.max(abs(product), abs(shift)));
        }

        private static double slope(long word, double... bounds) {
            return (float) bounds[0] + Philox.uniform(word) * ((double) (float) bounds[1] - (float) bounds[0]);
        }
    }
}
