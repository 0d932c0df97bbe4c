package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;

import java.util.List;
import java.util.Locale;
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

    /** A function of rows with the default values of its parameters. */
    public static RowFunction rows(String text, Parameter... parameters) {
        return new BoundRowActivation(KernelDefinition.ofPieces("test", "test.cl", text, List.of(parameters)), Precision.ACCURATE,
                Stream.of(parameters).mapToDouble(Parameter::defaultValue).toArray());
    }

    /** A function that may take {@code bits}. */
    public static StochasticFunction stochastic(String text) {
        return new BoundStochasticActivation(KernelDefinition.ofPieces("test", "test.cl", text, List.of()));
    }

    /** Functions of rows that give both floats of their one sum: of the elements, and of what softmax adds up. */
    public enum Sum {
        /** The elements. */
        ELEMENTS("pair forward_term(float x) { return pair_of(x, 0.0f); }"),
        /** 2^64 e^(x - maximum). */
        EXPONENTIALS("pair forward_term(float x, float maximum) { return row_exp(x, maximum); }");

        private final RowFunction function;

        Sum(String term) {
            function = new BoundRowActivation(KernelDefinition.ofPieces("sum_of_" + name().toLowerCase(Locale.ROOT), "test.cl", term + """

                    typedef struct { float hi; float lo; } both;
                    both forward_row(pair sum) {
                        both b = { sum.hi, sum.lo };
                        return b;
                    }
                    """, List.of()), Precision.ACCURATE);
        }

        /** Adds up the rows along the axis, or those of the other dimensions. */
        public void run(Backend backend, boolean alongAxis, Rows rows, Operand x, Operand hi, Operand lo) {
            Layout perRow = alongAxis ? Layout.ROW : Layout.AXIS;
            CallBuilder call = CallBuilder.of(Operation.FORWARD, function, alongAxis ? Form.ALONG_AXIS : Form.ALONG_OTHERS, rows)
                    .in("x", Layout.EACH, x).out("hi", perRow, hi).out("lo", perRow, lo);
            backend.compute(call.build(backend));
            call.release();
        }
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
