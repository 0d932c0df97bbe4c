package io.github.axoncl.oracle;

import io.github.axoncl.GatedActivation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The gradients of the gated functions' definitions are their differences. */
class GatedOracleTest {
    /** The error of a central difference of this step is of the order of its square and of 2^-53 divided by it. */
    private static final double STEP = 0x1p-17;
    private static final double ERROR = 0x1p-28;

    @ParameterizedTest
    @EnumSource
    void gradientsAreDifferences(GatedActivation function) {
        GatedOracle oracle = GatedOracle.of(function);
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            double a = 2 * random.nextGaussian();
            double b = 2 * random.nextGaussian();
            double dy = random.nextGaussian();
            if (Math.abs(b) < 2 * STEP) {
                continue;                                                     // the kink of the rectifier
            }
            double byA = (oracle.forward(a + STEP, b) - oracle.forward(a - STEP, b)) / (2 * STEP);
            double byB = (oracle.forward(a, b + STEP) - oracle.forward(a, b - STEP)) / (2 * STEP);
            assertThat(oracle.da(b, dy)).isCloseTo(dy * byA, within(ERROR * (1 + Math.abs(dy * a))));
            assertThat(oracle.db(a, b, dy)).isCloseTo(dy * byB, within(ERROR * (1 + Math.abs(dy * a))));
        }
    }
}
