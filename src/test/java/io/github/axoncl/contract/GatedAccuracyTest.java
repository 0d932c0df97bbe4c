package io.github.axoncl.contract;

import io.github.axoncl.GatedActivation;
import io.github.axoncl.Operand;
import io.github.axoncl.Precision;
import io.github.axoncl.oracle.GatedOracle;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/** How far gated functions and their gradients are from the exact values, on the CPU; devices have the CPU's bits. */
@Tag("accuracy")
class GatedAccuracyTest extends BackendContract {
    private static final int LENGTH = 200_000;
    private static final float[] A = Inputs.mixed(LENGTH, 31);
    private static final float[] B = Inputs.mixed(LENGTH, 32);
    private static final float[] DY = Inputs.mixed(LENGTH, 33);

    /** The exact value of an element. */
    private interface Exact {
        double at(int i);
    }

    @ParameterizedTest
    @EnumSource
    void forward(GatedActivation f) {
        GatedOracle oracle = GatedOracle.of(f);
        float[] y = new float[LENGTH];
        backend().forward(f, Operand.of(A), Operand.of(B), Operand.of(y));
        judge(f + " y", y, i -> oracle.forward(A[i], B[i]), i -> oracle.gate().forward().at(B[i]),
                GatedOracle.productLimit(oracle.gate().forwardLimit(Precision.ACCURATE)));
    }

    @ParameterizedTest
    @EnumSource
    void backward(GatedActivation f) {
        GatedOracle oracle = GatedOracle.of(f);
        float[] da = new float[LENGTH];
        float[] db = new float[LENGTH];
        backend().backward(f, Operand.of(A), Operand.of(B), Operand.of(DY), Operand.of(da), Operand.of(db));
        judge(f + " da", da, i -> oracle.da(B[i], DY[i]), i -> oracle.gate().forward().at(B[i]),
                GatedOracle.productLimit(oracle.gate().forwardLimit(Precision.ACCURATE)));
        judge(f + " db", db, i -> oracle.db(A[i], B[i], DY[i]), i -> oracle.gate().derivative().at(B[i]),
                GatedOracle.productLimit(oracle.gate().derivativeLimit(Precision.ACCURATE)));
    }

    /** A factor that is subnormal has lost digits, which the limit of a product does not speak of; dy a may be beyond the range
     * where the product is not; where dy a is small, it is rounded by itself, which may count twice as any factor's error. */
    private static void judge(String what, float[] results, Exact exact, Exact factor, double limit) {
        double worst = 0;
        int worstAt = 0;
        int judged = 0;
        for (int i = 0; i < LENGTH; i++) {
            double size = Math.abs(factor.at(i));
            double product = what.endsWith("db") ? Math.abs((double) DY[i] * A[i]) : 1;
            if (size > 0 && size < Float.MIN_NORMAL || product >= Float.MAX_VALUE && size < 1) {
                continue;
            }
            judged++;
            double error = Ulp.error(results[i], exact.at(i)) - (product < 0x1p-100 ? 1 : 0);
            if (error > worst) {
                worst = error;
                worstAt = i;
            }
        }
        System.out.printf(Locale.ROOT, "%s: %s: at most %.3f ULP%n", KIND.id(), what, worst);
        assertThat(judged).isGreaterThan(LENGTH / 2);
        assertThat(worst).as("%s at a = %s, b = %s, dy = %s: %s instead of %s", what, Bits.text(A[worstAt]),
                Bits.text(B[worstAt]), Bits.text(DY[worstAt]), Bits.text(results[worstAt]), exact.at(worstAt))
                .isLessThanOrEqualTo(limit);
    }
}
