package io.github.axoncl.bench.measure.gpu;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * A case that was not measured: a line of left-out.csv.
 *
 * @param section  its section
 * @param name     its name
 * @param elements the number of elements
 * @param reason   why
 */
@JsonPropertyOrder({"section", "name", "elements", "reason"})
record LeftOut(String section, String name, long elements, String reason) {
    static final String NO_TIME = "no time left";

    static LeftOut of(BenchmarkCase left, String reason) {
        return new LeftOut(left.section(), left.name(), left.elements(), reason);
    }
}
