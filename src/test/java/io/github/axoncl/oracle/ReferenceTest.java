package io.github.axoncl.oracle;

import io.github.axoncl.Activation;
import io.github.axoncl.oracle.ReferenceTable.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The oracle agrees with the table that {@code src/test/python/reference.py} wrote, to 2<sup>-12</sup> ULP of float32. */
class ReferenceTest {
    private static final Map<String, List<Row>> FLOAT32 = ReferenceTable.load().stream()
            .filter(row -> row.type().equals("float32")).collect(Collectors.groupingBy(Row::function));
    private static final double ALLOWED = 0x1p-12;
    private static final int FEWEST = 50;

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyPoint(Activation activation) {
        List<Row> rows = FLOAT32.getOrDefault(activation.id(), List.of());
        assertThat(rows).as("rows of %s: add it to reference.py", activation.id()).hasSizeGreaterThan(FEWEST);
        Oracle oracle = Oracles.of(activation);
        for (Row row : rows) {
            String at = activation.id() + Arrays.toString(row.parameters()) + " at " + Double.toHexString(row.x());
            assertThat(row.parameters()).as(at).hasSameSizeAs(activation.definition().parameters().toArray());
            double[] parameters = asFloat32(row.parameters());
            check(at, oracle.forward().at(row.x(), parameters), row.f());
            check(at + ", derivative", oracle.derivative().at(row.x(), parameters), row.derivative());
        }
    }

    @Test
    void everyRowBelongsToAFunction() {
        assertThat(FLOAT32.keySet()).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(Activation.values()).map(Activation::id).toList());
    }

    /** A default that is a real number, 1/6, is stated to the oracle by its float32. */
    private static double[] asFloat32(double... parameters) {
        return Arrays.stream(parameters).map(p -> (float) p).toArray();
    }

    private static void check(String what, double actual, String expected) {
        switch (expected) {
            case "nan" -> assertThat(actual).as(what).isNaN();
            case "inf" -> assertThat(actual).as(what).isEqualTo(Double.POSITIVE_INFINITY);
            case "-inf" -> assertThat(actual).as(what).isEqualTo(Double.NEGATIVE_INFINITY);
            default -> {
                BigDecimal exact = new BigDecimal(expected);
                assertThat(actual).as(what).isFinite();
                BigDecimal error = new BigDecimal(actual).subtract(exact).abs();
                double unit = Math.max(Math.scalb(1.0, Math.getExponent(exact.doubleValue()) - 23), Float.MIN_VALUE);
                assertThat(error.doubleValue() / unit).as("%s: error in ULP, %s instead of %s", what, actual,
                        exact.round(new MathContext(20))).isLessThan(ALLOWED);
            }
        }
    }
}
