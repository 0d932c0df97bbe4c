package io.github.axoncl;

import java.util.List;
import java.util.Locale;

/** What is added to a loss so that activations stay small or sparse. {@link #with} sets the factors. */
public enum Penalty implements PenaltyFunction {
    /** l1 Σ |y| + l2 Σ y², with the gradient 2 l2 y + l1 sign(y), sign(0) = 0. By default both factors are 0.01.
     * Tibshirani 1996, Hoerl and Kennard 1970. */
    L1_L2;

    private final KernelDefinition definition = KernelDefinition.ofPieces(name().toLowerCase(Locale.ROOT),
            List.of(Parameter.of("l1", 0.01, 0, 0x1p60), Parameter.of("l2", 0.01, 0, 0x1p60)));

    @Override
    public KernelDefinition definition() {
        return definition;
    }
}
