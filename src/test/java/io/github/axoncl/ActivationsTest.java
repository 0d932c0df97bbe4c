package io.github.axoncl;

import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Functions of a user: definition, the derivative that is derived, and what is refused. */
class ActivationsTest {

    private static float[] derivative(ActivationFunction f, float... x) {
        float[] dx = new float[x.length];
        try (Backend backend = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
            backend.derivative(f, x, dx);
        }
        return dx;
    }

    private static float[] forward(ActivationFunction f, float... x) {
        float[] y = new float[x.length];
        try (Backend backend = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
            backend.forward(f, x, y);
        }
        return y;
    }

    private static float[] line() {
        float[] x = new float[4001];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 2000) * 0.011f;
        }
        return x;
    }

    /** Derived derivatives of functions that AxonCL has too: the same numbers to a few ULP of the larger term. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sigmoid    | return sigmoid_of(x);
            tanh       | return tanh_of(x);
            silu       | return x * sigmoid_of(x);
            relu       | return x <= 0.0f ? 0.0f : x;
            elu        | return x > 0.0f ? x : expm1_of(x);
            softplus   | return softplus_of(x);
            softplus   | return x > 15.0f ? x : log_of(1.0f + exp_of(at_most(x, 15.0f)));
            sigmoid    | return reciprocal(1.0f + exp_of(-at_least(x, -80.0f)));
            sigmoid    | return fma(0.5f, tanh_of(0.5f * x), 0.5f);
            softsign   | return x * reciprocal(1.0f + absolute(x));
            """)
    void derivesTheDerivative(String known, String body) {
        ActivationFunction f = Activations.define("mine", "float forward(float x) { " + body + " }");
        float[] x = line();
        float[] got = derivative(f, x);
        float[] expected = derivative(Activation.of(known), x);
        for (int i = 0; i < x.length; i++) {
            assertThat(Math.abs(got[i] - expected[i])).as("at %s: %s, expected %s", x[i], got[i], expected[i])
                    .isLessThanOrEqualTo(4 * Math.ulp(1.2f) * Math.max(1, Math.abs(x[i])));
        }
    }

    @Test
    void declaredDerivativesStayAccurateInTheTail() {
        ActivationFunction f = Activations.define("mine", "float forward(float x) { return sigmoid_of(x); }");
        for (float x : new float[] {-100f, -50f, 60f, 85f}) {
            double exact = Math.exp(-Math.abs((double) x)) / Math.pow(1 + Math.exp(-Math.abs((double) x)), 2);
            assertThat(Ulp.error(derivative(f, x)[0], exact)).as("at %s", x).isLessThan(0.8);
        }
    }

    /** By the rules of calculus; at 0 itself the slope of |x| counts as 0. */
    @Test
    void signsAndMagnitudesHaveSlopes() {
        ActivationFunction f = Activations.define("mine",
                "float forward(float x) { return with_sign_of(tanh_of(absolute(x)), x); }");
        float[] x = {-3, -0.5f, 0.25f, 2};
        assertThat(derivative(f, x)).containsExactly(derivative(Activation.TANH, x));
    }

    @Test
    void limitsAndNaN() {
        ActivationFunction f = Activations.define("mine", "float forward(float x) { return x * sigmoid_of(x); }");
        float inf = Float.POSITIVE_INFINITY;
        assertThat(derivative(f, inf, -inf, 0f)).containsExactly(1f, 0f, 0.5f);
        assertThat(derivative(f, Float.NaN)[0]).isNaN();
        ActivationFunction constant = Activations.define("mine", "float forward(float x) { return 3.0f; }");
        assertThat(derivative(constant, 1f, inf)).containsExactly(0f, 0f);
        assertThat(derivative(constant, Float.NaN)[0]).isNaN();
    }

    @Test
    void parametersHaveDefaultsAndRanges() {
        ActivationFunction f = Activations.define("scaled", "float forward(float x, float a, float b) { return fma(a, x, b); }",
                Parameter.of("a", 2, 0, 4), Parameter.of("b", 1, -1, 1));
        assertThat(forward(f, 1f, 2f)).containsExactly(3f, 5f);
        assertThat(forward(f.with(3, 0.5), 1f)).containsExactly(3.5f);
        assertThat(derivative(f.with(3, 0.5), 1f)).containsExactly(3f);
        assertThat(f.describe()).isEqualTo("scaled(a=2, b=1)");
        assertThatThrownBy(() -> f.with(5, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("scaled: parameter a = 5.0 is not in [0, 4]");
    }

    @Test
    void aGivenDerivativeIsKept() {
        ActivationFunction straightThrough = Activations.define("rounding",
                "float forward(float x) { return (x + 0x1.8p23f) - 0x1.8p23f; }\nfloat derivative(float x) { return 1.0f; }");
        assertThat(forward(straightThrough, 1.4f, 2.6f)).containsExactly(1f, 3f);
        assertThat(derivative(straightThrough, 1.4f)).containsExactly(1f);
    }

    @Test
    void aDerivativeThatCannotBeDerivedIsAnError() {
        assertThatThrownBy(() -> Activations.define("bits", "float forward(float x) { return as_float(as_uint(x) + 1u); }"))
                .isInstanceOf(KernelBuildException.class)
                .hasMessageStartingWith("bits.cl:1:7: the derivative of \"forward\" cannot")
                .hasMessageContaining("give a function \"derivative\"");
    }

    /** Rounding to integers has slope 1 by the rules of calculus and 0 or infinity in truth: the check sees it and says
     * where. */
    @Test
    void aDerivedDerivativeThatIsWrongFailsItsCheck() {
        assertThatThrownBy(() -> Activations.define("rounding",
                "float forward(float x) { return (x + 0x1.8p23f) - 0x1.8p23f; }"))
                .isInstanceOf(KernelBuildException.class).hasMessageContaining("fails its check at x = ");
    }

    @Test
    void oneTextForFloatAndDouble() {
        ActivationFunction f = Activations.define("parabola",
                "real forward(real x, real a) { real y = a * x * x + 0.5f * x; return x > 0.0f ? y : 0.0f; }",
                Parameter.of("a", 0.1, 0, 4));
        assertThat(f.definition().supports(DType.FLOAT64)).isTrue();
        double[] x = {-1, 0.3, 2};
        double[] y = new double[3];
        double[] dx = new double[3];
        try (Backend backend = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
            backend.forward(f, Operand.of(x), Operand.of(y));
            backend.derivative(f, Operand.of(x), Operand.of(dx));
        }
        assertThat(y).containsExactly(0, 0.1 * 0.3 * 0.3 + 0.5 * 0.3, 0.1 * 2 * 2 + 1);
        assertThat(dx[0]).isZero();
        assertThat(dx[1]).isCloseTo(0.56, within(1e-15));
        assertThat(forward(f, 2f)).containsExactly(0.1f * 2 * 2 + 1);
        ActivationFunction narrow = Activations.define("narrow", "float forward(float x) { return x; }");
        assertThat(narrow.fast()).isSameAs(narrow);
        try (Backend backend = Backends.open(BackendOptions.defaults().withBackend("cpu"))) {
            assertThatThrownBy(() -> backend.forward(narrow, Operand.of(x), Operand.of(y)))
                    .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("forward64");
        }
    }

    @Test
    void errorsNameThePlaceInTheUsersText(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> Activations.define("mine", "float forward(float x) {\n    return exp(x);\n}"))
                .isInstanceOf(KernelBuildException.class).hasMessageStartingWith("mine.cl:2:12: OpenCL's \"exp\"");
        Path file = Files.writeString(folder.resolve("mine.cl"), "float forward(float x) { return y; }");
        assertThatThrownBy(() -> Activations.define("mine", file)).hasMessageStartingWith(file + ":1:33: there is no variable");
        assertThatThrownBy(() -> Activations.define("mine", folder.resolve("none.cl"))).isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.cl");
        assertThatThrownBy(() -> Activations.define("mine", "float f(float x) { return x; }"))
                .hasMessageContaining("does not define \"forward\"");
        assertThatThrownBy(() -> Activations.define("My Function", "")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"My Function\"");
        assertThatThrownBy(() -> Activations.define("mine", "float forward(float x, float a, float a2) { return x; }",
                Parameter.of("a", 0, 0, 1), Parameter.of("a", 0, 0, 1))).hasMessageContaining("two parameters have one name");
    }

    @Test
    void fromAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("double.cl"), "float forward(float x) { return x + x; }");
        assertThat(forward(Activations.define("twice", file), 4f)).containsExactly(8f);
    }

    @Test
    void manyThreadsDefineAtOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Float>> tasks = java.util.stream.IntStream.range(0, 64).<Callable<Float>>mapToObj(i -> () -> {
                ActivationFunction f = Activations.define("times" + i, "float forward(float x) { return x * " + i + ".5f; }");
                return derivative(f, 1f)[0];
            }).toList();
            int i = 0;
            for (Future<Float> result : threads.invokeAll(tasks)) {
                assertThat(result.get()).isEqualTo(i++ + 0.5f);
            }
        } finally {
            threads.shutdown();
        }
    }
}
