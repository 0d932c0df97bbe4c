package io.github.axoncl.bench.measure.compare;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * What came of all rounds of one contender with one subject and number of threads: a line of results.csv.
 *
 * @param series    what it belongs to
 * @param contender who computed
 * @param function  what
 * @param operation forward or backward
 * @param length    the number of elements
 * @param threads   the number of threads
 * @param rounds    how many JVMs measured it
 * @param nanos     the median time for an element over the rounds, in nanoseconds
 * @param nanosQ1   its lower quartile
 * @param nanosQ3   its upper quartile
 * @param copies    the median of the time as a multiple of a copy's in the same JVM
 * @param copiesQ1  its lower quartile
 * @param copiesQ3  its upper quartile
 * @param maxUlp    the largest error over all finite inputs; null where it was not judged
 * @param nearUlp   the largest error in [-20, 20]
 */
@JsonPropertyOrder({"series", "contender", "function", "operation", "length", "threads", "rounds", "nanos", "nanosQ1",
    "nanosQ3", "copies", "copiesQ1", "copiesQ3", "maxUlp", "nearUlp"})
record Line(Series series, String contender, String function, String operation, int length, int threads, int rounds,
            double nanos, double nanosQ1, double nanosQ3, double copies, double copiesQ1, double copiesQ3, Double maxUlp,
            Double nearUlp) {
    private static final Quantile QUARTILES = Quantile.withDefaults();
    private static final double[] PLACES = {0.25, 0.5, 0.75};

    static Line of(List<Sample> samples, Accuracy accuracy) {
        Sample first = samples.get(0);
        double[] nanos = QUARTILES.evaluate(samples.stream().mapToDouble(Sample::nanos).toArray(), PLACES);
        double[] copies = QUARTILES.evaluate(samples.stream().mapToDouble(s -> s.nanos() / s.copyNanos()).toArray(), PLACES);
        Subject subject = first.subject();
        return new Line(first.series(), first.contender(), subject.function(), subject.operation(), subject.length(),
                first.threads(), samples.size(), nanos[1], nanos[0], nanos[2], copies[1], copies[0], copies[2],
                accuracy == null ? null : accuracy.maxUlp(), accuracy == null ? null : accuracy.nearUlp());
    }
}
