package io.github.axoncl.bench;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operation;
import io.github.axoncl.oracle.Formula;
import io.github.axoncl.oracle.Oracle;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An element-wise function.
 *
 * @param oracle    what is right; null for a user's function, of which only bits are compared
 * @param function  the function
 * @param operation what is computed of it
 */
record ElementwiseCase(Oracle oracle, ActivationFunction function, Operation operation) implements VerifyCase {

    @Override
    public String title() {
        return function.describe() + " " + operation.id();
    }

    /** A product's error: that of the derivative, which counts up to twice as much in the product's unit, and one rounding. */
    @Override
    public double limit() {
        if (oracle == null) {
            return Double.POSITIVE_INFINITY;
        }
        return switch (operation) {
            case FORWARD -> oracle.forwardLimit();
            case DERIVATIVE -> oracle.derivativeLimit();
            case BACKWARD -> 2 * oracle.derivativeLimit() + 0.5;
            case BACKWARD_FROM_OUTPUT -> 2 * Oracle.FROM_OUTPUT_LIMIT + 0.5;
        };
    }

    @Override
    public int flushes() {
        return 1;
    }

    @Override
    public Inputs inputs(int samples, Backend reference) {
        float[] x = Samples.inputs(samples);
        if (operation == Operation.BACKWARD_FROM_OUTPUT) {
            reference.forward(function, x, x);
        }
        return new Inputs(x, operation.takesGradient() ? Samples.gradients(samples) : null);
    }

    @Override
    public void run(Backend backend, Inputs in, float[] out) {
        switch (operation) {
            case FORWARD -> backend.forward(function, in.x(), out);
            case DERIVATIVE -> backend.derivative(function, in.x(), out);
            case BACKWARD -> backend.backward(function, in.x(), in.dy(), out);
            case BACKWARD_FROM_OUTPUT -> backend.backwardFromOutput(function, in.x(), in.dy(), out);
        }
    }

    @Override
    public Exact exact(Inputs in) {
        double[] value = new double[in.x().length];
        double[] magnitude = new double[value.length];
        if (oracle == null) {
            Arrays.fill(magnitude, Double.NaN);
            return new Exact(value, magnitude);
        }
        double[] parameters = new double[function.definition().parameters().size()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) function.argument(i);
        }
        Formula formula = switch (operation) {
            case FORWARD -> oracle.forward();
            case DERIVATIVE, BACKWARD -> oracle.derivative();
            case BACKWARD_FROM_OUTPUT -> oracle.fromOutput();
        };
        IntStream.range(0, value.length).parallel().forEach(i -> {
            double f = formula.at(in.x()[i], parameters);
            value[i] = in.dy() == null ? f : product(in.dy()[i], f);
            magnitude[i] = in.dy() == null || judged(f) ? finite(value[i]) : Double.NaN;
        });
        return new Exact(value, magnitude);
    }

    /** The product takes the rounded derivative: few bits are left where it is subnormal, none where it overflows. */
    private static boolean judged(double derivative) {
        double size = Math.abs(derivative);
        return !(size < Float.MIN_NORMAL || size > Float.MAX_VALUE) || derivative == 0;
    }

    private static double product(float dy, double derivative) {
        return derivative == 0 && !Float.isNaN(dy) ? 0 : dy * derivative;
    }

    /** NaN as a magnitude would mean: not judged. */
    private static double finite(double value) {
        return Double.isNaN(value) ? 0 : value;
    }
}
