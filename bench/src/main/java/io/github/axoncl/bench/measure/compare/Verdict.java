package io.github.axoncl.bench.measure.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who is fastest at which accuracy, for one subject.
 *
 * @param function  the function
 * @param operation forward or backward
 * @param length    the number of elements
 * @param front     those whom nobody beats in time and error at once, fastest first
 * @param misses    other libraries that beat AxonCL
 */
record Verdict(String function, String operation, int length, List<Line> front, List<Miss> misses) {
    /** Errors that differ by less are the same: of results that are rounded correctly, the largest is just below a half. */
    private static final double SAME = 0.005;

    /**
     * A library that is faster than whatever of AxonCL is as exact; or than the most exact of AxonCL, being more exact than
     * all of it.
     *
     * @param other  the library
     * @param axoncl AxonCL at its best among those
     */
    record Miss(Line other, Line axoncl) {
        /** How many times as long AxonCL takes. */
        double factor() {
            return axoncl.nanos() / other.nanos();
        }

        /** Whether the middle halves of the rounds overlap, so that other rounds may turn it round. */
        boolean close() {
            return axoncl.nanosQ1() <= other.nanosQ3();
        }
    }

    static List<Verdict> all(Report report) {
        List<Verdict> all = new ArrayList<>();
        for (int length : report.lengths()) {
            for (String operation : List.of("forward", "backward")) {
                for (String function : report.functions()) {
                    of(report, function, operation, length).ifPresent(all::add);
                }
            }
        }
        return all;
    }

    private static Optional<Verdict> of(Report report, String function, String operation, int length) {
        List<Line> lines = report.of(function, operation, length).stream().filter(line -> line.maxUlp() != null).toList();
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        List<Line> front = new ArrayList<>();
        for (Line line : lines) {
            if (front.isEmpty() || line.maxUlp() < front.get(front.size() - 1).maxUlp() - SAME) {
                front.add(line);
            }
        }
        List<Line> own = lines.stream().filter(line -> report.isAxoncl(line.contender())).toList();
        List<Miss> misses = new ArrayList<>();
        for (Line other : lines) {
            if (!report.isAxoncl(other.contender()) && !own.isEmpty()) {
                Line match = match(own, other.maxUlp());
                if (other.nanos() < match.nanos()) {
                    misses.add(new Miss(other, match));
                }
            }
        }
        return Optional.of(new Verdict(function, operation, length, front, misses));
    }

    /** The fastest of those that are as exact; if none is, of the most exact ones. */
    private static Line match(List<Line> own, double ulp) {
        double best = own.stream().mapToDouble(Line::maxUlp).min().orElseThrow();
        return own.stream().filter(line -> line.maxUlp() <= Math.max(best, ulp) + SAME)
                .min(Comparator.comparingDouble(Line::nanos)).orElseThrow();
    }

    /** Whether no library beats AxonCL. */
    boolean holds() {
        return misses.isEmpty();
    }
}
