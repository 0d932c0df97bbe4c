package io.github.axoncl;

import java.util.Arrays;

/** The definition of a loss with parameter values that were checked. */
final class BoundLoss implements LossFunction {
    private final KernelDefinition definition;
    private final double[] arguments;

    BoundLoss(KernelDefinition definition, double... checked) {
        this.definition = definition;
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
    public boolean equals(Object other) {
        return other instanceof BoundLoss that && that.definition == definition
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
