package io.github.axoncl;

/**
 * An element-wise function that takes random decisions, with the values of its parameters.
 *
 * <p>The constants of {@link StochasticActivation} are such functions with default parameters, {@link #with} gives others; the
 * random numbers come from the {@link RandomSeed} of a call. Instances are immutable, compare by definition and values, and may
 * be shared by any threads.
 */
public sealed interface StochasticFunction extends KernelFunction permits StochasticActivation, BoundStochasticActivation,
        StochasticChain {

    /** This function with other parameters.
     *
     * @param values a value for each of {@link KernelDefinition#parameters()}, in that order, rounded to float32
     * @return the function
     * @throws IllegalArgumentException if the number of values is wrong or one is not in its legal range */
    default StochasticFunction with(double... values) {
        return new BoundStochasticActivation(definition(), definition().checkArguments(values));
    }

    /** This function of another: y = g(f(x)), such as an activation with dropout behind it, in one pass over memory, with the
     * bits of the two computed one after the other. Its parameters are those of f, their names with {@code f_} before them, and
     * then those of g with {@code g_}. The gradient takes the same decisions again and depends on the input:
     * {@link Backend#backward(StochasticFunction, RandomSeed, Operand, Operand, Operand)}.
     *
     * @param f the function that is computed first
     * @return this function after f, in f's tier
     * @throws IllegalArgumentException for zoneout, which takes two inputs, and Gumbel noise, which has no backward
     *                                  operation */
    default StochasticFunction after(ActivationFunction f) {
        StochasticCalls.checkJoins(this);
        return new StochasticChain(f, this);
    }

    /** This function of a sum: y = g(x + bias), in one pass over memory, with one number of the bias for each index along an
     * axis (a row vector for the last axis), and the gradient of both in one pass. With an activation f in between,
     * y = dropout(f(x + bias)), that is {@code f.withDropout(p).withBias()}.
     *
     * @return the function for {@link Backend#forward(BiasedStochasticActivation, Rows, RandomSeed, Operand, Operand, Operand)}
     * @throws IllegalArgumentException for zoneout, which takes two inputs, and Gumbel noise, which has no backward
     *                                  operation */
    default BiasedStochasticActivation withBias() {
        StochasticCalls.checkJoins(this);
        return new BiasedStochasticActivation(this);
    }

    /** What a network computes in the place of this function when it is not being trained: the identity for dropout, alpha
     * dropout and Gumbel noise, the leaky ReLU of the mean slope for rrelu, and for stochastic GELU its mean, GELU. For a
     * function after another one that is its mean after the other, so f for f with dropout.
     *
     * @return the function, which takes no random decision
     * @throws UnsupportedOperationException for zoneout, whose mean (1 - p) x + p previous is one of two inputs */
    default ActivationFunction evaluation() {
        if (definition() == StochasticActivation.RRELU.definition()) {
            return Activation.LEAKY_RELU.with((argument(0) + argument(1)) / 2);
        } else if (definition() == StochasticActivation.STOCHASTIC_GELU.definition()) {
            return Activation.GELU;
        } else if (definition() == StochasticActivation.ZONEOUT.definition()) {
            throw new UnsupportedOperationException(
                    "the mean of zoneout, (1 - p) x + p previous, is not a function of one input");
        }
        return Activation.IDENTITY;
    }
}
