package io.github.axoncl.contract;

import io.github.axoncl.Operand;
import io.github.axoncl.Penalty;
import io.github.axoncl.PenaltyFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Penalties on activations: the reference's bits, one rounding of the value, two of the gradient. */
@Tag("families")
class PenaltyContractTest extends BackendContract {
    private static final float INF = Float.POSITIVE_INFINITY;

    @Test
    void valueAndGradient() {
        for (int n : new int[] {1, 63, 4097, KIND.longest() < 65537 ? 5000 : 70_001}) {
            float[] y = RowInputs.NORMAL.values(Rows.of(1, n), 1);
            float[] dy = RowInputs.NORMAL.values(Rows.of(1, n), 2);
            y[0] = 0;
            for (float[] factors : new float[][] {{0.01f, 0.01f}, {0.3f, 0}, {0, 1.7f}}) {
                PenaltyFunction f = Penalty.L1_L2.with(factors[0], factors[1]);
                Map<String, float[]> forward = OperationCheck.of(f + " of " + n,
                        (b, o) -> b.forward(f, o.apply("y"), o.apply("value")))
                        .in("y", y).out("value", 1).flushes(n).check();
                Map<String, float[]> back = OperationCheck.of(f + " backward of " + n, (b, o) -> b.backward(f, o.apply("y"),
                        o.apply("dy"), o.apply("value"), o.apply("total"))).in("y", y).in("dy", dy).out("value", 1)
                        .out("total", n).inPlace("total", "y").inPlace("total", "dy").flushes(n).check();
                assertThat(back.get("value")).containsExactly(forward.get("value"));
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    sum += (double) factors[0] * Math.abs(y[i]) + (double) factors[1] * y[i] * y[i];
                    double gradient = factors[0] * Math.signum(y[i]) + 2.0 * factors[1] * y[i];
                    double exact = dy[i] + gradient;
                    assertThat(Ulp.error(back.get("total")[i], exact, Math.max(Math.abs(exact), Math.max(Math.abs(dy[i]),
                            Math.abs(gradient))))).as("at %d", i).isLessThanOrEqualTo(1.01);
                }
                assertThat(Ulp.error(forward.get("value")[0], sum)).as(f + " of " + n).isLessThanOrEqualTo(0.501);
            }
        }
    }

    @Test
    void specialValues() {
        float[] value = new float[1];
        backend().forward(Penalty.L1_L2.with(1, 0), Operand.of(new float[] {INF, 1}), Operand.of(value));
        assertThat(value).containsExactly(INF);
        backend().forward(Penalty.L1_L2.with(0, 0), Operand.of(new float[] {INF, 1}), Operand.of(value));
        assertThat(value).containsExactly(0);
        backend().forward(Penalty.L1_L2.with(0, 1), Operand.of(new float[] {1e30f}), Operand.of(value));
        assertThat(value).containsExactly(INF);
        backend().forward(Penalty.L1_L2.with(0, 0), Operand.of(new float[] {Float.NaN}), Operand.of(value));
        assertThat(value).containsExactly(Float.NaN);
        backend().forward(Penalty.L1_L2, Operand.of(new float[0]), Operand.of(value));
        assertThat(value).containsExactly(0);
        assertThatThrownBy(() -> Penalty.L1_L2.with(-1, 0)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter l1 = -1.0 is not in [0, 2^60]");
        assertThatThrownBy(() -> backend().forward(Penalty.L1_L2, Operand.of(new float[2]), Operand.of(new float[2])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value has 2 elements, but (1, 2, 1) asks for 1");
    }
}
