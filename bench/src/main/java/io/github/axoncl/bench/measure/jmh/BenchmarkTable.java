package io.github.axoncl.bench.measure.jmh;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** Prints results of {@link ElementwiseBenchmark} as multiples of the copy of the same size in the same memory. */
final class BenchmarkTable {
    private static final String COPY = CopyBenchmark.class.getSimpleName() + ".copy";

    private BenchmarkTable() {
    }

    /** One line per result; where no copy was measured, none is compared with. */
    static void print(Collection<RunResult> results, PrintWriter out) {
        Map<String, Double> copies = new HashMap<>();
        for (RunResult result : results) {
            if (name(result.getParams()).equals(COPY)) {
                copies.put(place(result.getParams()), result.getPrimaryResult().getScore());
            }
        }
        out.printf("%n%-46s %-7s %-7s %10s %14s %11s %8s%n", "benchmark", "backend", "memory", "n", "time", "ns/element",
                "x copy");
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            Result<?> score = result.getPrimaryResult();
            Double copy = copies.get(place(params));
            String function = params.getParam("function");
            out.printf("%-46s %-7s %-7s %10s %8.1f %-5s %11.3f %8s%n", name(params) + (function == null ? "" : " " + function),
                    params.getParam("backend"), params.getParam("memory"), params.getParam("length"), score.getScore(),
                    score.getScoreUnit(), nanoseconds(params, score.getScore()) / Double.parseDouble(params.getParam("length")),
                    copy == null ? "-" : String.format("%.2f", score.getScore() / copy));
        }
        out.flush();
    }

    private static double nanoseconds(BenchmarkParams params, double score) {
        return score * params.getTimeUnit().toNanos(1);
    }

    private static String place(BenchmarkParams params) {
        return params.getParam("backend") + " " + params.getParam("memory") + " " + params.getParam("length") + " "
                + params.getTimeUnit() + " " + params.getMode();
    }

    private static String name(BenchmarkParams params) {
        String benchmark = params.getBenchmark();
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1);
    }
}
