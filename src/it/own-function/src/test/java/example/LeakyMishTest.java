package example;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** The jar as a user has it: the function works on the backend that is chosen here, with the CPU's bits, and without ASM. */
class LeakyMishTest {
    private static final float[] X = {-30f, -3f, -0.5f, 0f, 0.25f, 1f, 7f};

    private static double gate(double x) {
        return Math.tanh(Math.log1p(Math.exp(x))) + 1.0 / 64;
    }

    @Test
    void valuesAndSlopes() {
        ActivationFunction f = LeakyMish.define();
        float[] y = new float[X.length];
        float[] dx = new float[X.length];
        try (Backend backend = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
            backend.forward(f, X, y);
            backend.derivative(f, X, dx);
        }
        for (int i = 0; i < X.length; i++) {
            double h = 1e-5;
            double slope = ((X[i] + h) * gate(X[i] + h) - (X[i] - h) * gate(X[i] - h)) / (2 * h);
            assertEquals(X[i] * gate(X[i]), y[i], 1e-6 * Math.max(1, Math.abs(X[i])), "f at " + X[i]);
            assertEquals(slope, dx[i], 2e-6, "f' at " + X[i]);
        }
    }

    @Test
    void theSameBitsOnWhicheverBackendIsChosen() {
        ActivationFunction f = LeakyMish.define().with(2.5);
        float[] expected = new float[X.length];
        float[] got = new float[X.length];
        try (Backend cpu = Backends.open(BackendOptions.defaults().withBackend("cpu")); Backend chosen = Backends.open()) {
            cpu.backward(f, X, X, expected);
            chosen.backward(f, X, X, got);
            System.out.println("computed on " + chosen.info().device());
        }
        assertArrayEquals(expected, got, 0f);
    }

    @Test
    void asmIsNotOnTheClassPath() {
        assertThrows(ClassNotFoundException.class, () -> Class.forName("org.objectweb.asm.ClassWriter"));
    }
}
