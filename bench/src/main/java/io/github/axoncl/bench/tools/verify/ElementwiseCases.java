package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operation;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.Formula;
import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Element-wise functions in both tiers, every operation. */
final class ElementwiseCases {
    private ElementwiseCases() {
    }

    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>();
        for (Activation activation : Activation.values()) {
            List<ActivationFunction> functions = new ArrayList<>(List.of(activation));
            if (!activation.definition().parameters().isEmpty()) {
                functions.add(activation.with(Samples.otherArguments(activation.definition())));
            }
            if (activation.definition().hasFast()) {
                List.copyOf(functions).forEach(function -> functions.add(function.fast()));
            }
            functions.forEach(function -> cases.addAll(of(function, Oracles.of(activation))));
        }
        return cases;
    }

    /** Every operation of a function; without an oracle only bits are compared. */
    static List<VerifyCase> of(ActivationFunction function, Oracle oracle) {
        List<VerifyCase> cases = new ArrayList<>();
        for (Operation operation : Operation.values()) {
            if (operation != Operation.BACKWARD_FROM_OUTPUT || function.definition().hasDerivativeFromOutput()) {
                cases.add(new VerifyCase(function.describe() + " " + operation.id(),
                        (samples, reference) -> trial(function, oracle, operation, samples, reference)));
            }
        }
        return cases;
    }

    private static Trial trial(ActivationFunction f, Oracle oracle, Operation operation, int samples, Backend reference) {
        float[] x = Samples.inputs(samples);
        if (operation == Operation.BACKWARD_FROM_OUTPUT) {
            reference.forward(f, x, x);
        }
        Trial trial = Trial.of(new Rows(samples, 1, 1), run(f, operation)).in("x", Place.EACH, x)
                .out("y", Place.EACH, 1, oracle == null ? Double.POSITIVE_INFINITY : limit(f, oracle, operation));
        float[] dy = operation.takesGradient() ? Samples.gradients(samples) : null;
        if (dy != null) {
            trial.factor("dy", Place.EACH, dy);
        }
        return oracle == null ? trial : trial.exact(samples, judge(f, oracle, operation, x, dy));
    }

    /** Of the inputs x and, if the operation takes one, dy; the output is y. */
    static Trial.Run run(ActivationFunction f, Operation operation) {
        return (backend, o) -> {
            switch (operation) {
                case FORWARD -> backend.forward(f, o.apply("x"), o.apply("y"));
                case DERIVATIVE -> backend.derivative(f, o.apply("x"), o.apply("y"));
                case BACKWARD -> backend.backward(f, o.apply("x"), o.apply("dy"), o.apply("y"));
                case BACKWARD_FROM_OUTPUT -> backend.backwardFromOutput(f, o.apply("x"), o.apply("dy"), o.apply("y"));
            }
        };
    }

    private static double limit(ActivationFunction f, Oracle oracle, Operation operation) {
        return switch (operation) {
            case FORWARD -> oracle.forwardLimit(f.precision());
            case DERIVATIVE -> oracle.derivativeLimit(f.precision());
            case BACKWARD -> productLimit(oracle.derivativeLimit(f.precision()));
            case BACKWARD_FROM_OUTPUT -> productLimit(Oracle.FROM_OUTPUT_LIMIT);
        };
    }

    private static Trial.Judge judge(ActivationFunction f, Oracle oracle, Operation operation, float[] x, float... dy) {
        double[] parameters = IntStream.range(0, f.definition().parameters().size()).mapToDouble(i -> (float) f.argument(i))
                .toArray();
        Formula formula = switch (operation) {
            case FORWARD -> oracle.forward();
            case DERIVATIVE, BACKWARD -> oracle.derivative();
            case BACKWARD_FROM_OUTPUT -> oracle.fromOutput();
        };
        return (i, exact) -> {
            double value = formula.at(x[i], parameters);
            if (dy == null) {
                exact[0].set(i, value);
            } else {
                setProduct(exact[0], i, dy[i], value);
            }
        };
    }

    /** A product's error: that of the derivative, which counts up to twice as much in the product's unit, and one rounding. */
    static double productLimit(double derivative) {
        return 2 * derivative + 0.5;
    }

    /** The product takes the rounded derivative: few bits are left where it is subnormal, none where it overflows. */
    static void setProduct(Exact exact, int i, double dy, double derivative) {
        double size = Math.abs(derivative);
        if (!(size < Float.MIN_NORMAL || size > Float.MAX_VALUE) || derivative == 0) {
            exact.set(i, derivative == 0 && !Double.isNaN(dy) ? 0 : dy * derivative);
        }
    }
}
