package io.github.axoncl;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether random decisions have the distributions that they claim, for fixed seeds. An estimate of n independent numbers may be
 * off by {@link #DEVIATIONS} times its standard deviation, which a right one exceeds once in 150,000. One backend is enough:
 * all have its bits.
 */
class StochasticStatisticsTest {
    private static final double DEVIATIONS = 4.5;
    private static final int N = 1 << 19;
    private static final Backend CPU = Backends.open(BackendOptions.defaults().withBackend("cpu").withSimd(false));

    @AfterAll
    static void close() {
        CPU.close();
    }

    private static float[] filled(int n, float value) {
        float[] x = new float[n];
        Arrays.fill(x, value);
        return x;
    }

    private static float[] normal(int n, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] x = new float[n];
        for (int i = 0; i < n; i++) {
            x[i] = (float) random.nextGaussian();
        }
        return x;
    }

    /** The uniform numbers behind all decisions: rrelu(0, 1) of -1 is -u. */
    private static float[] uniform(RandomSeed seed) {
        float[] u = filled(N, -1);
        CPU.forward(StochasticActivation.RRELU.with(0, 1), seed, u, u);
        for (int i = 0; i < N; i++) {
            u[i] = -u[i];
        }
        return u;
    }

    private static double mean(float... x) {
        double sum = 0;
        for (float value : x) {
            sum += value;
        }
        return sum / x.length;
    }

    private static double variance(float... x) {
        double mean = mean(x);
        double sum = 0;
        for (float value : x) {
            sum += (value - mean) * (value - mean);
        }
        return sum / x.length;
    }

    /** A mean of n independent numbers of a variance. */
    private static void assertNear(String what, double estimate, double expected, double varianceOfOne, int n) {
        assertThat((estimate - expected) / Math.sqrt(varianceOfOne / n)).as("%s: deviations of %s from %s", what, estimate,
                expected)
                .isBetween(-DEVIATIONS, DEVIATIONS);
    }

    /** Chi-squared of equally likely cells: mean k - 1, variance 2 (k - 1). */
    private static void assertUniform(String what, int... cells) {
        double expected = (double) Arrays.stream(cells).sum() / cells.length;
        double chi = Arrays.stream(cells).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
        int freedom = cells.length - 1;
        assertThat((chi - freedom) / Math.sqrt(2.0 * freedom)).as("%s: chi-squared %s of %d", what, chi, freedom)
                .isBetween(-DEVIATIONS, DEVIATIONS);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 0x123456789ABCDEFL})
    void uniformNumbers(long seed) {
        float[] u = uniform(new RandomSeed(seed, 1));
        assertNear("mean", mean(u), 0.5, 1.0 / 12, N);
        // the fourth moment about the mean is 1/80
        assertNear("variance", variance(u), 1.0 / 12, 1.0 / 80 - 1.0 / 144, N);
        int[] cells = new int[1024];
        int[] low = new int[1024];
        for (float value : u) {
            assertThat(value >= 0 && value < 1).isTrue();
            cells[(int) (value * 1024)]++;
            low[(int) (value * 0x1p24) & 1023]++;
        }
        assertUniform("the ten highest bits", cells);
        assertUniform("the ten lowest bits", low);
    }

    /** Neighbours in a tensor, and the same element for neighbouring seeds, offsets and blocks, have nothing to do with each
     * other. */
    @Test
    void independenceOfNeighbours() {
        float[] u = uniform(new RandomSeed(3, 4));
        for (int lag = 1; lag <= 4; lag++) {
            assertIndependent("lag " + lag, u, Arrays.copyOfRange(u, lag, N), N - lag);
        }
        assertIndependent("offsets", u, uniform(new RandomSeed(3, 5)), N);
        assertIndependent("seeds", u, uniform(new RandomSeed(4, 4)), N);
        assertIndependent("upper halves of seeds", u, uniform(new RandomSeed(3 + (1L << 32), 4)), N);
        assertIndependent("seed and offset exchanged", u, uniform(new RandomSeed(4, 3)), N);
        float[] moved = uniform(new RandomSeed(3, 4, 1));
        assertThat(Arrays.copyOfRange(u, 1, N)).isEqualTo(Arrays.copyOf(moved, N - 1));
    }

    private static void assertIndependent(String what, float[] a, float[] b, int n) {
        double sum = 0;
        int[] cells = new int[32 * 32];
        for (int i = 0; i < n; i++) {
            sum += (a[i] - 0.5) * (b[i] - 0.5);
            cells[(int) (a[i] * 32) * 32 + (int) (b[i] * 32)]++;
        }
        assertNear("correlation, " + what, sum / n, 0, 1.0 / 144, n);
        assertUniform("pairs, " + what, cells);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.001f, 0.1f, 0.5f, 0.9f, 0.999f})
    void dropout(float p) {
        float[] y = filled(N, 1);
        CPU.forward(StochasticActivation.DROPOUT.with(p), new RandomSeed(5, 6), y, y);
        int kept = 0;
        for (float value : y) {
            assertThat(value == 0 || value == (float) (1 / (1.0 - p))).isTrue();
            kept += value == 0 ? 0 : 1;
        }
        assertNear("kept", (double) kept / N, 1.0 - p, p * (1.0 - p), N);
        assertNear("mean", mean(y), 1, p / (1.0 - p), N);
    }

    @Test
    void zoneout() {
        float[] y = new float[N];
        CPU.forward(StochasticActivation.ZONEOUT.with(0.3), new RandomSeed(7, 8), Operand.of(filled(N, 1)),
                Operand.of(filled(N, 0)),
                Operand.of(y));
        assertNear("new values", mean(y), 0.7, 0.21, N);
    }

    @Test
    void slopes() {
        float[] y = filled(N, -1);
        CPU.forward(StochasticActivation.RRELU, new RandomSeed(9, 10), y, y);
        double width = 1.0 / 3 - 0.125;
        assertNear("mean", mean(y), -(1.0 / 3 + 0.125) / 2, width * width / 12, N);
        assertNear("variance", variance(y), width * width / 12, StrictMath.pow(width, 4) * (1.0 / 80 - 1.0 / 144), N);
    }

    /** GELU is the mean. */
    @ParameterizedTest
    @ValueSource(floats = {-3, -1, -0.25f, 0.5f, 2, 3})
    void stochasticGelu(float x) {
        float[] y = filled(N, x);
        CPU.forward(StochasticActivation.STOCHASTIC_GELU, new RandomSeed(11, Float.floatToIntBits(x)), y, y);
        float[] gelu = {x};
        CPU.forward(Activation.GELU, gelu, gelu);
        double probability = gelu[0] / x;
        assertNear("mean", mean(y), gelu[0], x * x * probability * (1 - probability), N);
    }

    @Test
    void gumbelNoise() {
        float[] y = filled(N, 2);
        CPU.forward(StochasticActivation.GUMBEL_NOISE, new RandomSeed(12, 13), y, y);
        double variance = Math.PI * Math.PI / 6;
        assertNear("mean", mean(y), 2 + 0.57721566490153286, variance, N);
        // the kurtosis is 27/5
        assertNear("variance", variance(y), variance, variance * variance * (5.4 - 1), N);
    }

    /** The largest element of a row falls on each with the probability of softmax. */
    @Test
    void gumbelSoftmaxChoosesLikeSoftmax() {
        float[] logits = {0, 1, -1, 0.5f};
        float[] probabilities = new float[4];
        CPU.forward(RowActivation.SOFTMAX, Rows.of(1, 4), logits, probabilities);
        int rows = N / 16;
        float[] y = new float[4 * rows];
        for (int i = 0; i < y.length; i++) {
            y[i] = logits[i % 4];
        }
        CPU.forward(RowActivation.GUMBEL_SOFTMAX.with(0.5), Rows.of(rows, 4), new RandomSeed(14, 15), Operand.of(y),
                Operand.of(y));
        int[] chosen = new int[4];
        for (int row = 0; row < rows; row++) {
            int largest = 0;
            for (int i = 1; i < 4; i++) {
                largest = y[4 * row + i] > y[4 * row + largest] ? i : largest;
            }
            chosen[largest]++;
        }
        for (int i = 0; i < 4; i++) {
            assertNear("element " + i, (double) chosen[i] / rows, probabilities[i],
                    probabilities[i] * (1.0 - probabilities[i]), rows);
        }
    }

    /** In a deep network of SELU, from numbers with mean 0 and variance 1: with alpha dropout and, for comparison, without. */
    @ParameterizedTest
    @ValueSource(floats = {0, 0.1f})
    void alphaDropoutKeepsMeanAndVarianceThroughLayersOfSelu(float p) {
        int layers = 32;
        int units = 1000;
        int samples = 12;
        float[] x = normal(samples * units, 1);
        for (int layer = 0; layer < layers; layer++) {
            x = product(x, normal(units * units, 100 + layer), samples, units);
            CPU.forward(Activation.SELU, x, x);
            CPU.forward(StochasticActivation.ALPHA_DROPOUT.with(p), new RandomSeed(16, layer), x, x);
        }
        assertThat(mean(x)).isBetween(-0.1, 0.1);
        assertThat(variance(x)).isBetween(0.8, 1.2);
    }

    /** Ordinary dropout does not. */
    @Test
    void dropoutDoesNotKeepVariance() {
        float[] x = normal(N, 3);
        CPU.forward(Activation.SELU, x, x);
        CPU.forward(StochasticActivation.DROPOUT, new RandomSeed(19, 20), x, x);
        assertThat(variance(x)).isGreaterThan(1.8);
    }

    @ParameterizedTest
    @ValueSource(floats = {0.05f, 0.1f, 0.5f, 0.9f})
    void alphaDropoutOfSelu(float p) {
        float[] x = normal(N, 2);
        CPU.forward(Activation.SELU, x, x);
        double mean = mean(x);
        double variance = variance(x);
        CPU.forward(StochasticActivation.ALPHA_DROPOUT.with(p), new RandomSeed(17, 18), x, x);
        // SELU's fixed point holds for infinitely many numbers; these have a mean and variance of their own. A variance of 1
        // has an error of at most that of a kurtosis of 20, which p = 0.9 comes close to.
        assertNear("mean", mean(x), 0, 1 + Math.abs(variance - 1), N / 2);
        assertThat(Math.abs(mean)).isLessThan(0.01);
        assertNear("variance", variance(x), 1, 20, N);
    }

    /** x W / sqrt(units), which keeps the variance. */
    private static float[] product(float[] x, float[] w, int samples, int units) {
        float[] y = new float[samples * units];
        double scale = 1 / Math.sqrt(units);
        for (int s = 0; s < samples; s++) {
            double[] sums = new double[units];
            for (int i = 0; i < units; i++) {
                double value = x[s * units + i] * scale;
                for (int j = 0; j < units; j++) {
                    sums[j] += value * w[i * units + j];
                }
            }
            for (int j = 0; j < units; j++) {
                y[s * units + j] = (float) sums[j];
            }
        }
        return y;
    }
}
