package io.github.axoncl;

import java.util.Arrays;

/** A definition with a tier and parameter values that were checked: what the functions that are no constants have in common. */
abstract class BoundFunction {
    private final KernelDefinition definition;
    private final Precision precision;
    private final double[] arguments;

    BoundFunction(KernelDefinition definition, Precision precision, double... checked) {
        this.definition = definition;
        this.precision = precision;
        this.arguments = checked.clone();
    }

    /** See {@link KernelFunction#definition()}. */
    public final KernelDefinition definition() {
        return definition;
    }

    /** See {@link KernelFunction#argument(int)}. */
    public final double argument(int index) {
        return arguments[index];
    }

    /** See {@link KernelFunction#precision()}. */
    public final Precision precision() {
        return precision;
    }

    @Override
    public final boolean equals(Object other) {
        return other != null && other.getClass() == getClass() && ((BoundFunction) other).definition == definition
                && ((BoundFunction) other).precision == precision
                && Arrays.equals(((BoundFunction) other).arguments, arguments);
    }

    @Override
    public final int hashCode() {
        return 31 * (31 * System.identityHashCode(definition) + precision.hashCode()) + Arrays.hashCode(arguments);
    }

    @Override
    public final String toString() {
        return ((KernelFunction) this).describe();
    }
}
