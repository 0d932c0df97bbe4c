package io.github.axoncl.contract;

import io.github.axoncl.Activation;
import io.github.axoncl.oracle.Oracle;
import io.github.axoncl.oracle.Oracles;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

/** The sine and its derivative above 2^20, against a table of 25 digits that src/test/python/sine_table.py made. */
class SineContractTest extends BackendContract {
    private static final Oracle ORACLE = Oracles.of(Activation.SIN);
    private static final double PERCENT = 100 * 0x1p-48;
    private static float[] x;
    private static double[] sine;
    private static double[] cosine;

    @BeforeAll
    static void readTable() throws IOException {
        List<String[]> rows;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                SineContractTest.class.getResourceAsStream("/sine.csv"), StandardCharsets.US_ASCII))) {
            rows = reader.lines().map(line -> line.split(",")).toList();
        }
        x = new float[rows.size()];
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.intBitsToFloat(Integer.parseInt(rows.get(i)[0], 16));
        }
        sine = rows.stream().mapToDouble(row -> Double.parseDouble(row[1])).toArray();
        cosine = rows.stream().mapToDouble(row -> Double.parseDouble(row[2])).toArray();
    }

    @Test
    void everyExponentIsInTheTable() {
        assertThat(x).hasSize(4 * 108);
        for (int i = 0; i < x.length; i++) {
            assertThat(Math.getExponent(x[i])).isEqualTo(20 + i / 4);
        }
    }

    @Test
    void theOracleIsRight() {
        for (int i = 0; i < x.length; i++) {
            assertThat(ORACLE.forward().at(x[i])).as("sin %s", x[i]).isCloseTo(sine[i], withinPercentage(PERCENT));
            assertThat(ORACLE.derivative().at(x[i])).as("cos %s", x[i]).isCloseTo(cosine[i], withinPercentage(PERCENT));
        }
    }

    @Test
    void theFunctionIsRight() {
        judge(1);
        judge(-1);
    }

    private static void judge(int sign) {
        float[] signed = x.clone();
        for (int i = 0; i < x.length; i++) {
            signed[i] *= sign;
        }
        float[] y = new float[x.length];
        backend().forward(Activation.SIN, signed, y);
        float[] slope = new float[x.length];
        backend().derivative(Activation.SIN, signed, slope);
        for (int i = 0; i < x.length; i++) {
            assertThat(Ulp.error(y[i], sign * sine[i])).as("ULP of sin %s", signed[i])
                    .isLessThanOrEqualTo(ORACLE.forwardLimit());
            assertThat(Ulp.error(slope[i], cosine[i])).as("ULP of cos %s", signed[i])
                    .isLessThanOrEqualTo(ORACLE.derivativeLimit());
        }
    }
}
