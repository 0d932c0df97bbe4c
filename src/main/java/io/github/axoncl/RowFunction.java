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
     * @return the function, in the same tier
     * @throws IllegalArgumentException if the number of values is wrong or one is not in its legal range */
    default RowFunction with(double... values) {
        return new BoundRowActivation(definition(), precision(), definition().checkArguments(values));
    }

    /** This function in the tier with fewer operations: at most 8 ULP, with the same bits on every device. Gradients are those
     * of the accurate tier.
     *
     * @return the function with {@link Precision#FAST}, or itself if it has no such form */
    default RowFunction fast() {
        return definition().hasFast() ? new BoundRowActivation(definition(), Precision.FAST, definition().arguments(this))
                : this;
    }

    /** This function in the accurate tier, which functions have unless {@link #fast} was asked for.
     *
     * @return the function with {@link Precision#ACCURATE} */
    default RowFunction accurate() {
        return new BoundRowActivation(definition(), Precision.ACCURATE, definition().arguments(this));
    }
}
