package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Activation;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.LearnedOracle;
import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Element-wise functions whose parameter is an operand: one for all and one for each channel, with both gradients. */
final class LearnedCases {
    private static final int CHANNELS = 5;
    private static final int INNER = 7;

    private LearnedCases() {
    }

    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>();
        LearnedOracle.functions().stream().sorted().forEach(f -> {
            for (int channels : new int[] {1, CHANNELS}) {
                String shape = ", learned, " + (channels == 1 ? "one parameter" : channels + " channels");
                cases.add(new VerifyCase(f.id() + " " + Operation.FORWARD.id() + shape,
                        (samples, reference) -> forward(f, shape(samples, channels))));
                cases.add(new VerifyCase(f.id() + " " + Operation.BACKWARD.id() + shape,
                        (samples, reference) -> backward(f, shape(samples, channels))));
            }
        });
        return cases;
    }

    private static Rows shape(int samples, int channels) {
        return Samples.shape(samples, channels, channels == 1 ? 1 : INNER, 1);
    }

    private static float[] parameters(Activation f, Rows rows) {
        SplittableRandom random = new SplittableRandom(31);
        Parameter declared = f.definition().parameters().get(0);
        float[] parameters = new float[(int) rows.axis()];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = (float) Math.max(declared.min(), Math.min(declared.max(), 0.05 + 3 * random.nextDouble()));
        }
        return parameters;
    }

    private static float parameter(float[] parameters, Rows rows, int element) {
        return parameters[Place.AXIS.index(rows, 1, 0, parameters.length, element)];
    }

    private static Trial forward(Activation f, Rows rows) {
        int length = (int) rows.length();
        float[] x = Samples.inputs(length, 32);
        float[] parameters = parameters(f, rows);
        Oracle oracle = Oracles.of(f);
        return Trial.of(rows, (backend, o) -> backend.forward(f, rows, o.apply("x"), o.apply("parameter"), o.apply("y")))
                .in("x", Place.EACH, x).in("parameter", Place.AXIS, parameters)
                .out("y", Place.EACH, 1, oracle.forwardLimit(Precision.ACCURATE))
                .exact(length, (i, exact) -> exact[0].set(i, oracle.forward().at(x[i], parameter(parameters, rows, i))));
    }

    /** Of ordinary numbers: one special one would be all that remains of a sum. */
    private static Trial backward(Activation f, Rows rows) {
        int length = (int) rows.length();
        float[] x = Samples.normal(length, 33);
        float[] dy = Samples.normal(length, 34);
        float[] parameters = parameters(f, rows);
        Oracle oracle = Oracles.of(f);
        LearnedOracle learned = LearnedOracle.of(f);
        return Trial.of(rows, (backend, o) -> backend.backward(f, rows, o.apply("x"), o.apply("parameter"), o.apply("dy"),
                o.apply("dx"), o.apply("dparameter")))
                .in("x", Place.EACH, x).in("parameter", Place.AXIS, parameters).factor("dy", Place.EACH, dy)
                .out("dx", Place.EACH, 1, ElementwiseCases.productLimit(oracle.derivativeLimit(Precision.ACCURATE)))
                .out("dparameter", Place.AXIS, length + 8, learned.sumLimit())
                .exact(length + (int) rows.axis(), (i, exact) -> {
                    if (i < length) {
                        ElementwiseCases.setProduct(exact[0], i, dy[i],
                                oracle.derivative().at(x[i], parameter(parameters, rows, i)));
                        return;
                    }
                    int channel = i - length;
                    double[] terms = new double[(int) (rows.outer() * rows.inner())];
                    for (int k = 0; k < terms.length; k++) {
                        int at = (int) ((k / rows.inner() * rows.axis() + channel) * rows.inner() + k % rows.inner());
                        terms[k] = dy[at] * learned.derivative().at(x[at], parameters[channel]);
                    }
                    exact[1].set(channel, Arrays.stream(terms).sum(), learned.sumUnit(terms));
                });
    }
}
