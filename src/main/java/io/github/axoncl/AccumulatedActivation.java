package io.github.axoncl;

/** y = alpha f(x) + beta y, see {@link ActivationFunction#accumulating}. Immutable; may be shared by any threads. */
public final class AccumulatedActivation extends FusedActivation<ActivationFunction> {
    private final float alpha;
    private final float beta;

    AccumulatedActivation(ActivationFunction activation, float alpha, float beta) {
        super("accumulate", activation);
        this.alpha = alpha;
        this.beta = beta;
    }

    /** What f(x) is multiplied by.
     *
     * @return alpha */
    public float alpha() {
        return alpha;
    }

    /** What y is multiplied by.
     *
     * @return beta */
    public float beta() {
        return beta;
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other) && other instanceof AccumulatedActivation that && alpha == that.alpha && beta == that.beta;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * super.hashCode() + Float.hashCode(alpha)) + Float.hashCode(beta);
    }
}
