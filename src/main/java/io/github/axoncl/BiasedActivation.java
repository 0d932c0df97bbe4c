package io.github.axoncl;

/** y = f(x + bias), see {@link ActivationFunction#withBias()}. Immutable; may be shared by any threads. */
public final class BiasedActivation extends FusedActivation {
    BiasedActivation(ActivationFunction activation) {
        super("bias", activation);
    }
}
