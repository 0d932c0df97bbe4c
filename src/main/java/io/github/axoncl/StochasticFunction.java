package io.github.axoncl;

/**
 * An element-wise function that takes random decisions, with the values of its parameters.
 *
 * <p>The constants of {@link StochasticActivation} are such functions with default parameters, {@link #with} gives others; the
 * random numbers come from the {@link RandomSeed} of a call. Instances are immutable, compare by definition and values, and may
 * be shared by any threads.
 */
public sealed interface StochasticFunction extends KernelFunction permits StochasticActivation, BoundStochasticActivation {

    /** This function with other parameters.
     *
     * @param values a value for each of {@link KernelDefinition#parameters()}, in that order, rounded to float32
     * @return the function
     * @throws IllegalArgumentException if the number of values is wrong or one is not in its legal range */
    default StochasticFunction with(double... values) {
        return new BoundStochasticActivation(definition(), definition().checkArguments(values));
    }

    /** What a network computes in the place of this function when it is not being trained: the identity for dropout, alpha
     * dropout and Gumbel noise, the leaky ReLU of the mean slope for rrelu, and for stochastic GELU its mean, GELU.
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
