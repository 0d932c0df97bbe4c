package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** backward is the rounded product of dy and the derivative, except that a derivative of 0 makes it 0. */
@Tag("bits")
class ChainRuleContractTest extends BackendContract {
    private static final int LENGTH = KIND.longestOfMany();
    private static final int DOUBLES = 1021;

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#functions")
    void backwardIsTheRoundedProduct(ActivationFunction function) {
        // The product is judged on the reference; the backend under test has its bits (ElementwiseContractTest).
        Backend backend = KIND.isBitExact() ? backend() : reference();
        float[] x = Inputs.mixed(LENGTH, 21);
        float[] dy = Inputs.mixed(LENGTH, 22);
        float[] slope = new FunctionCase(function, Operation.DERIVATIVE).run(backend, x, dy);
        float[] dx = new FunctionCase(function, Operation.BACKWARD).run(backend, x, dy);
        Bits.assertSame(function.describe(), dx, products(dy, slope));
    }

    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#all")
    void backwardFromOutputIsTheRoundedProduct(FunctionCase tested) {
        Backend backend = KIND.isBitExact() ? backend() : reference();
        if (tested.operation() == Operation.BACKWARD_FROM_OUTPUT) {
            float[] y = Inputs.mixed(LENGTH, 23);
            float[] dy = Inputs.mixed(LENGTH, 24);
            float[] ones = new float[LENGTH];
            Arrays.fill(ones, 1);
            float[] slope = tested.run(backend, y, ones);
            Bits.assertSame(tested, tested.run(backend, y, dy), products(dy, slope));
        }
    }

    /** On the CPU alone: no program more for a device, which has these bits (ElementTypesContractTest). */
    @ParameterizedTest
    @MethodSource("io.github.axoncl.contract.FunctionCase#all")
    void inDoubleToo(FunctionCase tested) {
        if (!tested.takesGradient()) {
            return;
        }
        boolean fromOutput = tested.operation() == Operation.BACKWARD_FROM_OUTPUT;
        double[] x = ElementTypesContractTest.doubles(DOUBLES, 25);
        double[] dy = ElementTypesContractTest.doubles(DOUBLES, 26);
        double[] ones = new double[DOUBLES];
        Arrays.fill(ones, 1);
        Operation slopes = fromOutput ? Operation.BACKWARD_FROM_OUTPUT : Operation.DERIVATIVE;
        double[] slope = inDouble(new FunctionCase(tested.function(), slopes), x, ones);
        double[] dx = inDouble(tested, x, dy);
        for (int i = 0; i < DOUBLES; i++) {
            double product = slope[i] == 0 ? (Double.isNaN(dy[i]) ? Double.NaN : 0) : dy[i] * slope[i];
            if (Double.doubleToLongBits(dx[i]) != Double.doubleToLongBits(product)) {
                fail("%s at %s, dy = %s: %s instead of %s", tested, x[i], dy[i], dx[i], product);
            }
        }
    }

    private static double[] inDouble(FunctionCase tested, double[] x, double[] dy) {
        double[] out = new double[x.length];
        tested.run(KIND.isCpu() ? backend() : reference(), Operand.of(x), Operand.of(dy), Operand.of(out));
        return out;
    }

    @Test
    void aDerivativeOfZeroStopsInfinityButNotNaN() {
        float inf = Float.POSITIVE_INFINITY;
        float[] x = {-1, 0, -0f, -1, -1, -1, Float.NaN, 2};
        float[] dy = {inf, -inf, inf, Float.NaN, -5, 0, 1, inf};
        float[] dx = new float[x.length];
        backend().backward(Activation.RELU, x, dy, dx);
        Bits.assertSame("relu", dx, new float[] {0, 0, 0, Float.NaN, 0, 0, Float.NaN, inf});
        backend().backwardFromOutput(Activation.RELU, new float[] {0, 0, 0, 0, 0, 0, Float.NaN, 2}, dy, dx);
        Bits.assertSame("relu from output", dx, new float[] {0, 0, 0, Float.NaN, 0, 0, Float.NaN, inf});
        assertThat(dx).hasSize(8);
    }

    private static float[] products(float[] dy, float[] slope) {
        float[] products = new float[dy.length];
        for (int i = 0; i < products.length; i++) {
            products[i] = slope[i] == 0 ? (Float.isNaN(dy[i]) ? Float.NaN : 0) : dy[i] * slope[i];
        }
        return products;
    }
}
