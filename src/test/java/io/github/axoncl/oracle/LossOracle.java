package io.github.axoncl.oracle;

import io.github.axoncl.Loss;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The definition of a loss and its gradient for one row. */
public interface LossOracle {
    /** The largest error of a loss allowed, in ULP, unless it is below 1 and {@link #LOSS_NEAR_ZERO} holds: measured 1.95. */
    double LOSS_LIMIT = 2;
    /** The largest absolute error of a loss below 1 allowed. */
    double LOSS_NEAR_ZERO = 0x1p-23;
    /** The largest error of a gradient allowed, in ULP of the larger of its terms: measured 2.17. */
    double GRADIENT_LIMIT = 2.5;
    /** The same of a mean. The division, which is rounded with the rest, may leave half the ULP to the error of what it
     * divides, so 2.17 may become 2 (2.17 - 0.5) + 0.5: measured 2.52. */
    double MEAN_GRADIENT_LIMIT = 4;

    /** The loss of a row and its gradient.
     *
     * @param x          the logits
     * @param targets    the target of each: a probability, or 1 and 0 for a class
     * @param weights    the class weights
     * @param parameters the function's parameters
     * @return the exact values */
    Result of(double[] x, float[] targets, float[] weights, double... parameters);

    /**
     * A loss and a gradient whose terms may cancel.
     *
     * @param losses    the loss of the row, or of each element
     * @param gradient  the gradient of the losses' sum
     * @param magnitude the larger of the terms that each is the difference of
     */
    record Result(double[] losses, double[] gradient, double[] magnitude) {
        /** The sum of the losses.
         *
         * @return the loss of the row */
        public double loss() {
            CompensatedSum sum = new CompensatedSum();
            for (double loss : losses) {
                sum.add(loss);
            }
            return sum.value();
        }
    }

    /** A smoothed target, float32: the definitions round 1 − smoothing, its share of a class, and the target, once each.
     *
     * @param target    the target
     * @param smoothing the parameter
     * @param n         the number of classes
     * @return the target that the loss is computed with */
    static float smoothed(float target, double smoothing, long n) {
        float amount = (float) smoothing;
        return Math.fma(target, 1 - amount, amount / n);
    }

    /** The definition of a loss.
     *
     * @param loss the loss
     * @return its oracle
     * @throws NoSuchElementException if there is none */
    static LossOracle of(Loss loss) {
        LossOracle oracle = Registry.ALL.get(loss);
        if (oracle == null) {
            throw new NoSuchElementException(loss + " has no oracle: add a line to LossOracle.Registry");
        }
        return oracle;
    }

    /** The losses that have an oracle.
     *
     * @return an unmodifiable set */
    static Set<Loss> functions() {
        return Set.copyOf(Registry.ALL.keySet());
    }

    /** One line per loss. */
    final class Registry {
        private static final Map<Loss, LossOracle> ALL = new EnumMap<>(Map.of(
                Loss.SOFTMAX_CROSS_ENTROPY, new SoftmaxCrossEntropyOracle(),
                Loss.SIGMOID_BINARY_CROSS_ENTROPY, new BinaryCrossEntropyOracle()));

        private Registry() {
        }
    }
}
