package io.github.axoncl;

/**
 * A function that compares logits with {@link Targets}, with the values of its parameters.
 *
 * <p>The constants of {@link Loss} are such functions with default parameters, {@link #with} gives others. Instances are
 * immutable, compare by definition and values, and may be shared by any threads.
 */
public sealed interface LossFunction extends KernelFunction permits Loss, BoundLoss {

    /** This function with other parameters.
     *
     * @param values a value for each of {@link KernelDefinition#parameters()}, in that order, rounded to float32
     * @return the function
     * @throws IllegalArgumentException if the number of values is wrong or one is not in its legal range */
    default LossFunction with(double... values) {
        return new BoundLoss(definition(), definition().checkArguments(values));
    }
}
