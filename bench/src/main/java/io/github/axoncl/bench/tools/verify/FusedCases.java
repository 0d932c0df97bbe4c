package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.AccumulatedActivation;
import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.BiasedActivation;
import io.github.axoncl.DType;
import io.github.axoncl.Operation;
import io.github.axoncl.Penalty;
import io.github.axoncl.PenaltyFunction;
import io.github.axoncl.Precision;
import io.github.axoncl.Rows;
import io.github.axoncl.bench.tools.verify.Trial.Output;
import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import java.util.ArrayList;
import java.util.List;

/** Several steps in one pass: chains, a bias, accumulation, penalties. */
final class FusedCases {
    static final int CHANNELS = 5;
    private static final int INNER = 7;

    private FusedCases() {
    }

    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>(ElementwiseCases.of(Activation.TANH.after(Activation.GELU), null));
        // A function without a parameter and one with, whose value is not the default.
        addBias(cases, Activation.GELU, Activation.GELU);
        addBias(cases, Activation.ELU, Activation.ELU.with(0.5));
        for (double[] factors : new double[][] {{0.3, -2.7}, {1, 0}}) {
            AccumulatedActivation f = Activation.SOFTSIGN.accumulating((float) factors[0], (float) factors[1]);
            cases.add(new VerifyCase(f.describe() + " " + f.alpha() + " f(x) + " + f.beta() + " y",
                    (samples, reference) -> accumulating(f, samples)));
        }
        for (Penalty constant : Penalty.values()) {
            PenaltyFunction f = constant.with(Samples.otherArguments(constant.definition()));
            cases.add(new VerifyCase(f.describe() + " " + Operation.FORWARD.id(), (samples, reference) -> penalty(f, samples)));
            cases.add(new VerifyCase(f.describe() + " " + Operation.BACKWARD.id(),
                    (samples, reference) -> penaltyGradient(f, samples)));
        }
        return cases;
    }

    // ---- bias

    private static void addBias(List<VerifyCase> cases, Activation constant, ActivationFunction f) {
        BiasedActivation biased = f.withBias();
        Oracle oracle = Oracles.of(constant);
        String forward = biased.describe() + " " + Operation.FORWARD.id();
        String backward = biased.describe() + " " + Operation.BACKWARD.id();
        cases.add(new VerifyCase(forward, (samples, reference) -> biased(biased, oracle, false, samples)));
        cases.add(new VerifyCase(forward + ", z kept", (samples, reference) -> biased(biased, oracle, true, samples)));
        cases.add(new VerifyCase(backward + " from z", (samples, reference) -> biasedGradient(biased, oracle, true, samples)));
        cases.add(new VerifyCase(backward + " from x", (samples, reference) -> biasedGradient(biased, oracle, false, samples)));
    }

    private static double[] parameters(BiasedActivation f) {
        return f.definition().parameters().stream().mapToDouble(p -> f.argument(f.definition().parameters().indexOf(p)))
                .toArray();
    }

    static Rows shape(int samples) {
        return Samples.shape(samples, CHANNELS, INNER, 1);
    }

    /** What the function is computed of: the rounded sum. */
    static float z(Rows rows, float[] x, float[] bias, int i) {
        return x[i] + bias[Place.AXIS.index(rows, 1, 0, bias.length, i)];
    }

    private static Trial biased(BiasedActivation f, Oracle oracle, boolean keep, int samples) {
        Rows rows = shape(samples);
        float[] x = Samples.inputs((int) rows.length(), 51);
        float[] bias = Samples.normal(CHANNELS, 52);
        double[] parameters = parameters(f);
        Trial trial = Trial.of(rows, (backend, o) -> {
            if (keep) {
                backend.forward(f, rows, o.apply("x"), o.apply("bias"), o.apply("z"), o.apply("y"));
            } else {
                backend.forward(f, rows, o.apply("x"), o.apply("bias"), o.apply("y"));
            }
        }).in("x", Place.EACH, x).in("bias", Place.AXIS, bias).out("y", Place.EACH, 2, oracle.forwardLimit(Precision.ACCURATE));
        if (keep) {
            trial.out("z", Place.EACH, 2);
        }
        return trial.exact(x.length, (i, exact) -> exact[0].set(i, oracle.forward().at(z(rows, x, bias, i), parameters)));
    }

    /** Of ordinary numbers: one special one would be all that remains of a sum. */
    private static Trial biasedGradient(BiasedActivation f, Oracle oracle, boolean fromZ, int samples) {
        Rows rows = shape(samples);
        float[] x = Samples.normal((int) rows.length(), 53);
        float[] bias = fromZ ? new float[CHANNELS] : Samples.normal(CHANNELS, 54);
        float[] dy = Samples.normal(x.length, 55);
        double[] parameters = parameters(f);
        Trial trial = Trial.of(rows, (backend, o) -> {
            if (fromZ) {
                backend.backward(f, rows, o.apply("z"), o.apply("dy"), o.apply("dx"), o.apply("dbias"));
            } else {
                backend.backward(f, rows, o.apply("x"), o.apply("bias"), o.apply("dy"), o.apply("dx"), o.apply("dbias"));
            }
        }).in(fromZ ? "z" : "x", Place.EACH, x);
        if (!fromZ) {
            trial.in("bias", Place.AXIS, bias);
        }
        return trial.factor("dy", Place.EACH, dy)
                .out("dx", Place.EACH, 2, ElementwiseCases.productLimit(oracle.derivativeLimit(Precision.ACCURATE)))
                .out("dbias", Place.AXIS, x.length)
                .exact(x.length, (i, exact) -> ElementwiseCases.setProduct(exact[0], i, dy[i],
                        oracle.derivative().at(z(rows, x, bias, i), parameters)));
    }

    // ---- accumulation

    private static Trial accumulating(AccumulatedActivation f, int samples) {
        Values before = Values.of(Samples.gradients(samples, 57));
        return Trial.of(new Rows(samples, 1, 1), (backend, o) -> backend.forward(f, o.apply("x"), o.apply("y")))
                .in("x", Place.EACH, Samples.inputs(samples, 56)).in("y before", Place.EACH, before)
                .out(new Output("y", Place.EACH, DType.FLOAT32, samples, Double.POSITIVE_INFINITY, 3, before));
    }

    // ---- penalties

    private static Trial penalty(PenaltyFunction f, int samples) {
        return Trial.of(Rows.of(1, samples), (backend, o) -> backend.forward(f, o.apply("y"), o.apply("value")))
                .in("y", Place.EACH, Samples.normal(samples, 58)).out("value", Place.ALL, samples);
    }

    private static Trial penaltyGradient(PenaltyFunction f, int samples) {
        return Trial.of(Rows.of(1, samples), (backend, o) -> backend.backward(f, o.apply("y"), o.apply("dy"), o.apply("value"),
                o.apply("total")))
                .in("y", Place.EACH, Samples.normal(samples, 58)).in("dy", Place.EACH, Samples.gradients(samples, 59))
                .out("value", Place.ALL, samples).out("total", Place.EACH, 2);
    }
}
