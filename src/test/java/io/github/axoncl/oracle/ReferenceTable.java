package io.github.axoncl.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The exact values that {@code src/test/python/reference.py} wrote. */
public final class ReferenceTable {
    private ReferenceTable() {
    }

    /**
     * One line of the table.
     *
     * @param function   the function's name
     * @param parameters its parameters, rounded to the type; 1/6, which stands for the real number, to double
     * @param type       float32 or float64: of which type x and the parameters are
     * @param x          the argument
     * @param f          the value there to 36 digits, or inf, -inf or nan
     * @param derivative the derivative's
     */
    public record Row(String function, double[] parameters, String type, double x, String f, String derivative) {

        private static Row of(String line) {
            String[] cells = line.split(",", -1);
            double[] parameters = cells[1].isEmpty() ? new double[0]
                    : Arrays.stream(cells[1].split(" ")).mapToDouble(Row::parameter).toArray();
            return new Row(cells[0], parameters, cells[2], Double.parseDouble(cells[3]), cells[4], cells[5]);
        }

        private static double parameter(String text) {
            return switch (text) {
                case "default" -> 1.0 / 6;
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        }
    }

    /** The table.
     *
     * @return all rows */
    public static List<Row> load() {
        try (InputStream in = ReferenceTable.class.getResourceAsStream("/reference.csv")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).map(Row::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
