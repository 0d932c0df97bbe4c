package io.github.axoncl.bench.measure.study;

import io.github.axoncl.Activation;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.bench.shared.network.Epochs;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** The tables of a study as Markdown. */
record StudyTables(StudyResults results, StudyPlan plan) {

    String markdown() {
        List<String> depths = plan.depths().stream().map(depth -> depth + " hidden layers").toList();
        return "Networks of 784 inputs, " + plan.depths() + " hidden layers of " + plan.width() + " units and 10 outputs; "
                + plan.epochs() + " epochs, batches of " + Epochs.BATCH + ", learning rate " + plan.rate() + ", seeds "
                + plan.seeds() + ".\n\n"
                + "Test accuracy after the last epoch in %, mean (lowest to highest of the seeds):\n\n"
                + table(depths, plan.depths(), (f, depth) -> spread(f, depth, plan.rate()))
                + "\nNorm of the gradient of the first layer's weights before training, mean; behind it that of the last "
                + "layer:\n\n"
                + table(depths, plan.depths(), (f, depth) -> norm(f, depth, 0) + "; " + norm(f, depth, depth))
                + "\nDead units after training in %, mean over the layers and seeds:\n\n"
                + table(depths, plan.depths(), (f, depth) -> text("%.1f", 100 * results.where(f, depth, plan.rate())
                        .mean(StudyRun::deadShare)))
                + "\nBy learning rate, " + plan.sweepDepth() + " hidden layers: test accuracy in %, mean (lowest to "
                + "highest); dead "
                + "units in %; how many of " + plan.seeds().size() + " runs ended in NaN:\n\n"
                + table(plan.rates().stream().map(rate -> "rate " + rate).toList(), plan.rates(),
                        (f, rate) -> spread(f, plan.sweepDepth(), rate) + "; "
                                + text("%.0f", 100 * results.where(f, plan.sweepDepth(), rate).mean(StudyRun::deadShare)) + "; "
                                + results.where(f, plan.sweepDepth(), rate).runs().stream().filter(StudyRun::diverged).count());
    }

    private <T> String table(List<String> heads, List<T> columns, BiFunction<String, T, String> cell) {
        return new Table("", Stream.concat(Stream.of("function"), heads.stream()).toList(), plan.functions().stream()
                .map(Activation::id).map(function -> Stream.concat(Stream.of(function),
                        columns.stream().map(column -> cell.apply(function, column))).toList()).toList()).markdown();
    }

    private String norm(String function, int depth, int layer) {
        return text("%.1e", results.where(function, depth, plan.rate()).mean(run -> run.gradientStart()[layer]));
    }

    private String spread(String function, int depth, float rate) {
        StudyResults some = results.where(function, depth, rate);
        ToDoubleFunction<StudyRun> accuracy = run -> 100 * run.lastAccuracy();
        return text("%.1f", some.mean(accuracy)) + " (" + text("%.1f", some.min(accuracy)) + " to "
                + text("%.1f", some.max(accuracy)) + ")";
    }

    private static String text(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
