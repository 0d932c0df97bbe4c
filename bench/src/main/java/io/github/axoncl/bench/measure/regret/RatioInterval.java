package io.github.axoncl.bench.measure.regret;

import java.util.Arrays;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * The ratio of two times that were measured in pairs, with a 95 % interval: Student's, of the mean logarithm.
 *
 * @param ratio the geometric mean of the pairs' ratios
 * @param low   the lower end
 * @param high  the upper end
 */
record RatioInterval(double ratio, double low, double high) {
    private static final double LEVEL = 0.975;

    /** Of times in pairs, at least two. */
    static RatioInterval of(double[] numerators, double... denominators) {
        if (numerators.length != denominators.length || numerators.length < 2) {
            throw new IllegalArgumentException(numerators.length + " and " + denominators.length
                    + " times: must be as many, and at least two");
        }
        SummaryStatistics logarithms = new SummaryStatistics();
        for (int i = 0; i < numerators.length; i++) {
            logarithms.addValue(Math.log(numerators[i] / denominators[i]));
        }
        double half = new TDistribution(numerators.length - 1.0).inverseCumulativeProbability(LEVEL)
                * logarithms.getStandardDeviation() / Math.sqrt(numerators.length);
        return new RatioInterval(Math.exp(logarithms.getMean()), Math.exp(logarithms.getMean() - half),
                Math.exp(logarithms.getMean() + half));
    }

    /** Whether the true ratio exceeds a limit, as far as can be told. */
    boolean exceeds(double limit) {
        return low > limit;
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
    }
}
