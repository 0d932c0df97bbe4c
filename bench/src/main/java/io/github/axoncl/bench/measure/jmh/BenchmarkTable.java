package io.github.axoncl.bench.measure.jmh;

import io.github.axoncl.bench.shared.Table;
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
        out.println();
        Table.Lines table = new Table.Lines(out).column("benchmark", "%-46s").column("backend", "%-7s")
                .column("memory", "%-7s").column("n", "%10s").column("time", "%8.1f").column("", "%-5s")
                .column("ns/element", "%11.3f").column("x copy", "%8.2f").head();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            Result<?> score = result.getPrimaryResult();
            Double copy = copies.get(place(params));
            String function = params.getParam("function");
            table.row(name(params) + (function == null ? "" : " " + function), params.getParam("backend"),
                    params.getParam("memory"), params.getParam("length"), score.getScore(), score.getScoreUnit(),
                    nanoseconds(params, score.getScore()) / Double.parseDouble(params.getParam("length")),
                    copy == null ? "-" : score.getScore() / copy);
        }
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
