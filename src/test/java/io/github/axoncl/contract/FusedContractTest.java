package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Activations;
import io.github.axoncl.DType;
import io.github.axoncl.Operand;
import io.github.axoncl.Parameter;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several steps in one pass: the bits of the steps one after the other, on every backend and in every kind of memory. */
@Tag("families")
class FusedContractTest extends BackendContract {
    private static final int LENGTH = KIND.longest() < 65537 ? 700 : 9001;

    // ---- chains

    /** The functions in the order in which they are computed. */
    static Stream<List<ActivationFunction>> chains() {
        ActivationFunction user = Activations.define("bump", "float gate(float v) { return v * v; }\n"
                + "float forward(float x, float width) { return gate(x) * width; }", Parameter.of("width", 2, 0, 10));
        return Stream.of(List.of(Activation.GELU, Activation.TANH), List.of(Activation.ELU.with(0.7), Activation.ELU.with(0.3)),
                List.of(Activation.MISH, Activation.RELU, Activation.GELU.fast()),
                List.of(user.with(3), user, Activation.SIGMOID),
                List.of(Activation.SIN, Activation.GELU, Activation.MISH, Activation.SOFTPLUS, Activation.ERF,
                        Activation.TANH_SHRINK));
    }

    private static ActivationFunction joined(List<ActivationFunction> chain) {
        ActivationFunction whole = chain.get(0);
        for (ActivationFunction next : chain.subList(1, chain.size())) {
            whole = next.after(whole);
        }
        return whole;
    }

    @ParameterizedTest
    @MethodSource("chains")
    void aChainIsItsStepsOneAfterTheOther(List<ActivationFunction> chain) {
        ActivationFunction whole = joined(chain);
        float[] x = Inputs.mixed(LENGTH, 21);
        float[] dy = Inputs.mixed(LENGTH, 22);
        List<float[]> inputs = new ArrayList<>();
        float[] y = x.clone();
        for (ActivationFunction step : chain) {
            inputs.add(y.clone());
            backend().forward(step, y, y);
        }
        float[] dx = dy.clone();
        for (int k = chain.size() - 1; k >= 0; k--) {
            backend().backward(chain.get(k), inputs.get(k), dx, dx);
        }
        float[] fused = new float[LENGTH];
        backend().forward(whole, x, fused);
        same(whole + " forward", fused, y);
        backend().backward(whole, x, dy, fused);
        same(whole + " backward", fused, dx);
        Map<String, float[]> forward = OperationCheck.of(whole + " forward",
                (b, o) -> b.forward(whole, o.apply("x"), o.apply("y")))
                .in("x", x).out("y", LENGTH).inPlace("y", "x").flushes(64).check();
        if (KIND.isBitExact()) {
            Bits.assertSame(whole, forward.get("y"), y);
        }
        OperationCheck.of(whole + " backward", (b, o) -> b.backward(whole, o.apply("x"), o.apply("dy"), o.apply("dx")))
                .in("x", x).in("dy", dy).out("dx", LENGTH).inPlace("dx", "x").inPlace("dx", "dy").flushes(64).check();
    }

    private static void same(String what, float[] actual, float... expected) {
        if (KIND.isBitExact()) {
            Bits.assertSame(what, actual, expected);
        } else {
            // A device that flushes may flush elsewhere when the steps are compiled together.
            RowInputs.assertSameButForFlushing(what, actual, 0, 64, expected);
        }
    }

    /** What goes from step to step is of the computing type: a chain of 16-bit elements is rounded once, at its end. */
    @Test
    void chainsOfOtherTypes() {
        ActivationFunction whole = Activation.TANH.after(Activation.GELU);
        float[] x = new float[LENGTH];
        short[] bits = new short[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            bits[i] = (short) (i * 37);
            x[i] = Float.intBitsToFloat(bits[i] << 16);
        }
        float[] wide = new float[LENGTH];
        reference().forward(whole, x, wide);
        short[] y = new short[LENGTH];
        backend().forward(whole, Operand.of(bits, DType.BFLOAT16), Operand.of(y, DType.BFLOAT16));
        for (int i = 0; i < LENGTH; i++) {
            if (Math.abs(wide[i]) > 1e-30f) {
                assertThat(Ulp.error(DType.BFLOAT16, Float.intBitsToFloat(y[i] << 16), wide[i])).as("at %s", x[i])
                        .isLessThanOrEqualTo(0.5);
            }
        }
    }

