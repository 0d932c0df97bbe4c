package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.oracle.FlushRule;
import io.github.axoncl.oracle.Formula;
import io.github.axoncl.oracle.Oracles;
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
        "softplus, -Infinity, 0.0", "softplus, -200, 0.0", "softplus, Infinity, Infinity",
        "relu6, -0.0, 0.0", "relu6, 6, 6", "relu6, Infinity, 6", "relu6, -Infinity, 0.0", "prelu, -0.0, -0.0", "prelu, -8, -2",
        "prelu, -Infinity, -Infinity", "celu, -0.0, -0.0", "celu, -Infinity, -1", "celu, Infinity, Infinity",
        "selu, -0.0, -0.0", "selu, 0.0, 0.0", "selu, 1, 1.050701", "selu, -Infinity, -1.7580993", "selu, Infinity, Infinity",
        "scaled_elu, -0.0, -0.0", "scaled_elu, -Infinity, -1", "scaled_elu, Infinity, Infinity",
        "hard_sigmoid, 0.0, 0.5", "hard_sigmoid, -3, 0.0", "hard_sigmoid, 3, 1", "hard_sigmoid, -Infinity, 0.0",
        "hard_sigmoid, Infinity, 1", "hard_sigmoid, 1, 0.6666667", "hard_tanh, -0.0, -0.0", "hard_tanh, -Infinity, -1",
        "hard_tanh, Infinity, 1", "clip, -0.0, -0.0", "clip, -Infinity, -Infinity", "clip, Infinity, Infinity",
        "hard_swish, -0.0, -0.0", "hard_swish, -3, 0.0", "hard_swish, 3, 3", "hard_swish, -Infinity, 0.0",
        "hard_swish, Infinity, Infinity", "mish, -0.0, -0.0", "mish, -Infinity, -0.0", "mish, -300, -0.0",
        "mish, Infinity, Infinity", "gelu_tanh, -0.0, -0.0", "gelu_tanh, -Infinity, -0.0", "gelu_tanh, Infinity, Infinity",
        "quick_gelu, -0.0, -0.0", "quick_gelu, -Infinity, -0.0", "quick_gelu, -1e38, -0.0", "quick_gelu, 3e38, 3e38",
        "quick_gelu, Infinity, Infinity", "softsign, -0.0, -0.0", "softsign, -Infinity, -1", "softsign, Infinity, 1",
        "softsign, 1, 0.5", "log_sigmoid, -Infinity, -Infinity", "log_sigmoid, Infinity, -0.0", "log_sigmoid, 200, -0.0",
        "tanh_shrink, -0.0, -0.0", "tanh_shrink, -Infinity, -Infinity", "tanh_shrink, Infinity, Infinity",
        "hard_shrink, -0.0, -0.0", "hard_shrink, -0.5, -0.0", "hard_shrink, 0.5, 0.0", "hard_shrink, -Infinity, -Infinity",
        "soft_shrink, -0.0, -0.0", "soft_shrink, -0.5, -0.0", "soft_shrink, 2, 1.5", "soft_shrink, -Infinity, -Infinity",
        "shrink, -0.0, -0.0", "shrink, 0.5, 0.0", "shrink, 2, 2", "shrink, -Infinity, -Infinity",
        "threshold, 0.0, 0.0", "threshold, -Infinity, 0.0", "threshold, Infinity, Infinity", "thresholded_relu, 1, 0.0",
        "thresholded_relu, 1.5, 1.5", "thresholded_relu, -Infinity, 0.0", "squareplus, 0.0, 1", "squareplus, -Infinity, 0.0",
        "squareplus, Infinity, Infinity", "exp, 0.0, 1", "exp, -0.0, 1", "exp, -Infinity, 0.0", "exp, -200, 0.0",
        "exp, 89, Infinity", "exp, Infinity, Infinity", "expm1, -0.0, -0.0", "expm1, 0.0, 0.0", "expm1, -1e-45, -1e-45",
        "expm1, -Infinity, -1", "expm1, 89, Infinity", "expm1, Infinity, Infinity", "square, -0.0, 0.0", "square, -1e-30, 0.0",
        "square, -3, 9", "square, -Infinity, Infinity", "cube, -0.0, -0.0", "cube, -1e-30, -0.0", "cube, -3, -27",
        "cube, -Infinity, -Infinity", "cube, 1e20, Infinity", "abs, -0.0, 0.0", "abs, -1e-45, 1e-45",
        "abs, -Infinity, Infinity", "sqrt, -0.0, -0.0", "sqrt, 0.0, 0.0", "sqrt, -1e-45, NaN", "sqrt, -1, NaN",
        "sqrt, -Infinity, NaN", "sqrt, Infinity, Infinity", "sqrt, 6.25, 2.5", "step, -0.0, 0.0", "step, 0.0, 0.0",
        "step, 1e-45, 1", "step, -1e-45, 0.0", "step, -Infinity, 0.0", "step, Infinity, 1", "sign, -0.0, -0.0",
        "sign, 0.0, 0.0", "sign, 1e-45, 1", "sign, -1e-45, -1", "sign, -Infinity, -1", "sign, Infinity, 1",
        "rectified_tanh, -0.0, 0.0", "rectified_tanh, -1, 0.0", "rectified_tanh, 1e-45, 1e-45",
        "rectified_tanh, -Infinity, 0.0", "rectified_tanh, Infinity, 1", "relu_squared, -0.0, 0.0", "relu_squared, -2, 0.0",
        "relu_squared, 3, 9", "relu_squared, 1e-30, 0.0", "relu_squared, -Infinity, 0.0", "relu_squared, Infinity, Infinity",
        "gaussian, -0.0, 1", "gaussian, -Infinity, 0.0", "gaussian, Infinity, 0.0", "gaussian, 11, 0.0", "sin, -0.0, -0.0",
        "sin, 0.0, 0.0", "sin, -1e-45, -1e-45", "sin, Infinity, NaN", "sin, -Infinity, NaN", "sin, 3.4028235e38, -0.5218765",
        "erf, -0.0, -0.0", "erf, 0.0, 0.0", "erf, -Infinity, -1", "erf, Infinity, 1", "erf, 5, 1",
        "rational_tanh, -0.0, -0.0", "rational_tanh, -Infinity, -1.7159", "rational_tanh, Infinity, 1.7159",
        "rational_tanh, 3e38, 1.7159", "bent_identity, -0.0, -0.0", "bent_identity, 0.0, 0.0",
        "bent_identity, -Infinity, -Infinity", "bent_identity, Infinity, Infinity", "bent_identity, -3e38, -1.5e38",
        "isru, -0.0, -0.0", "isru, -Infinity, -1", "isru, Infinity, 1", "isru, 3e38, 1", "isrlu, -0.0, -0.0",
        "isrlu, -Infinity, -1", "isrlu, Infinity, Infinity", "isrlu, -3e38, -1"
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
        "softplus, 0.0, 0.5", "softplus, Infinity, 1", "softplus, -Infinity, 0.0",
        "relu6, 0.0, 0.0", "relu6, 6, 0.0", "relu6, 3, 1", "relu6, Infinity, 0.0", "relu6, -Infinity, 0.0",
        "prelu, 0.0, 0.25", "prelu, -Infinity, 0.25", "prelu, Infinity, 1", "celu, 0.0, 1", "celu, -Infinity, 0.0",
        "celu, Infinity, 1", "selu, 0.0, 1.7580993", "selu, -Infinity, 0.0", "selu, Infinity, 1.050701",
        "scaled_elu, 0.0, 1", "scaled_elu, -Infinity, 0.0", "scaled_elu, Infinity, 1", "hard_sigmoid, -3, 0.0",
        "hard_sigmoid, 3, 0.0", "hard_sigmoid, 2.9999998, 0.16666667", "hard_sigmoid, Infinity, 0.0", "hard_tanh, -1, 0.0",
        "hard_tanh, 1, 0.0", "hard_tanh, 0.5, 1", "hard_tanh, -Infinity, 0.0", "clip, 5, 1", "clip, -Infinity, 1",
        "clip, Infinity, 1", "hard_swish, -3, 0.0", "hard_swish, 3, 1", "hard_swish, -1.5, 0.0", "hard_swish, 0.0, 0.5",
        "hard_swish, -Infinity, 0.0", "hard_swish, Infinity, 1", "mish, 0.0, 0.6", "mish, -Infinity, -0.0",
        "mish, Infinity, 1", "gelu_tanh, 0.0, 0.5", "gelu_tanh, -Infinity, -0.0", "gelu_tanh, Infinity, 1",
        "quick_gelu, 0.0, 0.5", "quick_gelu, -Infinity, -0.0", "quick_gelu, Infinity, 1", "softsign, 0.0, 1",
        "softsign, -Infinity, 0.0", "softsign, Infinity, 0.0", "log_sigmoid, 0.0, 0.5", "log_sigmoid, Infinity, 0.0",
        "log_sigmoid, -Infinity, 1", "tanh_shrink, 0.0, 0.0", "tanh_shrink, -Infinity, 1", "tanh_shrink, Infinity, 1",
        "hard_shrink, 0.5, 0.0", "hard_shrink, -0.5, 0.0", "hard_shrink, -Infinity, 1", "soft_shrink, -0.5, 0.0",
        "soft_shrink, 0.6, 1", "shrink, 0.5, 0.0", "shrink, Infinity, 1", "threshold, 0.0, 0.0", "threshold, Infinity, 1",
        "threshold, -Infinity, 0.0", "thresholded_relu, 1, 0.0", "thresholded_relu, 1.5, 1", "squareplus, 0.0, 0.5",
        "squareplus, -Infinity, 0.0", "squareplus, Infinity, 1", "exp, -Infinity, 0.0", "exp, Infinity, Infinity",
        "exp, 0.0, 1", "expm1, -Infinity, 0.0", "expm1, -0.0, 1", "expm1, Infinity, Infinity", "square, -0.0, -0.0",
        "square, -Infinity, -Infinity", "square, 1e-45, 2.8e-45", "cube, -0.0, 0.0", "cube, -Infinity, Infinity",
        "cube, -2, 12",
        "abs, -0.0, 0.0", "abs, 0.0, 0.0", "abs, 1e-45, 1", "abs, -1e-45, -1", "abs, -Infinity, -1", "abs, Infinity, 1",
        "sqrt, -0.0, Infinity", "sqrt, 0.0, Infinity", "sqrt, 4, 0.25", "sqrt, -1e-45, NaN", "sqrt, -Infinity, NaN",
        "sqrt, Infinity, 0.0", "step, 0.0, 0.0", "step, 1, 0.0", "step, Infinity, 0.0", "sign, -0.0, 0.0", "sign, -1, 0.0",
        "sign, -Infinity, 0.0", "rectified_tanh, 0.0, 0.0", "rectified_tanh, -0.0, 0.0", "rectified_tanh, 1e-45, 1",
        "rectified_tanh, -Infinity, 0.0", "rectified_tanh, Infinity, 0.0", "relu_squared, 0.0, 0.0", "relu_squared, 3, 6",
        "relu_squared, -3, 0.0", "relu_squared, Infinity, Infinity", "relu_squared, -Infinity, 0.0",
        "gaussian, 0.0, -0.0", "gaussian, -0.0, 0.0", "gaussian, -Infinity, 0.0", "gaussian, Infinity, -0.0",
        "gaussian, 11, -0.0", "sin, 0.0, 1", "sin, -0.0, 1", "sin, Infinity, NaN", "sin, -Infinity, NaN", "erf, 0.0, 1.1283792",
        "erf, -Infinity, 0.0", "erf, Infinity, 0.0", "rational_tanh, 0.0, 1.1439333", "rational_tanh, -0.0, 1.1439333",
        "rational_tanh, -Infinity, 0.0", "rational_tanh, Infinity, 0.0", "bent_identity, -0.0, 1",
        "bent_identity, -Infinity, 0.5", "bent_identity, Infinity, 1.5", "isru, -0.0, 1", "isru, -Infinity, 0.0",
        "isru, Infinity, 0.0", "isrlu, -0.0, 1", "isrlu, -Infinity, 0.0", "isrlu, Infinity, 1"
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
        "softplus, 2, -Infinity, 0.0", "softplus, 2, Infinity, Infinity", "isru, 4, -Infinity, -0.5",
        "isru, 1048576, Infinity, 0.0009765625", "isru, 9.5367431640625e-7, -Infinity, -1024",
        "isrlu, 0.25, -Infinity, -2", "isrlu, 0.25, Infinity, Infinity"
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

    @ParameterizedTest
    @CsvSource({
        "clip, 0, 0, 5, 0.0, 0.0", "clip, 2, Infinity, Infinity, Infinity, 1", "clip, 2, Infinity, 2, 2, 0.0",
        "clip, -Infinity, -Infinity, 3, -Infinity, 0.0", "clip, Infinity, Infinity, 3, Infinity, 0.0",
        "hard_sigmoid, 0, 0.5, Infinity, 0.5, 0.0", "hard_sigmoid, 0, 0.5, -Infinity, 0.5, 0.0",
        "hard_sigmoid, 0, 7, 1, 1, 0.0", "hard_sigmoid, 1e-45, 0, Infinity, 1, 0.0", "hard_sigmoid, 0.25, 0, 1e-45, 0.0, 0.25",
        "hard_sigmoid, 1, 0.5, 0.49999997, 1, 1", "hard_sigmoid, 1, 0.5, 0.5, 1, 0.0",
        "scaled_elu, 0, 1, Infinity, 0.0, 0.0", "scaled_elu, -2, 1, Infinity, -Infinity, -2",
        "scaled_elu, 2, 3, -Infinity, -6, 0.0", "scaled_elu, 2, 0, -1, -0.0, 0.0", "shrink, 0.5, 0.25, -0.75, -0.5, 1",
        "shrink, 0, 1, -1, -0.0, 1", "shrink, 0, 3e38, -Infinity, -Infinity, 1", "threshold, 1, -7, 1, -7, 0.0",
        "threshold, -1, 20, -0.5, -0.5, 1"
    })
    void twoParameters(String name, double first, double second, float x, float expected, float slope) {
        float[] y = new float[3];
        backend().forward(Activation.of(name).with(first, second), new float[] {x, x, x}, y);
        assertValues(name + "(" + first + ", " + second + ") of " + x, y, expected);
        backend().derivative(Activation.of(name).with(first, second), new float[] {x, x, x}, y);
        assertValues(name + "(" + first + ", " + second + ")' at " + x, y, slope);
    }

    private static void assertValues(String what, float[] values, float expected) {
        for (float value : values) {
            boolean flushed = !KIND.isBitExact() && FlushRule.explains(value, expected, Float.NaN, 1, expected);
            assertThat(Bits.same(value, expected) || flushed).as("%s: %s instead of %s", what, value, expected).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#all")
    void nanStaysAndNothingElseBecomesNaN(FunctionCase tested) {
        int length = KIND.longestOfMany();
        float[] x = Inputs.mixed(length, 31);
        float[] dy = Inputs.finite(length, 32);
        for (int i = 0; i < length; i++) {
            dy[i] = dy[i] == 0 ? 1 : dy[i];                 // 0 times an infinite derivative is NaN
        }
        boolean fromOutput = tested.takesGradient() && tested.operation().id().contains("output");
        double[] arguments = FunctionCase.arguments(tested.function());
        Formula f = Oracles.of(FunctionCase.constant(tested.function())).forward();
        float[] result = tested.run(backend(), x, dy);
        for (int i = 0; i < length; i++) {
            if (!fromOutput && Double.isNaN(f.at(x[i], arguments)) || Float.isNaN(x[i])) {
                assertThat(result[i]).as("%s at %s", tested, x[i]).isNaN();
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
