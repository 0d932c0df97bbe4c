package io.github.axoncl;

import java.util.Arrays;

/** A definition with a tier and parameter values that were checked. */
final class BoundActivation implements ActivationFunction {
    private final KernelDefinition definition;
    private final Precision precision;
    private final double[] arguments;

    BoundActivation(KernelDefinition definition, Precision precision, double... checked) {
        this.definition = definition;
        this.precision = precision;
        this.arguments = checked.clone();
    }

    @Override
    public KernelDefinition definition() {
        return definition;
    }

    @Override
    public double argument(int index) {
        return arguments[index];
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundActivation that && that.definition == definition
                && that.precision == precision && Arrays.equals(that.arguments, arguments);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * System.identityHashCode(definition) + precision.hashCode()) + Arrays.hashCode(arguments);
    }

    @Override
    public String toString() {
        return describe();
    }
}
