package io.github.axoncl.oracle;

import io.github.axoncl.RowActivation;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The definition of a function of a row. */
public interface RowOracle {

    /** The output.
     *
     * @param z the scores of a row
     * @return the exact output: as many numbers, or one for the row */
    Judged forward(float... z);

    /** The gradient with respect to the scores.
     *
     * @param in the output of the forward call as it was rounded; the scores, for functions whose gradient starts there
     * @param dy the gradient with respect to the output
     * @return the exact gradient */
    Judged backward(float[] in, float... dy);

    /** The largest error of the output that the fast tier is allowed, in units of the last place. */
    double FAST_LIMIT = 8;

    /** The largest error of the output allowed.
     *
     * @return in units of the last place of the magnitude */
    double forwardLimit();

    /** The largest error of the gradient allowed.
     *
     * @return in units of the last place of the magnitude */
    double backwardLimit();

    /**
     * Numbers whose terms may cancel.
     *
     * @param value     the exact values
     * @param magnitude the numbers whose last places are the units of the errors: the values, or the larger of their terms
     */
    record Judged(double[] value, double[] magnitude) {
        static Judged of(double... values) {
            return new Judged(values, values.clone());
        }
    }

    /** The definition of a function.
     *
     * @param function the function
     * @return its oracle
     * @throws NoSuchElementException if there is none */
    static RowOracle of(RowActivation function) {
        RowOracle oracle = Registry.ALL.get(function);
        if (oracle == null) {
            throw new NoSuchElementException(function + " has no oracle: add a line to RowOracle.Registry");
        }
        return oracle;
    }

    /** The functions that have an oracle.
     *
     * @return an unmodifiable set */
    static Set<RowActivation> functions() {
        return Set.copyOf(Registry.ALL.keySet());
    }

    /** One line per function. Limits are of measurements over rows of 1 to 2^24 elements, rounded up. */
    final class Registry {
        private static final Map<RowActivation, RowOracle> ALL = new EnumMap<>(Map.of(
                RowActivation.SOFTMAX, new RowFormula(RowMath::softmax, 1.5, RowMath::centred, 1.5),
                RowActivation.LOG_SOFTMAX, new RowFormula(RowMath::logSoftmax, 2, RowMath::logSoftmaxGradient, 1.5),
                RowActivation.SOFTMIN, new RowFormula(z -> RowMath.softmax(RowMath.negated(z)), 1.5,
                    (y, dy) -> RowMath.centred(y, RowMath.negated(dy)), 1.5),
                RowActivation.HARDMAX, new RowFormula(RowMath::hardmax, 0, RowMath::hardmaxGradient, 0),
                RowActivation.SPARSEMAX, new RowFormula(RowMath::sparsemax, 0.51, RowMath::sparsemaxGradient, 0.51),
                RowActivation.LOGSUMEXP, new RowFormula(RowMath::logSumExp, 1.1, RowMath::logSumExpGradient, 1.5),
                // of scores with noise
                RowActivation.GUMBEL_SOFTMAX, new RowFormula(RowMath::softmax, 1.5, RowMath::centred, 1.5)));

        private Registry() {
        }
    }
}
