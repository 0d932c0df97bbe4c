package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Zeros with their signs, infinities and NaN: the edges the functions promise, value by value. */
class SpecialValuesContractTest extends BackendContract {

    @ParameterizedTest
    @CsvSource({
        "identity, -0.0, -0.0", "identity, Infinity, Infinity", "identity, -Infinity, -Infinity",
        "relu, -0.0, 0.0", "relu, 0.0, 0.0", "relu, -1, 0.0", "relu, -Infinity, 0.0", "relu, Infinity, Infinity",
        "leaky_relu, -0.0, -0.0", "leaky_relu, -Infinity, -Infinity", "leaky_relu, Infinity, Infinity",
        "elu, -0.0, -0.0", "elu, 0.0, 0.0", "elu, -Infinity, -1", "elu, -200, -1", "elu, Infinity, Infinity",
        "sigmoid, 0.0, 0.5", "sigmoid, -0.0, 0.5", "sigmoid, -Infinity, 0.0", "sigmoid, -200, 0.0", "sigmoid, Infinity, 1",
        "tanh, -0.0, -0.0", "tanh, 0.0, 0.0", "tanh, -Infinity, -1", "tanh, Infinity, 1", "tanh, -30, -1",
        "swish, -0.0, -0.0", "swish, 0.0, 0.0", "swish, -Infinity, -0.0", "swish, -300, -0.0", "swish, Infinity, Infinity",
        "silu, -0.0, -0.0", "silu, 0.0, 0.0", "silu, -Infinity, -0.0", "silu, -300, -0.0", "silu, Infinity, Infinity",
        "gelu, -0.0, -0.0", "gelu, 0.0, 0.0", "gelu, -Infinity, -0.0", "gelu, -30, -0.0", "gelu, Infinity, Infinity",
        "softplus, -Infinity, 0.0", "softplus, -200, 0.0", "softplus, Infinity, Infinity"
    })
    void value(String name, float x, float expected) {
        float[] y = new float[3];
        backend().forward(Activation.of(name), new float[] {x, x, x}, y);
        assertValues(name + " of " + x, y, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "identity, 0.0, 1", "identity, -Infinity, 1", "relu, 0.0, 0.0", "relu, -0.0, 0.0", "relu, -Infinity, 0.0",
        "relu, Infinity, 1", "leaky_relu, 0.0, 0.01", "leaky_relu, -0.0, 0.01", "leaky_relu, -Infinity, 0.01",
        "leaky_relu, Infinity, 1", "elu, 0.0, 1", "elu, -0.0, 1", "elu, -Infinity, 0.0", "elu, Infinity, 1",
        "sigmoid, 0.0, 0.25", "sigmoid, -0.0, 0.25", "sigmoid, Infinity, 0.0", "sigmoid, -Infinity, 0.0",
        "tanh, 0.0, 1", "tanh, -0.0, 1", "tanh, Infinity, 0.0", "tanh, -Infinity, 0.0",
        "swish, 0.0, 0.5", "swish, Infinity, 1", "swish, -Infinity, -0.0", "swish, -300, -0.0",
        "silu, 0.0, 0.5", "silu, -0.0, 0.5", "silu, Infinity, 1", "silu, -Infinity, -0.0", "silu, -300, -0.0",
        "gelu, 0.0, 0.5", "gelu, -0.0, 0.5", "gelu, Infinity, 1", "gelu, -Infinity, -0.0", "gelu, -30, -0.0",
        "softplus, 0.0, 0.5", "softplus, Infinity, 1", "softplus, -Infinity, 0.0"
    })
    void derivative(String name, float x, float expected) {
        float[] dx = new float[3];
        backend().derivative(Activation.of(name), new float[] {x, x, x}, dx);
        assertValues(name + "' at " + x, dx, expected);
    }

    @ParameterizedTest
    @CsvSource({
        "swish, 0, Infinity, Infinity", "swish, 0, -Infinity, -Infinity", "swish, 0, -3, -1.5", "swish, -1, Infinity, 0.0",
        "swish, -1, -Infinity, -Infinity", "leaky_relu, 0, -Infinity, 0.0", "leaky_relu, -1, -Infinity, Infinity",
        "leaky_relu, -1, -2, 2", "leaky_relu, 2, -2, -4", "elu, -2, -Infinity, 2", "elu, 0.5, -Infinity, -0.5",
        "softplus, 2, -Infinity, 0.0", "softplus, 2, Infinity, Infinity"
    })
    void valueWithParameter(String name, double parameter, float x, float expected) {
        float[] y = new float[1];
        backend().forward(Activation.of(name).with(parameter), new float[] {x}, y);
        if (expected == 0) {
            assertThat(y[0]).isZero();
        } else {
            Bits.assertSame(name + "(" + parameter + ") of " + x, y, new float[] {expected});
        }
    }

    private static void assertValues(String what, float[] values, float expected) {
        for (float value : values) {
            assertThat(Bits.same(value, expected)).as("%s: %s instead of %s", what, value, expected).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#all")
    void nanStaysAndNothingElseBecomesNaN(FunctionCase tested) {
        int length = KIND.longestOfMany();
        float[] x = Inputs.mixed(length, 31);
        float[] dy = Inputs.finite(length, 32);
        boolean fromOutput = tested.takesGradient() && tested.operation().id().contains("output");
        float[] result = tested.run(backend(), x, dy);
        for (int i = 0; i < length; i++) {
            if (Float.isNaN(x[i])) {
                assertThat(result[i]).as("%s at NaN", tested).isNaN();
            } else if (!fromOutput || Math.abs(x[i]) <= 1) {
                assertThat(result[i]).as("%s at %s", tested, x[i]).isNotNaN();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#functions")
    void aNaNGradientStays(ActivationFunction function) {
        float[] x = Inputs.mixed(300, 33);
        float[] dy = new float[300];
        java.util.Arrays.fill(dy, Float.NaN);
        float[] dx = new float[300];
        backend().backward(function, x, dy, dx);
        for (float value : dx) {
            assertThat(value).isNaN();
        }
    }
}
