package io.github.axoncl.contract;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Activations;
import io.github.axoncl.Backend;
import io.github.axoncl.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

/** A user's function gives the CPU's bits on every backend, the derivative that AxonCL derived included. */
class UserFunctionContractTest extends BackendContract {
    private static final int LENGTH = 4001;

    private interface Call {
        void run(Backend backend, float[] out);
    }

    static List<ActivationFunction> functions() {
        return List.of(
                Activations.define("parametric_silu", "float forward(float x, float beta) { return x * sigmoid_of(beta * x); }",
                        Parameter.of("beta", 1.5, -8, 8)),
                Activations.define("log_cosh", """
                        #define LN_2 0x1.62e43p-1f
                        // ln cosh x = |x| + ln(1 + e^-2|x|) - ln 2
                        float forward(float x) {
                            float a = absolute(x);
                            return (a - LN_2) + softplus_of(-2.0f * a);
                        }
                        """),
                Activations.define("branches", """
                        typedef struct { float value; bool inside; } limited;
                        limited limit(float x) {
                            limited l = { at_least(at_most(x, 2.0f), -2.0f), x > -2.0f && x < 2.0f };
                            return l;
                        }
                        float forward(float x) {
                            limited l = limit(x);
                            float outside = log_of(absolute(x) + 1.0f);
                            return l.inside ? l.value * l.value : outside + sqrt_of(absolute(x));
                        }
                        """),
                Activations.define("given", """
                        float forward(float x) { return exp_of(-absolute(x)); }
                        float derivative(float x) { return x > 0.0f ? -exp_of(-x) : exp_of(x); }
                        float derivative_from_output(float y) { return -y; }
                        """));
    }

    @ParameterizedTest
    @MethodSource("functions")
    void sameBitsEverywhere(ActivationFunction f) {
        float[] x = Inputs.normal(LENGTH, 71);
        float[] dy = Inputs.normal(LENGTH, 72);
        compare(f, "forward", (b, out) -> b.forward(f, x, out));
        compare(f, "derivative", (b, out) -> b.derivative(f, x, out));
        compare(f, "backward", (b, out) -> b.backward(f, x, dy, out));
        if (f.definition().hasDerivativeFromOutput()) {
            compare(f, "backward from output", (b, out) -> b.backwardFromOutput(f, x, dy, out));
        }
    }

    private void compare(ActivationFunction f, String operation, Call call) {
        float[] expected = new float[LENGTH];
        float[] actual = new float[LENGTH];
        call.run(reference(), expected);
        call.run(backend(), actual);
        Bits.assertSame(f.id() + " " + operation, actual, expected);
    }
}
