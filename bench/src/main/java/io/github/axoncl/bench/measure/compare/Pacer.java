package io.github.axoncl.bench.measure.compare;

import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;

/** Times a call, and the copy that it is compared with. */
final class Pacer {
    private static final int MOST = 20_000;
    private static final long NANOS = 1_000_000;
    private static final long MOST_WARM_UP_MILLIS = 1500;
    private static final int QUIET_RUNS = 3;
    /** A run that takes less than this share of the fastest one is news. */
    private static final double FASTER = 0.9;
    /** Pieces of a copy: a few for each thread, so that none waits long for another. */
    private static final int PIECES_PER_THREAD = 2;

    private final Request.Pace pace;

    Pacer(Request.Pace pace) {
        this.pace = pace;
    }

    /** The median time of a run in nanoseconds. */
    double median(Call call) throws Exception {
        warmUp(call, pace.warmUpMillis(), MOST_WARM_UP_MILLIS);
        return timed(call, pace.measureMillis());
    }

    /** Runs a call until it has not become faster for a while: what a JVM interprets at first takes a thousand times as long.
     *
     * @param quietMillis how long it must not have become faster
     * @param limitMillis the end of all patience, after at least one run */
    static void warmUp(Call call, long quietMillis, long limitMillis) throws Exception {
        long start = System.nanoTime();
        long before = start;
        long improved = start;
        double best = Double.POSITIVE_INFINITY;
        int quietRuns = 0;
        do {
            call.run();
            long now = System.nanoTime();
            quietRuns++;
            if (now - before < FASTER * best) {
                best = now - before;
                improved = now;
                quietRuns = 0;
            }
            before = now;
        } while ((quietRuns < QUIET_RUNS || before - improved < quietMillis * NANOS) && before - start < limitMillis * NANOS);
    }

    /** The median time of a copy by all threads. */
    double copy(float[] from, float[] to) throws Exception {
        Call copy = new Copy(from, to);
        copy.run();
        return timed(copy, pace.measureMillis() / 2);
    }

    private double timed(Call call, long millis) throws Exception {
        double[] nanos = new double[MOST];
        int runs = 0;
        long start = System.nanoTime();
        long end = start + millis * NANOS;
        long now = start;
        while (runs < MOST && (runs < pace.least() || now < end)) {
            call.run();
            long after = System.nanoTime();
            nanos[runs++] = after - now;
            now = after;
        }
        return Median.withDefaults().evaluateRange(nanos, 0, runs);
    }

    private record Copy(float[] from, float[] to) implements Call {
        @Override
        public void run() {
            int pieces = Math.max(1, Math.min(from.length / 16_384,
                    PIECES_PER_THREAD * Runtime.getRuntime().availableProcessors()));
            if (pieces == 1) {
                System.arraycopy(from, 0, to, 0, from.length);
                return;
            }
            IntStream.range(0, pieces).parallel().forEach(piece -> {
                int first = (int) ((long) from.length * piece / pieces);
                int last = (int) ((long) from.length * (piece + 1) / pieces);
                System.arraycopy(from, first, to, first, last - first);
            });
        }

        @Override
        public void read(float[] output) {
            System.arraycopy(to, 0, output, 0, to.length);
        }
    }
}
