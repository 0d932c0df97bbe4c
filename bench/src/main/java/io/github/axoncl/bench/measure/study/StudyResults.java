package io.github.axoncl.bench.measure.study;

import io.github.axoncl.Activation;
import io.github.axoncl.bench.shared.UsageException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The runs of a study, and their means over the seeds; a figure that is NaN, because the training diverged, is left out. */
record StudyResults(List<StudyRun> runs) {
    private static final String HEADER = "function,hidden_layers,rate,seed,figure,index,value";
    private static final String START = "gradient_norm_start";
    private static final String END = "gradient_norm_end";
    private static final String DEAD = "dead_share";
    private static final String ACCURACY = "accuracy";

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
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        for (StudyRun run : runs) {
            append(text, run, START, run.gradientStart());
            append(text, run, END, run.gradientEnd());
            append(text, run, DEAD, run.dead());
            append(text, run, ACCURACY, run.accuracy());
        }
        return text.toString();
    }

    /** What {@link #csv} wrote, as far as its digits go. */
    static StudyResults parse(List<String> lines) {
        Map<StudyRun.Setting, Map<String, List<Double>>> figures = new LinkedHashMap<>();
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            String[] cells = line.split(",");
            if (cells.length != HEADER.split(",").length) {
                throw new UsageException("not a line of a study: " + line);
            }
            StudyRun.Setting setting = new StudyRun.Setting(Activation.of(cells[0]), Integer.parseInt(cells[1]),
                    Float.parseFloat(cells[2]), Long.parseLong(cells[3]));
            figures.computeIfAbsent(setting, key -> new LinkedHashMap<>()).computeIfAbsent(cells[4], key -> new ArrayList<>())
                    .add(Double.valueOf(cells[6]));
        }
        return new StudyResults(figures.entrySet().stream().map(run -> {
            double[] dead = values(run.getValue(), DEAD);
            return new StudyRun(run.getKey(), values(run.getValue(), START), values(run.getValue(), END), dead,
                    values(run.getValue(), ACCURACY), Arrays.stream(dead).anyMatch(Double::isNaN));
        }).toList());
    }

    private static double[] values(Map<String, List<Double>> figures, String name) {
        return figures.getOrDefault(name, List.of()).stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void append(StringBuilder text, StudyRun run, String figure, double[] values) {
        StudyRun.Setting setting = run.setting();
        for (int i = 0; i < values.length; i++) {
            text.append(String.format(Locale.ROOT, "%s,%d,%s,%d,%s,%d,%.6g\n", setting.function().id(), setting.hiddenLayers(),
                    setting.rate(), setting.seed(), figure, i + 1, values[i]));
        }
    }
}
