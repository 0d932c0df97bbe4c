package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One operation of one function with its parameter values: the unit of the suite. All functions, operations and parameter
 * values follow from the declarations, so a new function is tested without a line here.
 *
 * @param function  the function
 * @param operation the operation
 */
public record FunctionCase(ActivationFunction function, Operation operation) {
    /** Tried for every parameter beside its default and the ends of its range, where legal. */
    private static final double[] VALUES = {0, 0.3, 1.5, -0.75, 2, -3};

    /** Every function with its default parameters only. */
    public static Stream<FunctionCase> withDefaults() {
        return Stream.of(Activation.values()).flatMap(FunctionCase::operations);
    }

    /** Every function with every set of parameter values. */
    public static Stream<FunctionCase> all() {
        return functions().flatMap(FunctionCase::operations);
    }

    /** Every function with every set of parameter values, without operations; in the fast tier too where there is one, with all
     * sets on the CPU's scalar form, which judges its accuracy, and with the default parameters elsewhere. */
    public static Stream<ActivationFunction> functions() {
        boolean all = BackendUnderTest.current() == BackendUnderTest.CPU_SCALAR;
        return Stream.of(Activation.values()).flatMap(FunctionCase::variants)
                .flatMap(f -> f.definition().hasFast() && (all || f instanceof Activation) ? Stream.of(f, f.fast())
                        : Stream.of(f));
    }

    private static Stream<ActivationFunction> variants(Activation activation) {
        List<Parameter> parameters = activation.definition().parameters();
        Set<ActivationFunction> variants = new LinkedHashSet<>();
        variants.add(activation);
        for (int i = 0; i < parameters.size(); i++) {
            Parameter parameter = parameters.get(i);
            List<Double> values = new ArrayList<>(List.of(parameter.min(), parameter.max()));
            for (double value : BackendUnderTest.current().isBrief() ? new double[0] : VALUES) {
                if (parameter.min() <= value && value <= parameter.max()) {
                    values.add(value);
                }
            }
            for (double value : values) {
                double[] all = parameters.stream().mapToDouble(Parameter::defaultValue).toArray();
                all[i] = value;
                variants.add(activation.with(ordered(parameters, i, all)));
            }
        }
        if (parameters.size() > 1) {
            variants.add(activation.with(parameters.stream().mapToDouble(Parameter::min).toArray()));
            variants.add(activation.with(parameters.stream().mapToDouble(Parameter::max).toArray()));
        }
        return variants.stream();
    }

    /** The other parameters follow the changed one where a rule between them asks for it. */
    private static double[] ordered(List<Parameter> parameters, int changed, double... values) {
        for (int i = 0; i < values.length; i++) {
            for (int j = 0; j < values.length; j++) {
                boolean broken = parameters.get(j).name().equals(parameters.get(i).notAbove()) && values[i] > values[j];
                if (broken) {
                    values[i == changed ? j : i] = values[changed];
                }
            }
        }
        return values;
    }

    private static Stream<FunctionCase> operations(ActivationFunction function) {
        return Stream.of(Operation.values()).map(operation -> new FunctionCase(function, operation))
                .filter(FunctionCase::isOffered);
    }

    private boolean isOffered() {
        if (operation != Operation.BACKWARD_FROM_OUTPUT) {
            return true;
        }
        List<Parameter> parameters = function.definition().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            if (function.argument(i) < parameters.get(i).minFromOutput()) {
                return false;
            }
        }
        return function.definition().hasDerivativeFromOutput();
    }

    /** The constant this is a variant of. */
    public static Activation constant(ActivationFunction function) {
        return Activation.of(function.id());
    }

    /** The values of the parameters, as float32 takes them. */
    public static double[] arguments(ActivationFunction function) {
        double[] values = new double[function.definition().parameters().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) function.argument(i);
        }
        return values;
    }

    boolean hasDefaults() {
        return function instanceof Activation;
    }

    boolean takesGradient() {
        return operation.takesGradient();
    }

    /** Runs it; dy is not looked at where the operation takes none. */
    void run(Backend backend, Operand x, Operand dy, Operand out) {
        switch (operation) {
            case FORWARD -> backend.forward(function, x, out);
            case DERIVATIVE -> backend.derivative(function, x, out);
            case BACKWARD -> backend.backward(function, x, dy, out);
            case BACKWARD_FROM_OUTPUT -> backend.backwardFromOutput(function, x, dy, out);
            default -> throw new AssertionError(operation);
        }
    }

    /** Runs it on arrays. */
    float[] run(Backend backend, float[] x, float[] dy) {
        float[] out = new float[x.length];
        run(backend, Operand.of(x), Operand.of(dy), Operand.of(out));
        return out;
    }

    @Override
    public String toString() {
        return operation.id() + " of " + function.describe();
    }
}
