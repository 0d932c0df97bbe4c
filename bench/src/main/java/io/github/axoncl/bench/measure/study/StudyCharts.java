package io.github.axoncl.bench.measure.study;

import io.github.axoncl.bench.shared.charts.Charts;
import io.github.axoncl.bench.shared.charts.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Draws the results of a study: one panel per depth, one line per function. */
final class StudyCharts {
    private static final int PANEL = 330;
    private static final int LEGEND = 110;
    private static final int HEIGHT = 330;
    /** What is drawn for a gradient of exactly 0 or below: a logarithm has no place for it. */
    private static final double SMALLEST = 1e-12;

    /** An axis of percents ends at a multiple of this. */
    private static final double LEAST_PERCENT = 20;

    private final StudyResults results;
    private final StudyPlan plan;
    private final Path folder;

    StudyCharts(StudyResults results, StudyPlan plan, Path folder) {
        this.results = results;
        this.plan = plan;
        this.folder = folder;
    }

    void write() throws IOException {
        byDepth("gradient-start", "layer", "gradient norm before training", true, StudyRun::gradientStart);
        byDepth("gradient-end", "layer", "gradient norm after training", true, StudyRun::gradientEnd);
        byDepth("accuracy", "epoch", "test accuracy (%)", false, run -> percent(run.accuracy()));
        byDepth("dead", "hidden layer", "dead units after training (%)", false, run -> percent(run.dead()));
        List<XYChart> panels = new ArrayList<>();
        panels.add(byRate("accuracy (%)", false, run -> 100 * run.lastAccuracy()));
        panels.add(byRate("dead units (%)", true, run -> 100 * run.deadShare()));
        save(new Picture(panels, panels.size()), "rate");
    }

    private void byDepth(String name, String x, String y, boolean logarithmic, Function<StudyRun, double[]> figures)
            throws IOException {
        List<XYChart> panels = new ArrayList<>();
        for (int depth : plan.depths()) {
            boolean last = panels.size() == plan.depths().size() - 1;
            XYChart chart = panel(depth + " hidden layers", x, y, last);
            chart.getStyler().setYAxisLogarithmic(logarithmic);
            for (int i = 0; i < plan.functions().size(); i++) {
                String function = plan.functions().get(i).id();
                double[] values = results.where(function, depth, plan.rate()).means(figures);
                if (logarithmic) {
                    Arrays.setAll(values, k -> values[k] < SMALLEST ? SMALLEST : values[k]);
                }
                add(chart, function, from1(values.length), values, i);
            }
            panels.add(chart);
        }
        // One scale for all panels, or the depths could not be compared.
        double[] range = panels.stream().flatMap(c -> c.getSeriesCollection().stream())
                .flatMapToDouble(s -> Arrays.stream(s.getYData())).filter(Double::isFinite).sorted().toArray();
        double low = range.length == 0 ? 1 : range[0];
        double high = range.length == 0 ? 2 : range[range.length - 1];
        for (XYChart chart : panels) {
            chart.getStyler().setYAxisMin(logarithmic ? Math.pow(10, Math.floor(Math.log10(low))) : 0.0);
            chart.getStyler().setYAxisMax(logarithmic ? Math.pow(10, Math.ceil(Math.log10(high)))
                    : Math.max(LEAST_PERCENT, Math.ceil(high / LEAST_PERCENT) * LEAST_PERCENT));
        }
        save(new Picture(panels, panels.size()), name);
    }

    private XYChart byRate(String y, boolean last, ToDoubleFunction<StudyRun> figure) {
        XYChart chart = panel(plan.sweepDepth() + " hidden layers, last epoch", "learning rate", y, last);
        chart.getStyler().setYAxisMin(0.0).setYAxisMax(100.0);
        // Few rates: each has its own place on the axis, and its own label.
        List<Float> rates = plan.rates().stream().sorted().toList();
        chart.getStyler().setXAxisTickLabelsFormattingFunction(place -> place == Math.rint(place) && place >= 1
                && place <= rates.size() ? rates.get((int) (place - 1)).toString() : " ");
        for (int i = 0; i < plan.functions().size(); i++) {
            String function = plan.functions().get(i).id();
            double[] values = rates.stream()
                    .mapToDouble(rate -> results.where(function, plan.sweepDepth(), rate).mean(figure)).toArray();
            add(chart, function, from1(values.length), values, i);
        }
        return chart;
    }

    private static XYChart panel(String title, String x, String y, boolean legend) {
        XYChart chart = Charts.chart(legend ? PANEL + LEGEND : PANEL, HEIGHT, title, x, y);
        chart.getStyler().setLegendVisible(legend);
        chart.getStyler().setXAxisDecimalPattern("#.##");
        return chart;
    }

    /** A line with a marker at every figure; a run that diverged leaves a gap. */
    private static void add(XYChart chart, String function, double[] x, double[] y, int index) {
        Charts.line(chart, function, x, y, index, 1.6f).setMarker(SeriesMarkers.CIRCLE);
        chart.getStyler().setMarkerSize(4);
    }

    private void save(Picture picture, String name) throws IOException {
        for (Picture.Form form : plan.forms()) {
            picture.write(folder.resolve(name + "." + form.name().toLowerCase(java.util.Locale.ROOT)), form);
        }
    }

    private static double[] from1(int count) {
        double[] x = new double[count];
        Arrays.setAll(x, i -> i + 1);
        return x;
    }

    private static double[] percent(double[] shares) {
        return Arrays.stream(shares).map(share -> 100 * share).toArray();
    }
}
