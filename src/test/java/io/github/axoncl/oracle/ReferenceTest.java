package io.github.axoncl.oracle;

import io.github.axoncl.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** The oracle agrees with the table that {@code src/test/python/reference.py} wrote, to 2<sup>-12</sup> ULP of float32. */
class ReferenceTest {
    private static final Map<String, List<Row>> FLOAT32 = read().stream().filter(row -> row.type().equals("float32"))
            .collect(Collectors.groupingBy(Row::function));
    private static final double ALLOWED = 0x1p-12;
    private static final int FEWEST = 50;

    /** One line of the table; an infinity or NaN as value is null, and its text says which. */
    private record Row(String function, double[] parameters, String type, double x, String f, String derivative) {

        static Row of(String line) {
            String[] cells = line.split(",", -1);
            double[] parameters = cells[1].isEmpty() ? new double[0]
                    : Arrays.stream(cells[1].split(" ")).mapToDouble(Row::parameter).toArray();
            return new Row(cells[0], parameters, cells[2], Double.parseDouble(cells[3]), cells[4], cells[5]);
        }

        /** A default that is a real number, 1/6, is stated to the oracle by its float32. */
        private static double parameter(String text) {
            return switch (text) {
                case "default" -> (float) (1.0 / 6);
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        }
    }

    @ParameterizedTest
    @EnumSource(Activation.class)
    void everyPoint(Activation activation) {
        List<Row> rows = FLOAT32.getOrDefault(activation.id(), List.of());
        assertThat(rows).as("rows of %s: add it to reference.py", activation.id()).hasSizeGreaterThan(FEWEST);
        Oracle oracle = Oracles.of(activation);
        for (Row row : rows) {
            String at = activation.id() + Arrays.toString(row.parameters()) + " at " + Double.toHexString(row.x());
            assertThat(row.parameters()).as(at).hasSameSizeAs(activation.definition().parameters().toArray());
            check(at, oracle.forward().at(row.x(), row.parameters()), row.f());
            check(at + ", derivative", oracle.derivative().at(row.x(), row.parameters()), row.derivative());
        }
    }

    @Test
    void everyRowBelongsToAFunction() {
        assertThat(FLOAT32.keySet()).containsExactlyInAnyOrderElementsOf(
                Arrays.stream(Activation.values()).map(Activation::id).toList());
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

    private static List<Row> read() {
        try (InputStream in = ReferenceTest.class.getResourceAsStream("/reference.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(Row::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
