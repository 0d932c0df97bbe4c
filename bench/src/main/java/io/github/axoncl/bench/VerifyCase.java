package io.github.axoncl.bench;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.RowActivation;
import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import java.util.ArrayList;
import java.util.List;

/** One function with one operation: its inputs, how a backend computes it, and what is right. */
interface VerifyCase {
    /** Function, parameters and operation. */
    String title();

    /** The largest error allowed against the oracle, in ULP. */
    double limit();

    /** How many numbers may be flushed on the way to one result, on a device that flushes subnormals. */
    int flushes();

    /** The inputs for about as many values; the CPU reference makes outputs where the operation starts from them. */
    Inputs inputs(int samples, Backend reference);

    /** How many results the inputs give. */
    default int outputs(Inputs inputs) {
        return inputs.x().length;
    }

    /** Computes the case. */
    void run(Backend backend, Inputs inputs, float[] out);

    /** The exact results. */
    Exact exact(Inputs inputs);

    /**
     * Inputs of equal length, but for what a row has one of.
     *
     * @param x  the first input
     * @param dy the gradient; null if the operation takes none
     */
    record Inputs(float[] x, float[] dy) {
        /** What result number {@code index} of so many comes from; where a row has one number, from its first element. */
        String text(int index, int results) {
            return "x=" + at(x, index, results) + (dy == null ? "" : " dy=" + at(dy, index, results));
        }

        /** The element of an input that belongs to result number {@code index} of so many. */
        static float at(float[] input, int index, int results) {
            return input[(int) ((long) index * input.length / results)];
        }
    }

    /**
     * Exact results.
     *
     * @param value     the values
     * @param magnitude the numbers whose last place is the unit of the error; NaN where the error is not judged
     */
    record Exact(double[] value, double[] magnitude) {
    }

    /** Every function with its default parameters and with others, in both tiers, every operation. */
    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            List<Parameter> parameters = activation.definition().parameters();
            List<ActivationFunction> functions = new ArrayList<>(List.of(activation));
            if (!parameters.isEmpty()) {
                functions.add(activation.with(parameters.stream().mapToDouble(VerifyCase::another).toArray()));
            }
            if (activation.definition().hasFast()) {
                List.copyOf(functions).forEach(function -> functions.add(function.fast()));
            }
            functions.forEach(function -> cases.addAll(of(function, Oracles.of(activation))));
        }
        for (RowActivation function : RowActivation.values()) {
            if (function == RowActivation.GUMBEL_SOFTMAX) {
                continue;                                   // takes random numbers, which the tests judge
            }
            for (int columns : new int[] {1, 3, 10, 257, 5000}) {
                cases.add(new RowCase(function, columns, Operation.FORWARD));
                cases.add(new RowCase(function, columns, RowCase.operation(function)));
            }
        }
        return cases;
    }

    /** Every operation of an element-wise function; without an oracle only bits are compared. */
    static List<VerifyCase> of(ActivationFunction function, Oracle oracle) {
        List<VerifyCase> cases = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            if (operation != Operation.BACKWARD_FROM_OUTPUT || function.definition().hasDerivativeFromOutput()) {
                cases.add(new ElementwiseCase(oracle, function, operation));
            }
        }
        return cases;
    }

    /** A legal value that is not the default. */
    private static double another(Parameter parameter) {
        double value = parameter.defaultValue();
        double other = Double.isInfinite(value) ? Math.copySign(2, value) : value == 0 ? 0.3 : 1.7 * value;
        return Math.max(parameter.min(), Math.min(parameter.max(), other));
    }
}
