package io.github.axoncl.bench.tools.plot;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.Operation;
import io.github.axoncl.bench.shared.charts.Charts;
import io.github.axoncl.bench.shared.charts.Picture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.knowm.xchart.XYChart;

/** Draws one function along a line: f and f' above, their errors below where there is an oracle. */
final class FunctionPicture {
    private static final int WIDTH = 460;
    private static final int CURVES_HEIGHT = 270;
    private static final int ERRORS_HEIGHT = 190;
    /** Of f, so that it is seen under f' where they are equal. */
    private static final float WIDE = 2.8f;
    private static final float NARROW = 1.3f;
    /** Room above and below a curve, as a share of its height. */
    private static final double MARGIN = 0.06;

    private final ActivationFunction function;
    private final double from;
    private final double to;
    private final Map<Operation, ErrorCurve> errors = new TreeMap<>();
    private final Picture picture;

    FunctionPicture(Backend backend, ActivationFunction function, double from, double to) {
        this.function = function;
        this.from = from;
        this.to = to;
        List<XYChart> panels = new ArrayList<>();
        panels.add(curves(backend));
        for (Operation operation : List.of(Operation.FORWARD, Operation.DERIVATIVE)) {
            Optional<ErrorCurve> curve = ErrorCurve.of(backend, function, operation, from, to);
            curve.ifPresent(c -> errors.put(operation, c));
        }
        if (!errors.isEmpty()) {
            panels.add(errorChart());
        }
        picture = new Picture(panels, 1);
    }

    Picture picture() {
        return picture;
    }

    /** The largest errors, for the command's output. */
    String summary() {
        if (errors.isEmpty()) {
            return "no oracle, so no errors are drawn";
        }
        return String.format(Locale.ROOT, "largest error of f %.3f ULP, of f' %.3f ULP",
                errors.get(Operation.FORWARD).largest(), errors.get(Operation.DERIVATIVE).largest());
    }

    private XYChart curves(Backend backend) {
        XYChart chart = chart(CURVES_HEIGHT, function.describe(), "");
        Curve f = Curve.of(backend, function, Operation.FORWARD, from, to);
        Curve derivative = Curve.of(backend, function, Operation.DERIVATIVE, from, to);
        Charts.line(chart, "f", f.x(), f.y(), 0, WIDE);
        Charts.line(chart, "f'", derivative.x(), derivative.y(), 1, NARROW);
        double[] all = Arrays.stream(new Curve[] {f, derivative}).flatMapToDouble(c -> Arrays.stream(c.y()))
                .filter(Double::isFinite).sorted().toArray();
        double low = all.length == 0 ? 0 : all[0];
        double high = all.length == 0 ? 1 : all[all.length - 1];
        double margin = high > low ? MARGIN * (high - low) : 1;
        chart.getStyler().setYAxisMin(low - margin).setYAxisMax(high + margin);
        return chart;
    }

    private XYChart errorChart() {
        XYChart chart = chart(ERRORS_HEIGHT, "", "error in ULP");
        chart.getStyler().setChartTitleVisible(false);
        double highest = 1;
        for (Map.Entry<Operation, ErrorCurve> entry : errors.entrySet()) {
            boolean forward = entry.getKey() == Operation.FORWARD;
            double[] ulp = Arrays.stream(entry.getValue().ulp()).map(u -> Double.isFinite(u) ? u : Double.NaN).toArray();
            Charts.line(chart, forward ? "f" : "f'", entry.getValue().x(), ulp, forward ? 0 : 1, forward ? WIDE : NARROW);
            highest = Math.max(highest, Arrays.stream(ulp).filter(Double::isFinite).max().orElse(0) * (1 + MARGIN));
        }
        // Below 0 a little, or a function without error would be drawn on the frame.
        chart.getStyler().setYAxisMin(-highest * MARGIN / 2).setYAxisMax(highest);
        return chart;
    }

    private XYChart chart(int height, String title, String y) {
        XYChart chart = Charts.chart(WIDTH, height, title, "x", y);
        chart.getStyler().setXAxisMin(from).setXAxisMax(to).setXAxisTickMarkSpacingHint(55);
        chart.getStyler().setYAxisLeftWidthHint(52);          // the panels stand exactly below each other
        return chart;
    }
}
