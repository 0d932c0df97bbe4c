package io.github.axoncl.oracle;

import io.github.axoncl.Loss;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The gradients of the losses' oracles are those of their losses, and the losses those of their plain formulas. */
class LossOracleTest {
    private static final double STEP = 0x1p-17;

    /** Central differences: the third derivative is at most 1 of either loss, times the sum of the weights, so the quotient is
     * right to STEP^2 / 6 of that and the losses' rounding, 2^-50 of their size, over STEP. */
    @ParameterizedTest
    @EnumSource
    void gradients(Loss loss) {
        LossOracle oracle = LossOracle.of(loss);
        SplittableRandom random = new SplittableRandom(1);
        for (int n : new int[] {1, 2, 3, 10, 100}) {
            for (int kind = 0; kind < 4; kind++) {
                Case tried = Case.of(loss, n, kind, random);
                LossOracle.Result result = tried.result(oracle, tried.x);
                double scale = result.loss() + n;
                for (int i = 0; i < n; i++) {
                    double[] above = tried.x.clone();
                    double[] below = tried.x.clone();
                    above[i] += STEP;
                    below[i] -= STEP;
                    double difference = (tried.result(oracle, above).loss() - tried.result(oracle, below).loss()) / (2 * STEP);
                    assertThat(difference).as("%s, n = %d, kind %d, element %d", loss, n, kind, i)
                            .isCloseTo(result.gradient()[i], within(scale * (STEP * STEP / 6 + 0x1p-50 / STEP)));
                }
            }
        }
    }

    /** The formulas as Javadoc has them, without care for cancellation; logits of at most 12 leave them 9 digits. */
    @ParameterizedTest
    @EnumSource
    void losses(Loss loss) {
        SplittableRandom random = new SplittableRandom(2);
        for (int n : new int[] {1, 2, 3, 10}) {
            for (int kind = 0; kind < 4; kind++) {
                Case tried = Case.of(loss, n, kind, random);
                double plain = loss == Loss.SOFTMAX_CROSS_ENTROPY ? tried.softmax() : tried.binary();
                assertThat(tried.result(LossOracle.of(loss), tried.x).loss()).as("%s, n = %d, kind %d", loss, n, kind)
                        .isCloseTo(plain, within(1e-6 * (1 + plain)));
            }
        }
    }

    private record Case(double[] x, float[] targets, float[] weights, double[] parameters) {

        /** Kind 0: a class; 1: with smoothing and weights; 2: probabilities; 3: those with smoothing and weights. */
        static Case of(Loss loss, int n, int kind, SplittableRandom random) {
            double[] x = new double[n];
            float[] targets = new float[n];
            float[] weights = new float[n];
            for (int i = 0; i < n; i++) {
                x[i] = (float) Math.max(-12, Math.min(12, 4 * random.nextGaussian()));
                targets[i] = kind < 2 ? i == n / 2 ? 1 : 0 : (float) random.nextDouble();
                weights[i] = kind % 2 == 0 ? 1 : (float) random.nextDouble();
            }
            double smoothing = kind % 2 == 0 ? 0 : 0.125;
            return new Case(x, targets, weights, loss == Loss.SOFTMAX_CROSS_ENTROPY ? new double[] {smoothing}
                    : new double[] {smoothing, kind == 3 ? 2.5 : 1});
        }

        LossOracle.Result result(LossOracle oracle, double... at) {
            return oracle.of(at, targets, weights, parameters);
        }

        double softmax() {
            double sum = 0;
            for (double value : x) {
                sum += Math.exp(value);
            }
            double loss = 0;
            for (int i = 0; i < x.length; i++) {
                double q = ((1 - parameters[0]) * targets[i] + parameters[0] / x.length) * weights[i];
                loss -= q * Math.log(Math.exp(x[i]) / sum);
            }
            return loss;
        }

        double binary() {
            double loss = 0;
            for (int i = 0; i < x.length; i++) {
                double p = 1 / (1 + Math.exp(-x[i]));
                double t = (1 - parameters[0]) * targets[i] + parameters[0] / 2;
                loss -= weights[i] * (parameters[1] * t * Math.log(p) + (1 - t) * Math.log(1 - p));
            }
            return loss;
        }
    }
}
