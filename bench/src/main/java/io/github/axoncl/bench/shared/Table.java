package io.github.axoncl.bench.shared;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Rows of text under headings, for whatever shows them.
 *
 * @param title what stands above; may be empty
 * @param head  the headings
 * @param rows  the cells
 */
public record Table(String title, List<String> head, List<List<String>> rows) {
    private static final Pattern NUMBER = Pattern.compile("[-?]?[\\d,.]*(e[-+]?\\d+)?|inf");

    /** As Markdown, without the title. */
    public String markdown() {
        return markdown(head) + "|---".repeat(head.size()) + "|\n"
                + rows.stream().map(Table::markdown).collect(Collectors.joining());
    }

    private static String markdown(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** As plain text, the title above; columns of numbers are aligned at the right. */
    public String plain() {
        List<String> formats = IntStream.range(0, head.size()).mapToObj(this::format).toList();
        return (title.isEmpty() ? "" : title + '\n') + Stream.concat(Stream.of(head), rows.stream())
                .map(cells -> line(formats, "  ", cells.toArray()) + '\n').collect(Collectors.joining());
    }

    private String format(int column) {
        int width = Stream.concat(Stream.of(head), rows.stream()).mapToInt(row -> row.get(column).length()).max().orElse(0);
        boolean numbers = rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
        return "%" + (numbers ? "" : "-") + Math.max(1, width) + "s";
    }

    private static String line(List<String> formats, String gap, Object... cells) {
        return IntStream.range(0, formats.size()).mapToObj(i -> String.format(Locale.ROOT, formats.get(i), cells[i]))
                .collect(Collectors.joining(gap)).stripTrailing();
    }

    /** A time or a ratio with the digits that matter. */
    public static String number(double value) {
        return String.format(Locale.ROOT, value < 0.1 ? "%.3f" : value < 10 ? "%.2f" : "%.1f", value);
    }

    /** A table that appears row by row, while its figures are found: the format of each column says how wide it is. */
    public static final class Lines {
        /** A conversion of numbers: its minus, its width, its digits. */
        private static final Pattern CONVERSION = Pattern.compile("%(-?),?(\\d*)(\\.\\d+)?[def]");

        private final PrintWriter out;
        private final List<String> head = new ArrayList<>();
        private final List<String> formats = new ArrayList<>();

        /** Without columns. */
        public Lines(PrintWriter out) {
            this.out = out;
        }

        /** Adds a column.
         *
         * @param heading what stands above
         * @param format  one conversion with its width, as in {@code %8.2f}, and what always stands beside it */
        public Lines column(String heading, String format) {
            head.add(heading);
            formats.add(format);
            return this;
        }

        /** Prints the headings. */
        public Lines head() {
            row(head.toArray());
            return this;
        }

        /** Prints a row; a String may stand in a column of numbers.
         *
         * @param cells one for each column */
        public void row(Object... cells) {
            List<String> fitting = IntStream.range(0, cells.length).mapToObj(i -> cells[i] instanceof String
                    ? CONVERSION.matcher(formats.get(i)).replaceAll("%$1$2s") : formats.get(i)).toList();
            out.println(line(fitting, " ", cells));
            out.flush();
        }
    }
}
