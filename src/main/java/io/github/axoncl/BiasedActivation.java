package io.github.axoncl;

/** y = f(x + bias), see {@link ActivationFunction#withBias()}. Immutable; may be shared by any threads. */
public final class BiasedActivation extends FusedActivation<ActivationFunction> {
    BiasedActivation(ActivationFunction activation) {
        super("bias", activation);
    }

    /** This function with dropout behind it: y = dropout(f(x + bias)), in one pass over memory;
     * {@code f.withDropout(p).withBias()} by another name.
     *
     * @param p the probability with which an element becomes 0
     * @return the function for {@link Backend#forward(BiasedStochasticActivation, Rows, RandomSeed, Operand, Operand, Operand)}
     * @throws IllegalArgumentException if p is not in [0, 1] */
    public BiasedStochasticActivation withDropout(double p) {
        return activation().withDropout(p).withBias();
    }
}
