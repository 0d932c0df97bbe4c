package example;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Activations;
import io.github.axoncl.Parameter;

import java.nio.file.Path;

/** An activation function of this project, defined by a kernel file. */
public final class LeakyMish {
    private LeakyMish() {
    }

    /** Reads and compiles the file. */
    public static ActivationFunction define() {
        return Activations.define("leaky_mish", Path.of("kernels", "leaky_mish.cl"), Parameter.of("steepness", 1, 0.125, 8));
    }
}
