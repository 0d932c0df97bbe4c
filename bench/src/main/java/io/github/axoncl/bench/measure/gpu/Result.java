package io.github.axoncl.bench.measure.gpu;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;

/**
 * What one case came to: a line of results.csv.
 *
 * @param section    its section
 * @param name       its name
 * @param elements   the number of elements
 * @param bytes      the least bytes that are read and written
 * @param usMedian   the median time of a call in microseconds
 * @param usLeast    the least
 * @param usFirst    of the first call, which builds the program
 * @param gbPerS     the least bytes in 10^9 per second
 * @param copies     the time as a multiple of a copy's of the same bytes on the device; null for calls on host memory
 */
@JsonPropertyOrder({"section", "name", "elements", "bytes", "usMedian", "usLeast", "usFirst", "gbPerS", "copies"})
record Result(String section, String name, long elements, double bytes, double usMedian, double usLeast, double usFirst,
              double gbPerS, Double copies) {
    private static final double US = 1e3;

    /** Of a time, and of that of a copy of the same bytes, or NaN. */
    static Result of(BenchmarkCase measured, Timing timing, double copyNanos) {
        return new Result(measured.section(), measured.name(), measured.elements(), measured.bytes(),
                rounded(timing.median() / US), rounded(timing.least() / US), rounded(timing.first() / US),
                rounded(measured.bytes() / timing.median()),
                Double.isNaN(copyNanos) ? null : rounded(timing.median() / copyNanos));
    }

    /** Four digits, which is more than a time is worth. */
    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.3e", value));
    }
}
