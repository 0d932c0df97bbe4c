package io.github.axoncl;

/** y = f(x + bias) for a function that takes random decisions, see {@link StochasticFunction#withBias()}. Immutable; may be
 * shared by any threads. */
public final class BiasedStochasticActivation extends FusedActivation<StochasticFunction> {
    BiasedStochasticActivation(StochasticFunction activation) {
        super("bias", activation);
    }

    /** What a network computes in the place of this function when it is not being trained.
     *
     * @return {@link StochasticFunction#evaluation()} with the bias */
    public BiasedActivation evaluation() {
        return activation().evaluation().withBias();
    }
}
