package io.github.axoncl;

/**
 * An element-wise activation function f with the values of its parameters.
 *
 * <p>The constants of {@link Activation} are such functions with default parameters, {@link #with} gives others, and
 * {@link Activations} makes functions from text of your own. Instances are immutable, compare by definition and values, and may be shared by any threads.
 */
public sealed interface ActivationFunction extends KernelFunction permits Activation, BoundActivation {

    /** This function with other parameters.
     *
     * @param values a value for each of {@link KernelDefinition#parameters()}, in that order; rounded to float32
     * @return the function
     * @throws IllegalArgumentException if the number of values is wrong or one is not in its legal range */
    default ActivationFunction with(double... values) {
        return new BoundActivation(definition(), values);
    }
}
