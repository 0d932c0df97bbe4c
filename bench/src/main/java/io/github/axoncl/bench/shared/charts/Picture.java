package io.github.axoncl.bench.shared.charts;

import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.svg.SVGProcessor;
import de.erichseifert.vectorgraphics2d.util.PageSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;

/**
 * Charts beside or below each other in one picture, written as PNG or SVG without a display.
 *
 * @param panels  the charts
 * @param columns how many stand beside each other; those of a row have one height, those of a column one width
 */
public record Picture(List<XYChart> panels, int columns) {

    /** The form of a file. */
    public enum Form {
        /** Pixels. */
        PNG,
        /** Lines and text. */
        SVG
    }

    /** Writes it to a file. */
    public void write(Path file, Form form) throws IOException {
        if (form == Form.PNG) {
            BufferedImage image = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
            Graphics2D graphics = image.createGraphics();
            // Ends of lines where they are, not in the middle of the next pixel: a curve of short lines would be a staircase.
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            paint(graphics);
            try (OutputStream out = Files.newOutputStream(file)) {
                ImageIO.write(image, "png", out);
            }
        } else {
            VectorGraphics2D graphics = new VectorGraphics2D();
            paint(graphics);
            try (OutputStream out = Files.newOutputStream(file)) {
                new SVGProcessor().getDocument(graphics.getCommands(), new PageSize(width(), height())).writeTo(out);
            }
        }
    }

    private void paint(Graphics2D graphics) {
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width(), height());
        int y = 0;
        for (int row = 0; row * columns < panels.size(); row++) {
            int x = 0;
            for (XYChart chart : row(row)) {
                Graphics2D part = (Graphics2D) graphics.create();
                part.translate(x, y);
                chart.paint(part, chart.getWidth(), chart.getHeight());
                part.dispose();
                x += chart.getWidth();
            }
            y += row(row).get(0).getHeight();
        }
    }

    private List<XYChart> row(int row) {
        return panels.subList(row * columns, Math.min(panels.size(), (row + 1) * columns));
    }

    private int width() {
        return row(0).stream().mapToInt(XYChart::getWidth).sum();
    }

    private int height() {
        int height = 0;
        for (int row = 0; row * columns < panels.size(); row++) {
            height += row(row).get(0).getHeight();
        }
        return height;
    }
}
