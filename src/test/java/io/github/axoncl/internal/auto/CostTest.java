package io.github.axoncl.internal.auto;

import io.github.axoncl.Activation;
import io.github.axoncl.DType;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Two lines through three points, and the class of a function. */
class CostTest {
    private static final Cost BENT = new Cost(100, 1000, 10_000, 200, 1100, 28_100);

    @ParameterizedTest
    @CsvSource({"0, 100", "1, 101", "100, 200", "500, 600", "1000, 1100", "1001, 1103", "10000, 28100", "20000, 58100"})
    void linesMeetInTheMiddlePoint(double n, double nanos) {
        assertThat(BENT.nanos(n)).isCloseTo(nanos, within(1e-6));
    }

    @Test
    void whatWasMeasuredBesideOtherWorkStillNeverFalls() {
        for (Cost noisy : new Cost[] {new Cost(1, 10, 100, 50, 10, 200), new Cost(1, 10, 100, 5, 100, 20),
            new Cost(1, 10, 100, 0, 1000, 1000)}) {
            double before = 0;
            for (int n = 0; n < 300; n++) {
                assertThat(noisy.nanos(n)).as("%s at %d", noisy, n).isGreaterThanOrEqualTo(before);
                before = noisy.nanos(n);
            }
        }
    }

    @Test
    void theShorterTimesOfTwo() {
        assertThat(BENT.orShorter(new Cost(100, 1000, 5_000, 100, 2000, 20_000)))
                .isEqualTo(new Cost(100, 1000, 10_000, 100, 1100, 28_100));
        assertThat(BENT.orShorter(new Cost(100, 1000, 5_000, 300, 900, 10_000)))
                .isEqualTo(new Cost(100, 1000, 5_000, 200, 900, 10_000));
    }

    @Test
    void aLineIsALine() {
        assertThat(Cost.line(7, 3).nanos(0)).isCloseTo(7, within(1e-6));
        assertThat(Cost.line(7, 3).nanos(1e7)).isCloseTo(3e7 + 7, within(1e-3));
    }

    @Test
    void numbersThatAreNoCostAreRefused() {
        assertThatThrownBy(() -> new Cost(1, 1, 2, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cost(1, 2, 3, Double.NaN, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cost(1, 2, 3, 1, -1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Cost(1, 2, Double.POSITIVE_INFINITY, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"RELU, FORWARD, ACCURATE, LIGHT", "RELU, BACKWARD, ACCURATE, LIGHT_GRADIENT",
        "HARD_TANH, FORWARD, ACCURATE, LIGHT", "GELU, FORWARD, FAST, MEDIUM", "GELU, FORWARD, ACCURATE, HEAVY",
        "GELU, DERIVATIVE, ACCURATE, HEAVY", "GELU, BACKWARD, ACCURATE, HEAVY_GRADIENT",
        "SIGMOID, FORWARD, ACCURATE, MEDIUM", "SIGMOID, BACKWARD_FROM_OUTPUT, ACCURATE, LIGHT_GRADIENT"})
    void functionsByTheirOperations(Activation function, Operation operation, Precision precision, CostClass expected) {
        assertThat(CostClass.of(function.definition().signature(operation, precision, DType.FLOAT32))).isEqualTo(expected);
    }

    @Test
    void rowsAreApart() {
        assertThat(CostClass.ofRows(false)).isEqualTo(CostClass.ROWS);
        assertThat(CostClass.ofRows(true)).isEqualTo(CostClass.ROWS_GRADIENT);
        assertThat(CostClass.ROWS.isGradient()).isFalse();
        assertThat(CostClass.ROWS_GRADIENT.isGradient()).isTrue();
        assertThat(CostClass.HEAVY.isGradient()).isFalse();
        assertThat(CostClass.LIGHT_GRADIENT.isGradient()).isTrue();
    }
}
