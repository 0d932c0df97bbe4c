package io.github.axoncl.oracle;

import io.github.axoncl.Activation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.SplittableRandom;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The gradients of parameters are the differences of the functions' definitions. */
class LearnedOracleTest {
    /** The error of a central difference of this step is of the order of its square and of 2^-53 divided by it. */
    private static final double STEP = 0x1p-17;
    private static final double ERROR = 0x1p-25;

    static Stream<Activation> functions() {
        return LearnedOracle.functions().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("functions")
    void gradientsAreDifferences(Activation function) {
        Formula f = Oracles.of(function).forward();
        Formula gradient = LearnedOracle.of(function).derivative();
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 1000; i++) {
            double x = 2 * random.nextGaussian();
            double p = 0.25 + 2 * random.nextDouble();
            double difference = (f.at(x, p + STEP) - f.at(x, p - STEP)) / (2 * STEP);
            assertThat(gradient.at(x, p)).as("%s at %s, %s", function, x, p)
                    .isCloseTo(difference, within(ERROR * (1 + Math.abs(x * x))));
        }
    }
}
