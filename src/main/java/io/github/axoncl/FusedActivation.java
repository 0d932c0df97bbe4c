package io.github.axoncl;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;

/**
 * An element-wise function joined with something else into one pass over memory.
 *
 * @param <F> what kind of function that is
 */
public abstract sealed class FusedActivation<F extends KernelFunction> implements KernelFunction
        permits BiasedActivation, BiasedStochasticActivation, AccumulatedActivation {
    private final F activation;
    private final KernelDefinition definition;

    FusedActivation(String joining, F activation) {
        this.activation = Objects.requireNonNull(activation, "activation");
        this.definition = Backends.compose(joining, activation.id() + "_with_" + joining, Map.of("f", activation), false);
    }

    /** The element-wise function.
     *
     * @return the function with its parameters */
    public final F activation() {
        return activation;
    }

    @Override
    public final KernelDefinition definition() {
        return definition;
    }

    @Override
    public final double argument(int index) {
        return activation.argument(index);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FusedActivation<?> that && definition == that.definition && Arrays.equals(
                activation.definition().arguments(activation), activation.definition().arguments(that.activation));
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(definition) + Arrays.hashCode(activation.definition().arguments(activation));
    }

    @Override
    public final String toString() {
        return describe();
    }
}
