package io.github.axoncl.contract;

import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import io.github.axoncl.oracle.RecurrentOracle;
import io.github.axoncl.oracle.RecurrentOracle.Exact;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** The gates of recurrent networks: the reference's bits, the oracle's values, gradients that are those of the forward call. */
@Tag("families")
class RecurrentContractTest extends BackendContract {
    private static final Rows[] SHAPES = KIND == BackendUnderTest.OCLGRIND ? new Rows[] {Rows.of(3, 5)}
            : new Rows[] {Rows.of(3, 5), Rows.of(1, 1), Rows.of(40, 33), Rows.of(7, 128)};

    private static float[] normal(long length, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[(int) length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (2 * random.nextGaussian());
        }
        return x;
    }

    /** The gates of one unit. */
    private static double[] gates(float[] all, int parts, int units, int i) {
        double[] gates = new double[parts];
        for (int k = 0; k < parts; k++) {
            gates[k] = all[i / units * parts * units + k * units + i % units];
        }
        return gates;
    }

    @Test
    void lstm() {
        for (Rows rows : SHAPES) {
            int n = (int) rows.length();
            int units = (int) rows.axis();
            float[] gates = normal(4L * n, 1);
            float[] before = normal(n, 2);
            Map<String, float[]> out = OperationCheck.of("lstm " + rows, (b, o) -> b.lstmForward(rows, o.apply("gates"),
                    o.apply("before"), o.apply("c"), o.apply("h"))).in("gates", gates).in("before", before).out("c", n)
                    .out("h", n).inPlace("c", "before").check();
            float[] c = out.get("c");
            float[] dh = normal(n, 3);
            float[] dc = normal(n, 4);
            Map<String, float[]> back = OperationCheck.of("lstm backward " + rows, (b, o) -> b.lstmBackward(rows,
                    o.apply("gates"), o.apply("before"), o.apply("c"), o.apply("dh"), o.apply("dc"), o.apply("dgates"),
                    o.apply("dbefore"))).in("gates", gates).in("before", before).in("c", c).in("dh", dh).in("dc", dc)
                    .out("dgates", 4 * n).out("dbefore", n).inPlace("dgates", "gates").inPlace("dbefore", "dc").check();
            for (int i = 0; i < n; i++) {
                double[] z = gates(gates, 4, units, i);
                Exact forward = RecurrentOracle.lstm(z, before[i]);
                judge("c", c[i], forward, 0);
                judge("h", out.get("h")[i], forward, 1);
                Exact exact = RecurrentOracle.lstmGradients(z, before[i], c[i], dh[i], dc[i]);
                double[] dz = gates(back.get("dgates"), 4, units, i);
                for (int k = 0; k < 4; k++) {
                    judge("dz " + k, (float) dz[k], exact, k);
                }
                judge("dc before", back.get("dbefore")[i], exact, 4);
            }
        }
    }

    @Test
    void gru() {
        for (Rows rows : SHAPES) {
            int n = (int) rows.length();
            int units = (int) rows.axis();
            float[] x = normal(3L * n, 5);
            float[] s = normal(3L * n, 6);
            float[] before = normal(n, 7);
            Map<String, float[]> out = OperationCheck.of("gru " + rows, (b, o) -> b.gruForward(rows, o.apply("x"), o.apply("s"),
                    o.apply("before"), o.apply("h"))).in("x", x).in("s", s).in("before", before).out("h", n)
                    .inPlace("h", "before").check();
            float[] dh = normal(n, 8);
            Map<String, float[]> back = OperationCheck.of("gru backward " + rows, (b, o) -> b.gruBackward(rows, o.apply("x"),
                    o.apply("s"), o.apply("before"), o.apply("dh"), o.apply("dx"), o.apply("ds"), o.apply("dbefore")))
                    .in("x", x).in("s", s).in("before", before).in("dh", dh).out("dx", 3 * n).out("ds", 3 * n).out("dbefore", n)
                    .inPlace("dx", "x").inPlace("ds", "s").inPlace("dbefore", "dh").check();
            for (int i = 0; i < n; i++) {
                double[] fromInput = gates(x, 3, units, i);
                double[] fromState = gates(s, 3, units, i);
                judge("h", out.get("h")[i], RecurrentOracle.gru(fromInput, fromState, before[i]), 0);
                Exact exact = RecurrentOracle.gruGradients(fromInput, fromState, before[i], dh[i]);
                for (int k = 0; k < 3; k++) {
                    judge("dx " + k, (float) gates(back.get("dx"), 3, units, i)[k], exact, k);
                    judge("ds " + k, (float) gates(back.get("ds"), 3, units, i)[k], exact, 3 + k);
                }
                judge("dh before", back.get("dbefore")[i], exact, 6);
            }
        }
    }

    private static void judge(String what, float actual, Exact exact, int k) {
        assertThat(Ulp.error(actual, exact.value()[k], exact.magnitude()[k])).as(what)
                .isLessThanOrEqualTo(RecurrentOracle.LIMIT);
    }

    /** The oracle's gradients are differences of its values. */
    @Test
    void gradientsAreDifferences() {
        SplittableRandom random = new SplittableRandom(9);
        double step = 1e-6;
        for (int round = 0; round < 200; round++) {
            double[] v = random.doubles(7, -3, 3).toArray();
            double dh = random.nextDouble(-1, 1);
            double dc = random.nextDouble(-1, 1);
            double c = RecurrentOracle.lstm(new double[] {v[0], v[1], v[2], v[3]}, v[4]).value()[0];
            double[] lstm = RecurrentOracle.lstmGradients(new double[] {v[0], v[1], v[2], v[3]}, v[4], c, dh, dc).value();
            double[] gru = RecurrentOracle.gruGradients(new double[] {v[0], v[1], v[2]}, new double[] {v[3], v[4], v[5]}, v[6],
                    dh).value();
            for (int k = 0; k < 7; k++) {
                double[] up = v.clone();
                double[] down = v.clone();
                up[k] += step;
                down[k] -= step;
                if (k < 5) {
                    assertThat(lstm[k]).as("lstm " + k).isCloseTo((lstm(up, dh, dc) - lstm(down, dh, dc)) / (2 * step),
                            within(1e-8));
                }
                assertThat(gru[k]).as("gru " + k).isCloseTo((gru(up, dh) - gru(down, dh)) / (2 * step), within(1e-8));
            }
        }
    }

    private static double lstm(double[] v, double dh, double dc) {
        double[] state = RecurrentOracle.lstm(new double[] {v[0], v[1], v[2], v[3]}, v[4]).value();
        return dc * state[0] + dh * state[1];
    }

    private static double gru(double[] v, double dh) {
        return dh * RecurrentOracle.gru(new double[] {v[0], v[1], v[2]}, new double[] {v[3], v[4], v[5]}, v[6]).value()[0];
    }

    @Test
    void wrongShapes() {
        float[] x = new float[6];
        assertThatThrownBy(() -> backend().lstmForward(Rows.of(2, 3), Operand.of(x), Operand.of(x), Operand.of(x),
                Operand.of(new float[6])))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("forward of lstm: gates has 6 elements, but (2, 3, 1) asks for 24 in 4 parts along the axis");
        assertThat(x).containsOnly(0);
    }
}
