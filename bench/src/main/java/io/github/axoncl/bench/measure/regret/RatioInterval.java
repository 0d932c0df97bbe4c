package io.github.axoncl.bench.measure.regret;

import java.util.Arrays;
import java.util.EnumSet;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;
import org.apache.commons.statistics.distribution.TDistribution;

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
        double[] logarithms = new double[numerators.length];
        Arrays.setAll(logarithms, i -> Math.log(numerators[i] / denominators[i]));
        DoubleStatistics statistics = DoubleStatistics.of(EnumSet.of(Statistic.MEAN, Statistic.STANDARD_DEVIATION), logarithms);
        double mean = statistics.getAsDouble(Statistic.MEAN);
        double half = TDistribution.of(numerators.length - 1.0).inverseCumulativeProbability(LEVEL)
                * statistics.getAsDouble(Statistic.STANDARD_DEVIATION) / Math.sqrt(numerators.length);
        return new RatioInterval(Math.exp(mean), Math.exp(mean - half), Math.exp(mean + half));
    }

    /** Whether the true ratio exceeds a limit, as far as can be told. */
    boolean exceeds(double limit) {
        return low > limit;
    }
}
