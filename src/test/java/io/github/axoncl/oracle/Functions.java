package io.github.axoncl.oracle;

import io.github.axoncl.Activation;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Penalty;
import io.github.axoncl.RecurrentCell;
import io.github.axoncl.RowActivation;
import io.github.axoncl.StochasticActivation;

import java.util.List;
import java.util.stream.Stream;

/** Every function that AxonCL has a constant and a kernel file for. */
public final class Functions {
    private Functions() {
    }

    /** The constants of every kind of function.
     *
     * @return an unmodifiable list */
    public static List<KernelFunction> all() {
        return Stream.<KernelFunction[]>of(Activation.values(), RowActivation.values(), GatedActivation.values(),
                StochasticActivation.values(), Penalty.values(), RecurrentCell.values()).flatMap(Stream::of).toList();
    }
}
