package io.github.axoncl.oracle;

import io.github.axoncl.Precision;

/**
 * One function: its definition, its derivative, and how far float32 results may be from them.
 *
 * @param forward         f
 * @param forwardLimit    the largest error allowed in f, in ULP
 * @param derivative      f'
 * @param derivativeLimit the largest error allowed in f', in ULP
 * @param fromOutput      f' as a function of y = f(x); null if the function has none
 * @param lowestOutput    the smallest y that f takes, whatever its parameters
 * @param highestOutput   the largest
 */
public record Oracle(Formula forward, double forwardLimit, Formula derivative, double derivativeLimit, Formula fromOutput,
                     double lowestOutput, double highestOutput) {

    /** The largest error of the derivative from the output, in ULP: every such form is a single rounding. */
    public static final double FROM_OUTPUT_LIMIT = 0.5;

    /** The largest error of any function in the fast tier, in ULP. */
    private static final double FAST_LIMIT = 5;
    /** The largest error of any derivative in the fast tier, in ULP. */
    private static final double FAST_DERIVATIVE_LIMIT = 9;

    static Oracle of(Formula forward, double forwardLimit, Formula derivative, double derivativeLimit) {
        return new Oracle(passingNaN(forward), forwardLimit, passingNaN(derivative), derivativeLimit, null, Double.NaN,
                Double.NaN);
    }

    /** The largest error allowed in f.
     *
     * @param precision the tier
     * @return the limit, in ULP */
    public double forwardLimit(Precision precision) {
        return precision == Precision.FAST ? FAST_LIMIT : forwardLimit;
    }

    /** The largest error allowed in f'.
     *
     * @param precision the tier
     * @return the limit, in ULP */
    public double derivativeLimit(Precision precision) {
        return precision == Precision.FAST ? FAST_DERIVATIVE_LIMIT : derivativeLimit;
    }

    Oracle fromOutput(Formula formula, double lowest, double highest) {
        return new Oracle(forward, forwardLimit, derivative, derivativeLimit, passingNaN(formula), lowest, highest);
    }

    Oracle fromOutput(Formula formula) {
        return fromOutput(formula, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** NaN gives NaN in every function and derivative, so the formulas need not say it. */
    private static Formula passingNaN(Formula formula) {
        return (x, parameters) -> Double.isNaN(x) ? x : formula.at(x, parameters);
    }
}
