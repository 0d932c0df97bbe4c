package io.github.axoncl.oracle;

import io.github.axoncl.Backend;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The measured errors and golden checksums that the library's jar carries: {@code accuracy.csv}, one row per function,
 * operation, precision and type. */
public final class AccuracyTable {
    private static final String RESOURCE = "accuracy.csv";
    private static final String HEADER =
            "function,operation,precision,type,stride,max_ulp,worst_x,share_above_half,share_above_one,"
            + Golden.STRIDES.stream().map(stride -> "checksum_" + stride).collect(Collectors.joining(",")) + ",sha256";
    private static final int FIRST_CHECKSUM = 9;
    private static final int COLUMNS = HEADER.split(",").length;

    private AccuracyTable() {
    }

    /**
     * What a row is about.
     *
     * @param function  the function's name; its parameters have their default values
     * @param operation the operation's name
     * @param precision the tier's name
     * @param type      the type of the numbers
     */
    public record Key(String function, String operation, String precision, String type) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::type).thenComparing(Key::precision)
                .thenComparing(Key::function).thenComparing(Key::operation, Comparator.reverseOrder());

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }

        @Override
        public String toString() {
            return function + " " + operation + " " + precision + " " + type;
        }
    }

    /**
     * One row.
     *
     * @param key       what it is about
     * @param stride    every how manieth bit pattern was judged; 1 is every float
     * @param maxUlp    the largest error, in ULP
     * @param worst     the input that has it
     * @param aboveHalf the share of inputs with an error above 0.5 ULP
     * @param aboveOne  the share with an error above 1 ULP
     * @param checksums the golden checksums by their strides; that of stride 1 only if every float was computed
     * @param sha256    the SHA-256 of the text that was measured
     */
    public record Row(Key key, long stride, double maxUlp, float worst, double aboveHalf, double aboveOne,
                      Map<Long, String> checksums, String sha256) {

        /** Whether every float was judged.
         *
         * @return true if so */
        public boolean exhaustive() {
            return stride == 1;
        }
    }

    /** The table of this library.
     *
     * @return the rows by their keys, sorted */
    public static Map<Key, Row> load() {
        try (InputStream in = Backend.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the library's jar");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    /** Reads a table.
     *
     * @param text the text of a CSV file
     * @return the rows by their keys, sorted
     * @throws IllegalArgumentException if it is no such table */
    public static Map<Key, Row> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
            throw new IllegalArgumentException("the first line must be " + HEADER);
        }
        Map<Key, Row> rows = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            Row row = row(line);
            if (rows.put(row.key(), row) != null) {
                throw new IllegalArgumentException("two rows for " + row.key());
            }
        }
        return rows;
    }

    /** Writes a table.
     *
     * @param rows the rows
     * @return the text of a CSV file, sorted */
    public static String text(Collection<Row> rows) {
        return rows.stream().sorted(Comparator.comparing(Row::key)).map(AccuracyTable::line)
                .collect(Collectors.joining("\n", HEADER + "\n", "\n"));
    }

    private static String line(Row row) {
        String checksums = Golden.STRIDES.stream().map(stride -> row.checksums().getOrDefault(stride, ""))
                .collect(Collectors.joining(","));
        Key key = row.key();
        return String.format(Locale.ROOT, "%s,%s,%s,%s,%d,%.4f,%s,%.10f,%.10f,%s,%s", key.function(), key.operation(),
                key.precision(), key.type(), row.stride(), row.maxUlp(), Float.toHexString(row.worst()), row.aboveHalf(),
                row.aboveOne(), checksums, row.sha256());
    }

    private static Row row(String line) {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMNS) {
            throw new IllegalArgumentException(COLUMNS + " columns are needed: " + line);
        }
        Map<Long, String> checksums = new TreeMap<>();
        for (int i = 0; i < Golden.STRIDES.size(); i++) {
            if (!cells[FIRST_CHECKSUM + i].isEmpty()) {
                checksums.put(Golden.STRIDES.get(i), cells[FIRST_CHECKSUM + i]);
            }
        }
        return new Row(new Key(cells[0], cells[1], cells[2], cells[3]), Long.parseLong(cells[4]), Double.parseDouble(cells[5]),
                Float.parseFloat(cells[6]), Double.parseDouble(cells[7]), Double.parseDouble(cells[8]), checksums,
                cells[COLUMNS - 1]);
    }
}
