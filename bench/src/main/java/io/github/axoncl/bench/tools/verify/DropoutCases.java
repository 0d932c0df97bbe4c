package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Activation;
import io.github.axoncl.BiasedStochasticActivation;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.StochasticFunction;
import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import io.github.axoncl.oracle.StochasticOracle;
import java.util.ArrayList;
import java.util.List;

/** An activation and dropout behind it in one pass, without a bias and with one before them. */
final class DropoutCases {
    private static final RandomSeed SEED = StochasticCases.SEED;
    private static final double P = 0.1;
    /** Of the sum, the activation and the two roundings of dropout. */
    private static final int FLUSHES = 4;

    private final StochasticFunction f;
    private final BiasedStochasticActivation biased;
    private final Oracle oracle;
    private final StochasticOracle decisions;

    private DropoutCases(Activation activation, StochasticActivation dropout) {
        f = dropout.with(P).after(activation);
        biased = f.withBias();
        oracle = Oracles.of(activation);
        decisions = StochasticOracle.of(dropout);
    }

    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>();
        new DropoutCases(Activation.GELU, StochasticActivation.DROPOUT).addTo(cases);
        new DropoutCases(Activation.SELU, StochasticActivation.ALPHA_DROPOUT).addTo(cases);
        return cases;
    }

    private void addTo(List<VerifyCase> cases) {
        String forward = " " + Operation.FORWARD.id();
        String backward = " " + Operation.BACKWARD.id();
        cases.add(new VerifyCase(f.describe() + forward, (samples, reference) -> forward(samples)));
        cases.add(new VerifyCase(f.describe() + backward, (samples, reference) -> backward(samples)));
        String title = biased.describe();
        cases.add(new VerifyCase(title + forward, (samples, reference) -> biasedForward(false, samples)));
        cases.add(new VerifyCase(title + forward + ", z kept", (samples, reference) -> biasedForward(true, samples)));
        cases.add(new VerifyCase(title + backward + " from z", (samples, reference) -> biasedBackward(true, samples)));
        cases.add(new VerifyCase(title + backward + " from x", (samples, reference) -> biasedBackward(false, samples)));
    }

    // ---- what is exact

    /** The activation's error, which may count twice in the unit of what dropout makes of it, and dropout's own. */
    private double limit() {
        return 2 * oracle.forwardLimit(Precision.ACCURATE) + decisions.limit();
    }

    /** A product of what dropout makes of dy and the derivative. */
    private double gradientLimit() {
        return 2 * decisions.limit() + ElementwiseCases.productLimit(oracle.derivativeLimit(Precision.ACCURATE));
    }

    /** Of what dropout gets it does not say what becomes if that is NaN, or overflowed on the way. */
    private void setForward(Exact exact, int i, float z) {
        double activated = oracle.forward().at(z);
        if (Math.abs(activated) <= Float.MAX_VALUE || Double.isInfinite(activated)) {
            StochasticOracle.Value value = decisions.forward().at(StochasticCases.word(i), activated, 0, P);
            exact.set(i, value.value(), value.magnitude());
        }
    }

    private void setBackward(Exact exact, int i, float z, float dy) {
        double derivative = oracle.derivative().at(z);
        double scale = decisions.backward().at(StochasticCases.word(i), z, 0, P).value();
        ElementwiseCases.setProduct(exact, i, scale * dy, derivative);
    }

    // ---- without a bias

    private Trial forward(int samples) {
        float[] x = Samples.inputs(samples, 61);
        return Trial.of(new Rows(samples, 1, 1), (backend, o) -> backend.forward(f, SEED, o.apply("x"), o.apply("y")))
                .in("x", Place.EACH, x).out("y", Place.EACH, FLUSHES, limit())
                .exact(samples, (i, exact) -> setForward(exact[0], i, x[i]));
    }

    /** Of gradients of middle size, which stay normal numbers on the way. */
    private Trial backward(int samples) {
        float[] x = Samples.inputs(samples, 62);
        float[] dy = Samples.finite(samples);
        return Trial.of(new Rows(samples, 1, 1),
                (backend, o) -> backend.backward(f, SEED, o.apply("x"), o.apply("dy"), o.apply("dx")))
                .in("x", Place.EACH, x).factor("dy", Place.EACH, dy).out("dx", Place.EACH, FLUSHES, gradientLimit())
                .exact(samples, (i, exact) -> setBackward(exact[0], i, x[i], dy[i]));
    }

    // ---- with a bias

    private Trial biasedForward(boolean keep, int samples) {
        Rows rows = FusedCases.shape(samples);
        float[] x = Samples.inputs((int) rows.length(), 63);
        float[] bias = Samples.normal(FusedCases.CHANNELS, 64);
        Trial trial = Trial.of(rows, (backend, o) -> {
            if (keep) {
                backend.forward(biased, rows, SEED, o.apply("x"), o.apply("bias"), o.apply("z"), o.apply("y"));
            } else {
                backend.forward(biased, rows, SEED, o.apply("x"), o.apply("bias"), o.apply("y"));
            }
        }).in("x", Place.EACH, x).in("bias", Place.AXIS, bias).out("y", Place.EACH, FLUSHES, limit());
        if (keep) {
            trial.out("z", Place.EACH, FLUSHES);
        }
        return trial.exact(x.length, (i, exact) -> setForward(exact[0], i, FusedCases.z(rows, x, bias, i)));
    }

    /** Of ordinary numbers: one special one would be all that remains of a sum. */
    private Trial biasedBackward(boolean fromZ, int samples) {
        Rows rows = FusedCases.shape(samples);
        float[] x = Samples.normal((int) rows.length(), 65);
        float[] bias = fromZ ? new float[FusedCases.CHANNELS] : Samples.normal(FusedCases.CHANNELS, 66);
        float[] dy = Samples.normal(x.length, 67);
        Trial trial = Trial.of(rows, (backend, o) -> {
            if (fromZ) {
                backend.backward(biased, rows, SEED, o.apply("z"), o.apply("dy"), o.apply("dx"), o.apply("dbias"));
            } else {
                backend.backward(biased, rows, SEED, o.apply("x"), o.apply("bias"), o.apply("dy"), o.apply("dx"),
                        o.apply("dbias"));
            }
        }).in(fromZ ? "z" : "x", Place.EACH, x);
        if (!fromZ) {
            trial.in("bias", Place.AXIS, bias);
        }
        return trial.factor("dy", Place.EACH, dy).out("dx", Place.EACH, FLUSHES, gradientLimit())
                .out("dbias", Place.AXIS, x.length + FLUSHES)
                .exact(x.length, (i, exact) -> setBackward(exact[0], i, FusedCases.z(rows, x, bias, i), dy[i]));
    }
}