    @Test
    void chainsInDouble() {
        ActivationFunction whole = Activation.TANH.after(Activation.ELU.with(0.3));
        assertThat(whole.definition().supports(DType.FLOAT64)).isTrue();
        double[] x = new double[100];
        for (int i = 0; i < x.length; i++) {
            x[i] = (i - 50) * 0.1;
        }
        double[] steps = new double[100];
        double[] fused = new double[100];
        reference().forward(Activation.ELU.with(0.3), Operand.of(x), Operand.of(steps));
        reference().forward(Activation.TANH, Operand.of(steps), Operand.of(steps));
        reference().forward(whole, Operand.of(x), Operand.of(fused));
        assertThat(fused).containsExactly(steps);
    }

    @Test
    void aChainIsOneDefinition() {
        ActivationFunction whole = Activation.TANH.after(Activation.ELU.with(0.3));
        assertThat(whole.definition()).isSameAs(Activation.TANH.after(Activation.ELU.with(0.4)).definition());
        assertThat(whole).isEqualTo(Activation.TANH.after(Activation.ELU.with(0.3)))
                .isNotEqualTo(Activation.TANH.after(Activation.ELU));
        assertThat(whole.describe()).isEqualTo("tanh_after_elu(f_alpha=0.3)");
        assertThat(whole.with(0.4)).isEqualTo(Activation.TANH.after(Activation.ELU.with(0.4)));
        assertThatThrownBy(() -> backend().backwardFromOutput(whole, new float[1], new float[1], new float[1]))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("use backward");
    }

    // ---- bias

