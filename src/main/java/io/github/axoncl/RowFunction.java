package io.github.axoncl;

/**
 * A function that reduces over a row, with the values of its parameters.
 *
 * <p>The constants of {@link RowActivation} are such functions with default parameters, {@link #with} gives others. Instances
 * are immutable, compare by definition and values, and may be shared by any threads.
 */
public sealed interface RowFunction extends KernelFunction permits RowActivation, BoundRowActivation {

    /** This function with other parameters.
     *
     * @param values a value for each of {@link KernelDefinition#parameters()}, in that order, rounded to float32
     * @return the function
     * @throws IllegalArgumentException if the number of values is wrong or one is not in its legal range */
    default RowFunction with(double... values) {
        return new BoundRowActivation(definition(), definition().checkArguments(values));
    }
}
