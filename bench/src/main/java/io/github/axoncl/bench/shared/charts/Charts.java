package io.github.axoncl.bench.shared.charts;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** How the project's charts look: white, thin grid, a legend, colours that can be told apart. */
public final class Charts {
    private static final int[] COLOURS = {0x1f77b4, 0xd62728, 0x2ca02c, 0xff7f0e, 0x9467bd, 0x8c564b, 0xe377c2, 0x17becf,
        0xbcbd22, 0x7f7f7f};
    private static final Color GRID = new Color(0xdddddd);

    private Charts() {
    }

    /** How many lines have colours of their own. */
    public static int colours() {
        return COLOURS.length;
    }

    /** A chart without lines. */
    public static XYChart chart(int width, int height, String title, String x, String y) {
        XYChart chart = new XYChartBuilder().width(width).height(height).title(title).xAxisTitle(x).yAxisTitle(y).build();
        Font small = new Font(Font.SANS_SERIF, Font.PLAIN, 11);
        chart.getStyler().setChartBackgroundColor(Color.WHITE).setPlotBackgroundColor(Color.WHITE)
                .setPlotBorderColor(Color.GRAY).setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 13))
                .setChartTitleBoxVisible(false).setLegendFont(small).setLegendBorderColor(Color.WHITE).setLegendPadding(4)
                .setLegendSeriesLineLength(18).setLegendPosition(Styler.LegendPosition.OutsideE).setChartPadding(6)
                .setPlotContentSize(0.98);
        chart.getStyler().setAxisTitleFont(small).setAxisTickLabelsFont(small).setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(0.7f)).setPlotMargin(0);
        return chart;
    }

    /** A line without markers; the index chooses its colour, and its dashes where the colours come round. */
    public static XYSeries line(XYChart chart, String name, double[] x, double[] y, int index, float width) {
        XYSeries series = chart.addSeries(name, x, y);
        Color colour = new Color(COLOURS[index % COLOURS.length]);
        float[] dashes = index < COLOURS.length ? null : new float[] {6, 3};
        series.setLineColor(colour);
        int cap = dashes == null ? BasicStroke.CAP_ROUND : BasicStroke.CAP_BUTT;
        series.setLineStyle(new BasicStroke(width, cap, BasicStroke.JOIN_ROUND, 10, dashes, 0));
        series.setMarkerColor(colour);
        series.setMarker(SeriesMarkers.NONE);
        return series;
    }
}
