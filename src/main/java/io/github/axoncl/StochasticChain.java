package io.github.axoncl;

import java.util.Arrays;

/** y = g(f(x)), see {@link StochasticFunction#after}. */
final class StochasticChain extends BoundFunction implements StochasticFunction {
    private final ActivationFunction first;
    private final StochasticFunction decision;

    StochasticChain(ActivationFunction first, StochasticFunction decision) {
        super(Backends.chain(first, decision, false), Precision.ACCURATE, Backends.chained(first, decision));
        this.first = first;
        this.decision = decision;
    }

    /** g, whose numbers the host makes. */
    StochasticFunction decision() {
        return decision;
    }

    @Override
    public StochasticFunction with(double... values) {
        double[] checked = definition().checkArguments(values);
        int ofFirst = first.definition().parameters().size();
        return new StochasticChain(first.with(Arrays.copyOf(checked, ofFirst)),
                decision.with(Arrays.copyOfRange(checked, ofFirst, checked.length)));
    }

    @Override
    public StochasticFunction after(ActivationFunction f) {
        return new StochasticChain(first.after(f), decision);
    }

    @Override
    public ActivationFunction evaluation() {
        ActivationFunction mean = decision.evaluation();
        return mean == Activation.IDENTITY ? first : mean.after(first);
    }
}
