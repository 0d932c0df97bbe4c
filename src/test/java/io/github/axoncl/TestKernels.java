package io.github.axoncl;

import java.util.List;
import java.util.stream.Stream;

/** Makes functions from text, for tests in every package. */
public final class TestKernels {
    private TestKernels() {
    }

    /** The functions of the library, those that are not for users included. */
    public static Stream<KernelFunction> all() {
        return Stream.<KernelFunction[]>of(Activation.values(), RowActivation.values(), Loss.values(), GatedActivation.values(),
                StochasticActivation.values(), Penalty.values(), RecurrentCell.values(), Auxiliary.values())
                .flatMap(Stream::of);
    }

    /** A definition named {@code test.cl}. */
    public static KernelDefinition definition(String text, Parameter... parameters) {
        return new KernelDefinition("test", "test.cl", text, List.of(parameters));
    }

    /** A function with the default values of its parameters. */
    public static ActivationFunction function(String text, Parameter... parameters) {
        double[] defaults = new double[parameters.length];
        for (int i = 0; i < defaults.length; i++) {
            defaults[i] = parameters[i].defaultValue();
        }
        return new BoundActivation(definition(text, parameters), Precision.ACCURATE, defaults);
    }

    /** A function that may take {@code bits}. */
    public static StochasticFunction stochastic(String text) {
        return new BoundStochasticActivation(KernelDefinition.ofPieces("test", "test.cl", text, List.of()));
    }

    /** What a forward call of a stochastic function is compiled for. */
    public static KernelSignature signature(StochasticFunction function) {
        try (Backend cpu = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
            Operand one = Operand.of(new float[1]);
            return StochasticCalls.forward(function, new RandomSeed(0, 0), one, one).build(cpu).signature();
        }
    }

    /** What a forward call of a function of rows is compiled for. */
    public static KernelSignature signature(RowFunction function) {
        try (Backend cpu = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
            Operand one = Operand.of(new float[1]);
            return RowCalls.forward(function, new Rows(1, 1, 1), null, one, one).build(cpu).signature();
        }
    }
}
