package io.github.axoncl.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The runs of a study, and their means over the seeds; a figure that is NaN, because the training diverged, is left out. */
record StudyResults(List<StudyRun> runs) {

    StudyResults where(String function, int hiddenLayers, float rate) {
        return new StudyResults(runs.stream().filter(run -> run.setting().function().id().equals(function)
                && run.setting().hiddenLayers() == hiddenLayers && run.setting().rate() == rate).toList());
    }

    double mean(ToDoubleFunction<StudyRun> figure) {
        return runs.stream().mapToDouble(figure).filter(value -> !Double.isNaN(value)).average().orElse(Double.NaN);
    }

    double min(ToDoubleFunction<StudyRun> figure) {
        return runs.stream().mapToDouble(figure).min().orElse(Double.NaN);
    }

    double max(ToDoubleFunction<StudyRun> figure) {
        return runs.stream().mapToDouble(figure).max().orElse(Double.NaN);
    }

    /** Means of a row of figures, place by place. */
    double[] means(Function<StudyRun, double[]> figures) {
        double[] means = new double[figures.apply(runs.get(0)).length];
        Arrays.setAll(means, i -> mean(run -> figures.apply(run)[i]));
        return means;
    }

    /** One line per number. */
    String csv() {
        StringBuilder text = new StringBuilder("function,hidden_layers,rate,seed,figure,index,value\n");
        for (StudyRun run : runs) {
            append(text, run, "gradient_norm_start", run.gradientStart());
            append(text, run, "gradient_norm_end", run.gradientEnd());
            append(text, run, "dead_share", run.dead());
            append(text, run, "accuracy", run.accuracy());
        }
        return text.toString();
    }

    private static void append(StringBuilder text, StudyRun run, String figure, double[] values) {
        StudyRun.Setting setting = run.setting();
        for (int i = 0; i < values.length; i++) {
            text.append(String.format(Locale.ROOT, "%s,%d,%s,%d,%s,%d,%.6g%n", setting.function().id(), setting.hiddenLayers(),
                    setting.rate(), setting.seed(), figure, i + 1, values[i]));
        }
    }
}
