package io.github.axoncl.bench.measure.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a comparison measures.
 *
 * @param functions      the functions
 * @param sizes          the numbers of elements
 * @param rounds         how many JVMs every peer gets, the peers taking turns
 * @param pace           how long a call is measured
 * @param share          accuracy is judged at one of so many inputs
 * @param sweepFunctions the functions that are measured over lengths and threads
 * @param sweepSizes     the lengths
 * @param sweepRounds    the rounds for these
 * @param threads        the numbers of threads; the last one is everybody's in the comparison
 * @param limitSeconds   the longest that a JVM may take
 * @param minutes        no round begins that would end later than after so many
 */
record Plan(List<String> functions, List<Integer> sizes, int rounds, Request.Pace pace, int share,
            List<String> sweepFunctions, List<Integer> sweepSizes, int sweepRounds, List<Integer> threads,
            long limitSeconds, int minutes) {
    static final List<String> FUNCTIONS = List.of("relu", "leaky_relu", "elu", "sigmoid", "tanh", "gelu", "gelu_tanh", "silu",
            "softplus", "mish", "hard_swish", Subject.SOFTMAX);

    private static final int MINUTES = 15;

    static Plan full() {
        return new Plan(FUNCTIONS, List.of(1 << 20, 1 << 24), 5, new Request.Pace(40, 80, 3), 1,
                List.of("relu", "sigmoid", "gelu"), IntStream.iterate(1 << 8, n -> n <= 1 << 24, n -> n * 4).boxed().toList(),
                3, threadCounts(), 600, MINUTES);
    }

    /** Shows that everything works, in seconds; the figures mean little. */
    static Plan quick() {
        return new Plan(List.of("relu", "gelu", Subject.SOFTMAX), List.of(1 << 16), 2, new Request.Pace(20, 20, 3), 256,
                List.of("gelu"), List.of(1 << 8, 1 << 12, 1 << 16), 1, threadCounts(), 120, MINUTES);
    }

    /** 1, 2, 4, ... and all. */
    private static List<Integer> threadCounts() {
        int all = Runtime.getRuntime().availableProcessors();
        List<Integer> counts = new ArrayList<>();
        for (int n = 1; n < all; n *= 2) {
            counts.add(n);
        }
        counts.add(all);
        return counts;
    }

    int allThreads() {
        return threads.get(threads.size() - 1);
    }

    Plan with(List<String> otherFunctions, List<Integer> otherSizes, int otherRounds, int otherMinutes) {
        List<String> swept = sweepFunctions.stream().filter(otherFunctions::contains).toList();
        return new Plan(otherFunctions, otherSizes, otherRounds, pace, share,
                swept.isEmpty() ? List.of(otherFunctions.get(0)) : swept, sweepSizes, sweepRounds, threads, limitSeconds,
                otherMinutes);
    }

    List<Subject> subjects() {
        return subjects(functions, sizes, true);
    }

    static List<Subject> subjects(List<String> functions, List<Integer> sizes, boolean backwardToo) {
        List<Subject> all = new ArrayList<>();
        for (String function : functions) {
            for (int size : sizes) {
                all.add(Subject.of(function, false, size));
                if (backwardToo) {
                    all.add(Subject.of(function, true, size));
                }
            }
        }
        return all;
    }
}
