package io.github.axoncl.bench.measure.compare;

import io.github.axoncl.bench.shared.charts.Charts;
import io.github.axoncl.bench.shared.charts.Picture;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a report, by name. */
final class CompareCharts {
    private static final Marker[] MARKERS = {SeriesMarkers.CIRCLE, SeriesMarkers.DIAMOND, SeriesMarkers.SQUARE,
        SeriesMarkers.TRIANGLE_UP, SeriesMarkers.TRIANGLE_DOWN};
    private static final int WIDE = 980;
    private static final int HIGH = 360;
    private static final int PANEL = 400;
    private static final int LEGEND = 200;
    /** So that each contender's marks stand beside the others'. */
    private static final double SPREAD = 0.7;
    /** The height of the functions' names; XChart has no axis of names for lines. */
    private static final double TOP = 0.8;

    private final Report report;
    private final List<String> names;

    CompareCharts(Report report) {
        this.report = report;
        this.names = report.participants().stream().map(Participant::name).toList();
    }

    Map<String, Picture> all() {
        Map<String, Picture> all = new LinkedHashMap<>();
        for (int length : report.lengths()) {
            all.put("throughput-" + length, throughput(length));
        }
        put(all, "crossover", bySize("ns for an element", Line::nanos));
        put(all, "scaling-size", bySize("G elements/s", line -> 1 / line.nanos()));
        put(all, "scaling-threads", byThreads());
        return all;
    }

    private static void put(Map<String, Picture> all, String name, List<XYChart> panels) {
        if (!panels.isEmpty()) {
            all.put(name, new Picture(panels, panels.size()));
        }
    }

    /** Every function has a place on the x axis, every contender a mark. */
    private Picture throughput(int length) {
        List<String> functions = report.functions();
        List<XYChart> panels = new ArrayList<>();
        for (String operation : List.of("forward", "backward")) {
            XYChart chart = Charts.chart(WIDE, HIGH, operation + ", " + Tables.size(length) + " elements", "",
                    "G elements/s");
            chart.getStyler().setYAxisLogarithmic(true).setXAxisTicksVisible(false).setMarkerSize(7);
            double copy = 1 / new Tables(report).copy(length);
            Charts.line(chart, "copy", new double[] {0.5, functions.size() + 0.5}, new double[] {copy, copy}, 9, 1.2f);
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i);
                List<Line> lines = report.where(line -> line.series() == Series.ALL && line.contender().equals(name)
                        && line.operation().equals(operation) && line.length() == length);
                if (!lines.isEmpty()) {
                    double shift = SPREAD * ((i + 0.5) / names.size() - 0.5);
                    mark(chart, name, lines.stream().mapToDouble(line -> functions.indexOf(line.function()) + 1 + shift)
                            .toArray(), lines.stream().mapToDouble(line -> 1 / line.nanos()).toArray(), i)
                            .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
                }
            }
            decades(chart);
            for (int i = 0; i < functions.size(); i++) {
                chart.addAnnotation(new AnnotationText(functions.get(i), i + 1, TOP * chart.getStyler().getYAxisMax(), false));
            }
            panels.add(chart);
        }
        return new Picture(panels, 1);
    }

    private List<XYChart> bySize(String y, ToDoubleFunction<Line> figure) {
        List<Line> lines = report.where(line -> line.series() == Series.LENGTHS);
        List<XYChart> panels = panels(lines, "elements", y, Line::length, figure);
        panels.forEach(chart -> chart.getStyler().setXAxisLogarithmic(true).setYAxisLogarithmic(true));
        panels.forEach(CompareCharts::decades);
        return panels;
    }

    private List<XYChart> byThreads() {
        List<XYChart> panels = panels(report.where(line -> line.series() == Series.THREADS), "threads", "G elements/s",
                Line::threads, line -> 1 / line.nanos());
        panels.forEach(chart -> chart.getStyler().setYAxisMin(0.0).setXAxisDecimalPattern("#.#"));
        return panels;
    }

    /** A panel for each function, a line for each contender. */
    private List<XYChart> panels(List<Line> lines, String x, String y, ToDoubleFunction<Line> place,
                                 ToDoubleFunction<Line> figure) {
        List<XYChart> panels = new ArrayList<>();
        List<String> functions = lines.stream().map(Line::function).distinct().toList();
        List<String> contenders = lines.stream().map(Line::contender).distinct().toList();
        for (String function : functions) {
            boolean last = panels.size() == functions.size() - 1;
            XYChart chart = Charts.chart(PANEL + (last ? LEGEND : 0), HIGH, function + " forward", x, y);
            chart.getStyler().setLegendVisible(last).setMarkerSize(5);
            for (int i = 0; i < contenders.size(); i++) {
                String name = contenders.get(i);
                List<Line> own = lines.stream().filter(line -> line.function().equals(function)
                        && line.contender().equals(name)).sorted(java.util.Comparator.comparingDouble(place)).toList();
                if (!own.isEmpty()) {
                    mark(chart, name, own.stream().mapToDouble(place).toArray(), own.stream().mapToDouble(figure).toArray(), i);
                }
            }
            panels.add(chart);
        }
        return panels;
    }

    private static XYSeries mark(XYChart chart, String name, double[] x, double[] y, int index) {
        XYSeries series = Charts.line(chart, name, x, y, index, 1.6f);
        series.setMarker(MARKERS[(index + index / Charts.colours()) % MARKERS.length]);     // another when colours return
        return series;
    }

    /** A logarithmic axis begins and ends at powers of ten. */
    private static XYChart decades(XYChart chart) {
        double[] all = chart.getSeriesCollection().stream().flatMapToDouble(s -> DoubleStream.of(s.getYData()))
                .filter(Double::isFinite).toArray();
        chart.getStyler().setYAxisMin(Math.pow(10, Math.floor(Math.log10(DoubleStream.of(all).min().orElse(0.1)))));
        chart.getStyler().setYAxisMax(Math.pow(10, Math.ceil(Math.log10(DoubleStream.of(all).max().orElse(10)))));
        return chart;
    }
}
