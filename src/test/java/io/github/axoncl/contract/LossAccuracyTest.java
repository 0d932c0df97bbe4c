package io.github.axoncl.contract;

import io.github.axoncl.Loss;
import io.github.axoncl.LossFunction;
import io.github.axoncl.Operand;
import io.github.axoncl.Reduction;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import io.github.axoncl.oracle.LossOracle;
import io.github.axoncl.oracle.Ulp;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/** How far losses and their gradients are from the exact values, on the CPU; devices have the CPU's bits. */
@Tag("accuracy")
class LossAccuracyTest extends BackendContract {
    private static final Rows[] SHAPES = {Rows.of(5000, 2), Rows.of(5000, 3), Rows.of(2000, 10), Rows.of(300, 64),
        Rows.of(20, 1000), Rows.of(3, 4097), Rows.of(1, 10_007)};
    /** The largest errors over all kinds of rows. */
    private static final Map<String, Double> WORST = new TreeMap<>();

    @AfterAll
    static void report() {
        WORST.forEach((what, worst) -> System.out.printf(Locale.ROOT, "%s: %s: at most %.3f%n", KIND.id(), what, worst));
    }

    @ParameterizedTest
    @EnumSource(RowInputs.class)
    void classes(RowInputs data) {
        for (Rows rows : SHAPES) {
            int[] classes = LossContractTest.classes(rows, false);
            float[] targets = new float[(int) rows.length()];
            for (int row = 0; row < classes.length; row++) {
                // every other row is right about its largest element, where the loss is small and p - 1 cancels
                classes[row] = row % 2 == 0 && data == RowInputs.DOMINATED ? 0 : classes[row];
                targets[row * (int) rows.axis() + classes[row]] = 1;
            }
            Targets indices = Targets.classes(Operand.of(classes));
            judge("index", Loss.SOFTMAX_CROSS_ENTROPY, rows, data, indices, targets, null);
            judge("index, smoothed", Loss.SOFTMAX_CROSS_ENTROPY.with(0.1), rows, data, indices, targets, null);
            judge("index, smoothed, weights", Loss.SOFTMAX_CROSS_ENTROPY.with(0.1), rows, data, indices, targets,
                    LossContractTest.uniform(rows.axis(), 21));
        }
    }

    @ParameterizedTest
    @EnumSource(RowInputs.class)
    void probabilities(RowInputs data) {
        for (Rows rows : SHAPES) {
            float[] targets = normalised(LossContractTest.uniform(rows.length(), 22), (int) rows.axis());
            judge("probabilities", Loss.SOFTMAX_CROSS_ENTROPY, rows, data, Targets.probabilities(Operand.of(targets)), targets,
                    null);
        }
    }

    @ParameterizedTest
    @EnumSource(RowInputs.class)
    void binary(RowInputs data) {
        for (Rows rows : SHAPES) {
            float[] targets = LossContractTest.uniform(rows.length(), 23);
            Targets given = Targets.probabilities(Operand.of(targets));
            judge("binary", Loss.SIGMOID_BINARY_CROSS_ENTROPY, rows, data, given, targets, null);
            judge("binary, smoothed, weights", Loss.SIGMOID_BINARY_CROSS_ENTROPY.with(0.1, 3), rows, data, given, targets,
                    LossContractTest.uniform(rows.axis(), 24));
        }
    }

    /** Rows of sum 1: e<sup>x - maximum</sup> below e<sup>-104</sup> counts as 0, which a large sum would make visible. */
    private static float[] normalised(float[] values, int n) {
        for (int start = 0; start < values.length; start += n) {
            double sum = 0;
            for (int i = start; i < start + n; i++) {
                sum += values[i];
            }
            for (int i = start; i < start + n && sum > 0; i++) {
                values[i] /= (float) sum;
            }
        }
        return values;
    }

