package io.github.axoncl;

import java.util.List;
import java.util.stream.Stream;

/** Makes functions from text, for tests in every package. */
public final class TestKernels {
    private TestKernels() {
    }

    /** The functions of the library, those that are not for users included. */
    public static Stream<KernelFunction> all() {
        return Stream.of(Activation.values(), RowActivation.values(), Loss.values(), Auxiliary.values()).flatMap(Stream::of);
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
}
