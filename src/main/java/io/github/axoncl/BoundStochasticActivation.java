package io.github.axoncl;

import java.util.Arrays;

/** A stochastic definition with parameter values that were checked. */
final class BoundStochasticActivation implements StochasticFunction {
    private final KernelDefinition definition;
    private final double[] arguments;

    BoundStochasticActivation(KernelDefinition definition, double... checked) {
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
        return other instanceof BoundStochasticActivation that && that.definition == definition
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