    private static void judge(String what, LossFunction f, Rows rows, RowInputs data, Targets given, float[] targets,
                              float[] classWeights) {
        Loss constant = f.definition() == Loss.SOFTMAX_CROSS_ENTROPY.definition() ? Loss.SOFTMAX_CROSS_ENTROPY
                : Loss.SIGMOID_BINARY_CROSS_ENTROPY;
        int n = (int) rows.axis();
        float[] weights = new float[n];
        Arrays.fill(weights, 1);
        if (classWeights != null) {
            System.arraycopy(classWeights, 0, weights, 0, n);
        }
        float[] x = data.values(rows, 25);
        boolean perRow = constant == Loss.SOFTMAX_CROSS_ENTROPY;
        float[] losses = new float[perRow ? (int) rows.outer() : x.length];
        float[] dx = new float[x.length];
        float[] mean = new float[1];
        float[] dxOfMean = new float[x.length];
        Targets all = classWeights == null ? given : given.weights(Operand.of(weights));
        backend().backward(f, rows, all, Reduction.NONE, Operand.of(x), Operand.of(losses), Operand.of(dx));
        backend().backward(f, rows, all, Reduction.MEAN, Operand.of(x), Operand.of(mean), Operand.of(dxOfMean));
        double divisor = !perRow ? x.length : classWeights == null || !what.startsWith("index") ? rows.outer()
                : divisor(targets, weights);
        double[] parameters = new double[f.definition().parameters().size()];
        Arrays.setAll(parameters, f::argument);
        // a single row may have a class of weight 0
        boolean hasMean = divisor > 0;
        double total = 0;
        double gradient = 0;
        double ofMean = 0;
        for (int start = 0; start < x.length; start += n) {
            double[] row = new double[n];
            for (int i = 0; i < n; i++) {
                row[i] = x[start + i];
            }
            LossOracle.Result exact = LossOracle.of(constant).of(row, Arrays.copyOfRange(targets, start, start + n), weights,
                    parameters);
            total += exact.loss();
            for (int k = 0; k < exact.losses().length; k++) {
                loss(what, losses[(perRow ? start / n : start) + k], exact.losses()[k]);
            }
            for (int i = 0; i < n; i++) {
                double of = what.equals("index") ? exact.gradient()[i] : exact.magnitude()[i];
                gradient = Math.max(gradient, Ulp.error(dx[start + i], exact.gradient()[i], of));
                if (hasMean) {
                    ofMean = Math.max(ofMean, Ulp.error(dxOfMean[start + i], exact.gradient()[i] / divisor, of / divisor));
                }
            }
        }
        assertThat(gradient).as("%s: gradient of %s %s", what, rows, data).isLessThanOrEqualTo(LossOracle.GRADIENT_LIMIT);
        assertThat(ofMean).as("%s: gradient of the mean of %s %s", what, rows, data)
                .isLessThanOrEqualTo(LossOracle.MEAN_GRADIENT_LIMIT);
        WORST.merge(what + ": gradient, ULP", gradient, Math::max);
        WORST.merge(what + ": gradient of the mean, ULP", ofMean, Math::max);
        if (hasMean && total <= Float.MAX_VALUE) {
            loss(what + ", mean", mean[0], total / divisor);
        }
    }

    /** A loss below 1 may be within the absolute limit instead. */
    private static void loss(String what, float loss, double exact) {
        double error = Ulp.error(loss, exact);
        if (exact < 1 && error > LossOracle.LOSS_LIMIT) {
            double absolute = Math.abs(loss - exact);
            assertThat(absolute).as("%s: loss %s, exact %s", what, loss, exact).isLessThanOrEqualTo(LossOracle.LOSS_NEAR_ZERO);
            WORST.merge(what + ": loss below 1, 2^-23", absolute * 0x1p23, Math::max);
            return;
        }
        if (error > LossOracle.LOSS_LIMIT) {
            fail("%s: loss %s, exact %s: %s ULP", what, loss, exact, error);
        }
        WORST.merge(what + ": loss, ULP", error, Math::max);
    }

    /** The sum of the weights of the classes. */
    private static double divisor(float[] targets, float... weights) {
        double sum = 0;
        for (int i = 0; i < targets.length; i++) {
            sum += targets[i] == 1 ? weights[i % weights.length] : 0;
        }
        return sum;
    }
}
