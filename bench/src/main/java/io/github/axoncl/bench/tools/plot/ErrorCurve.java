package io.github.axoncl.bench.tools.plot;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operation;
import io.github.axoncl.oracle.Formula;
import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import io.github.axoncl.oracle.Ulp;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The largest error of f or f' in ULP in each of many narrow parts of a line, against the wide oracle.
 *
 * @param x   the middle of each part
 * @param ulp the largest error among the inputs drawn in it
 */
record ErrorCurve(double[] x, double[] ulp) {
    static final int PARTS = 200;
    static final int INPUTS_PER_PART = 256;

    /** Empty for a function without oracle: one of the user's. */
    static Optional<ErrorCurve> of(Backend backend, ActivationFunction function, Operation operation, double from, double to) {
        Optional<Activation> known = List.of(Activation.values()).stream()
                .filter(activation -> activation.definition() == function.definition()).findFirst();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Oracle oracle = Oracles.of(known.get());
        Formula exact = operation == Operation.FORWARD ? oracle.forward() : oracle.derivative();
        double[] parameters = new double[function.definition().parameters().size()];
        Arrays.setAll(parameters, function::argument);

        float[] inputs = new float[PARTS * INPUTS_PER_PART];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = (float) (from + (to - from) * (i / INPUTS_PER_PART + random.nextDouble()) / PARTS);
        }
        float[] results = Curve.values(backend, function, operation, inputs);
        ErrorCurve curve = new ErrorCurve(new double[PARTS], new double[PARTS]);
        Arrays.setAll(curve.x, i -> from + (to - from) * (i + 0.5) / PARTS);
        for (int i = 0; i < inputs.length; i++) {
            double error = Ulp.error(results[i], exact.at(inputs[i], parameters));
            curve.ulp[i / INPUTS_PER_PART] = Math.max(curve.ulp[i / INPUTS_PER_PART], error);
        }
        return Optional.of(curve);
    }

    double largest() {
        return Arrays.stream(ulp).max().orElse(0);
    }
}
