package io.github.axoncl.oracle;

import io.github.axoncl.RowActivation;

import java.util.EnumMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/** The definition of a function of a row. */
public interface RowOracle {
    /** The largest error of softmax allowed, in ULP: measured 1.492 in rows of 1 to 16 million. */
    double SOFTMAX_LIMIT = 1.5;
    /** The largest error of its gradient, in ULP of the larger of |y dy| and |y Σ dy y|: measured 1.49. */
    double SOFTMAX_BACKWARD_LIMIT = 1.5;

    /** The output.
     *
     * @param x a row
     * @return the exact output */
    double[] forward(float... x);

    /** The gradient with respect to the input.
     *
     * @param y  the output of the forward call, as it was rounded
     * @param dy the gradient with respect to it
     * @return the exact gradient */
    Gradient backward(float[] y, float[] dy);

    /**
     * A gradient whose terms may cancel.
     *
     * @param value     the exact value
     * @param magnitude the larger of the terms it is the difference of
     */
    record Gradient(double[] value, double[] magnitude) {
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

    /** One line per function. */
    final class Registry {
        private static final Map<RowActivation, RowOracle> ALL = new EnumMap<>(Map.of(
                RowActivation.SOFTMAX, new SoftmaxOracle(),
                // of scores with noise
                RowActivation.GUMBEL_SOFTMAX, new SoftmaxOracle()));

        private Registry() {
        }
    }
}
