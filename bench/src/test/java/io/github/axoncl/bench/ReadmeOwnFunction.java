package io.github.axoncl.bench;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Activations;
import io.github.axoncl.Backend;
import io.github.axoncl.Parameter;

/** The README's example of a function of one's own; the lines between the marks are the README's. */
final class ReadmeOwnFunction {
    private ReadmeOwnFunction() {
    }

    static void run(Backend backend, float[] x, float[] y, float[] dy, float[] dx) {
        // README
        ActivationFunction leakyMish = Activations.define("leaky_mish", """
                float forward(float x, float steepness) {
                    float gate = tanh_of(softplus_of(steepness * x));
                    return x * (gate + 0x1p-6f);
                }
                """, Parameter.of("steepness", 1, 0.125, 8));      // name, default, legal range
        backend.forward(leakyMish, x, y);
        backend.backward(leakyMish.with(2.5), x, dy, dx);          // the derivative was derived from the text
        // END
    }
}