    static Stream<Rows> shapes() {
        Stream<Rows> few = Stream.of(Rows.of(5, 7), Rows.of(1, 1), Rows.of(70, 33), new Rows(3, 4, 5), new Rows(1, 2, 300),
                new Rows(4, 1, 9), Rows.of(1, 20), Rows.of(3, 128), new Rows(2, 3, 192), new Rows(2, 2, 256));
        return KIND.longest() < 65537 ? few : Stream.concat(few, Stream.of(new Rows(2, 3, 4100), Rows.of(5000, 17)));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void biasAndActivation(Rows rows) {
        int n = (int) rows.length();
        int channels = (int) rows.axis();
        float[] x = RowInputs.NORMAL.values(rows, 31);
        float[] bias = RowInputs.NORMAL.values(Rows.of(1, channels), 32);
        float[] dy = RowInputs.NORMAL.values(rows, 33);
        float[] z = new float[n];
        for (int i = 0; i < n; i++) {
            z[i] = x[i] + bias[(int) (i / rows.inner() % channels)];
        }
        // A parameter beside the bias in one shape of each kind.
        for (ActivationFunction f : rows.axis() == 7 || rows.inner() == 5 ? List.of(Activation.GELU, Activation.ELU.with(0.5))
                : List.of(Activation.GELU)) {
            String what = f + " of " + rows + " with bias";
            float[] y = new float[n];
            float[] dx = new float[n];
            reference().forward(f, z, y);
            reference().backward(f, z, dy, dx);
            Map<String, float[]> plain = OperationCheck.of(what, (b, o) -> b.forward(f.withBias(), rows, o.apply("x"),
                    o.apply("bias"), o.apply("y"))).in("x", x).in("bias", bias).out("y", n).inPlace("y", "x").check();
            Bits.assertSame(what, plain.get("y"), y);
            Map<String, float[]> kept = OperationCheck.of(what, (b, o) -> b.forward(f.withBias(), rows, o.apply("x"),
                    o.apply("bias"), o.apply("z"), o.apply("y"))).in("x", x).in("bias", bias).out("z", n).out("y", n)
                    .inPlace("y", "x").inPlace("z", "x").check();
            Bits.assertSame(what, kept.get("y"), y);
            Bits.assertSame(what, kept.get("z"), z);
            Map<String, float[]> back = OperationCheck.of(what + ", backward", (b, o) -> b.backward(f.withBias(), rows,
                    o.apply("z"), o.apply("dy"), o.apply("dx"), o.apply("dbias"))).in("z", z).in("dy", dy).out("dx", n)
                    .out("dbias", channels).inPlace("dx", "z").inPlace("dx", "dy").flushes(n).check();
            Bits.assertSame(what, back.get("dx"), dx);
            checkSums(what, rows, back.get("dbias"), dx);
            Map<String, float[]> again = OperationCheck.of(what + ", backward from x", (b, o) -> b.backward(f.withBias(), rows,
                    o.apply("x"), o.apply("bias"), o.apply("dy"), o.apply("dx"), o.apply("dbias"))).in("x", x).in("bias", bias)
                    .in("dy", dy).out("dx", n).out("dbias", channels).inPlace("dx", "x").flushes(n).checkArrays();
            Bits.assertSame(what, again.get("dx"), dx);
            Bits.assertSame(what, again.get("dbias"), back.get("dbias"));
        }
    }

    /** Sums of a channel's gradients, to half a unit in the last place of the larger of the sum and its largest term. */
    private static void checkSums(String what, Rows rows, float[] sums, float... terms) {
        for (int c = 0; c < sums.length; c++) {
            double sum = 0;
            double largest = 0;
            for (int i = 0; i < terms.length; i++) {
                if (i / rows.inner() % rows.axis() == c) {
                    sum += terms[i];
                    largest = Math.max(largest, Math.abs(terms[i]));
                }
            }
            assertThat(Ulp.error(sums[c], sum, Math.max(largest, Math.abs(sum)))).as(what + ", channel " + c)
                    .isLessThanOrEqualTo(0.51);
        }
    }

    @Test
    void noElementsGiveNoGradient() {
        float[] dbias = {1, 2, 3};
        backend().backward(Activation.RELU.withBias(), Rows.of(0, 3), Operand.of(new float[0]), Operand.of(new float[0]),
                Operand.of(new float[0]), Operand.of(dbias));
        assertThat(dbias).containsOnly(0);
        backend().forward(Activation.RELU.withBias(), Rows.of(0, 3), Operand.of(new float[0]), Operand.of(dbias),
                Operand.of(new float[0]));
    }

    @Test
    void wrongBiases() {
        float[] x = new float[6];
        float[] bias = new float[3];
        assertThatThrownBy(() -> backend().forward(Activation.RELU.withBias(), Rows.of(2, 3), Operand.of(x), Operand.of(x),
                Operand.of(x))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bias has 6 elements, but (2, 3, 1) asks for 3 for axis");
        assertThatThrownBy(() -> backend().forward(Activation.RELU.withBias(), Rows.of(2, 3), Operand.of(x), Operand.of(bias),
                Operand.of(x), Operand.of(x))).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("disjoint");
        assertThatThrownBy(() -> backend().backward(Activation.RELU.withBias(), Rows.of(2, 3), Operand.of(x), Operand.of(x),
                Operand.of(x), Operand.of(x, 0, 3))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("disjoint");
    }

    // ---- accumulation

    @Test
    void accumulation() {
        float[] x = Inputs.mixed(LENGTH, 41);
        float[] y = RowInputs.NORMAL.values(Rows.of(1, LENGTH), 42);
        float[] fx = new float[LENGTH];
        reference().forward(Activation.SOFTSIGN, x, fx);
        for (float[] factors : new float[][] {{1, 1}, {0.3f, -2.7f}, {1, 0}}) {
            float[] expected = new float[LENGTH];
            for (int i = 0; i < LENGTH; i++) {
                expected[i] = factors[1] == 0 ? factors[0] * fx[i] : Math.fma(factors[0], fx[i], factors[1] * y[i]);
            }
            for (MemoryKind kind : MemoryKind.values()) {
                try (MemoryKind.Memory in = kind.with(backend(), x); MemoryKind.Memory sum = kind.with(backend(), y)) {
                    backend().forward(Activation.SOFTSIGN.accumulating(factors[0], factors[1]), in.operand(), sum.operand());
                    same("accumulating " + factors[0] + ", " + factors[1] + " " + kind, sum.content(), expected);
                    assertThat(sum.guardsIntact()).isTrue();
                }
            }
        }
        float[] lost = {Float.NaN};
        backend().forward(Activation.SOFTSIGN.accumulating(1, 0), Operand.of(new float[] {1}), Operand.of(lost));
        assertThat(lost).containsExactly(0.5f);
    }
}
