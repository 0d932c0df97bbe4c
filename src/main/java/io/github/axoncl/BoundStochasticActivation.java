package io.github.axoncl;

/** A stochastic function with parameters of its own. */
final class BoundStochasticActivation extends BoundFunction implements StochasticFunction {
    BoundStochasticActivation(KernelDefinition definition, double... checked) {
        super(definition, Precision.ACCURATE, checked);
    }
}
