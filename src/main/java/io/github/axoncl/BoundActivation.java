package io.github.axoncl;

import java.util.Arrays;

/** A definition with parameter values that were checked when this was made. */
final class BoundActivation implements ActivationFunction {
    private final KernelDefinition definition;
    private final float[] arguments;

    BoundActivation(KernelDefinition definition, double... values) {
        this.definition = definition;
        this.arguments = definition.checkArguments(values);
    }

    @Override
    public KernelDefinition definition() {
        return definition;
    }

    @Override
    public float argument(int index) {
        return arguments[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BoundActivation that && that.definition == definition
                && Arrays.equals(that.arguments, arguments);
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(definition) + Arrays.hashCode(arguments);
    }

    @Override
    public String toString() {
        return describe();
    }
}
