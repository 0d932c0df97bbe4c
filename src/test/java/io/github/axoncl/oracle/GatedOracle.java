package io.github.axoncl.oracle;

import io.github.axoncl.Activation;
import io.github.axoncl.GatedActivation;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * The definition of a gated function, in double: y = a g(b), da = dy g(b), db = dy a g'(b).
 *
 * @param gate the definition of g
 */
public record GatedOracle(Oracle gate) {
    private static final Map<GatedActivation, GatedOracle> ALL = new EnumMap<>(Map.of(
            GatedActivation.GLU, new GatedOracle(Oracles.of(Activation.SIGMOID)),
            GatedActivation.REGLU, new GatedOracle(Oracles.of(Activation.RELU)),
            GatedActivation.GEGLU, new GatedOracle(Oracles.of(Activation.GELU)),
            GatedActivation.SWIGLU, new GatedOracle(Oracles.of(Activation.SILU)),
            GatedActivation.BILINEAR, new GatedOracle(Oracles.of(Activation.IDENTITY))));

    /** The largest error of a product of a factor that has an error, in ULP: the factor's error may count twice where the
     * product crosses a power of two, and the product is rounded.
     *
     * @param ofFactor the largest error of the factor, in ULP
     * @return the limit */
    public static double productLimit(double ofFactor) {
        return 2 * ofFactor + 0.501;
    }

    /** The output: 0 for 0 times infinity.
     *
     * @param a what passes
     * @param b the gate
     * @return the exact value */
    public double forward(double a, double b) {
        double g = gate.forward().at(b);
        return (a == 0 || g == 0) && !Double.isNaN(a) && !Double.isNaN(g) ? 0 : a * g;
    }

    /** The gradient with respect to a: 0 where g(b) is 0.
     *
     * @param b  the gate
     * @param dy the gradient with respect to the output
     * @return the exact value */
    public double da(double b, double dy) {
        double g = (float) gate.forward().at(b) == 0 ? 0 : gate.forward().at(b);
        return g == 0 ? Double.isNaN(dy) ? dy : 0 : dy * g;
    }

    /** The gradient with respect to b: 0 where a g'(b) is 0.
     *
     * @param a  what passes
     * @param b  the gate
     * @param dy the gradient with respect to the output
     * @return the exact value */
    public double db(double a, double b, double dy) {
        double slope = gate.derivative().at(b);
        if (a == 0 || (float) slope == 0) {
            return Double.isNaN(a) || Double.isNaN(dy) || Double.isNaN(slope) ? Double.NaN : 0;
        }
        return dy * a * slope;
    }

    /** The definition of a function.
     *
     * @param function the function
     * @return its oracle
     * @throws NoSuchElementException if there is none */
    public static GatedOracle of(GatedActivation function) {
        GatedOracle oracle = ALL.get(function);
        if (oracle == null) {
            throw new NoSuchElementException(function + " has no oracle: add a line to GatedOracle");
        }
        return oracle;
    }

    /** The functions that have an oracle.
     *
     * @return an unmodifiable set */
    public static Set<GatedActivation> functions() {
        return Set.copyOf(ALL.keySet());
    }
}
