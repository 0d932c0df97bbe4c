package io.github.axoncl.bench.measure.model;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import java.util.ArrayList;
import java.util.List;

/** A function, its tier and an operation: what is counted on its own. */
record Counted(ActivationFunction function, Operation operation) {

    /** Everything element-wise, forward and backward, in a fixed order. */
    static List<Counted> all() {
        List<Counted> all = new ArrayList<>();
        for (Activation function : Activation.values()) {
            List<ActivationFunction> tiers = function.definition().hasFast() ? List.of(function, function.fast())
                    : List.of(function);
            for (ActivationFunction tier : tiers) {
                all.add(new Counted(tier, Operation.FORWARD));
                all.add(new Counted(tier, Operation.BACKWARD));
            }
        }
        return all;
    }

    String title() {
        return (function.precision() == Precision.FAST ? "fast " : "") + function.id() + ' ' + operation.id();
    }
}
