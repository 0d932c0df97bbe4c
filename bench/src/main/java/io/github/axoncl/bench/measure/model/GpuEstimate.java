package io.github.axoncl.bench.measure.model;

import io.github.axoncl.bench.shared.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Shows the bounds of kernels on GPUs. */
final class GpuEstimate {
    /** Goes with every table. */
    static final String NOTE = """
            An ESTIMATE by counting, no measurement: no GPU has been measured. The bounds are the published bandwidth of the
            memory over the bytes of an element (float32), and one instruction per lane and clock at the published boost clock
            over the instructions that the vendor's compiler makes for an element; those for sm_90 serve for the RTX 4090 too.
            Element-wise kernels move four elements at once. Not in it: latency, occupancy, launches, caches, real clocks,
            instructions that run at a lower rate or beside others. Kernels with loops, such as long rows, are left out.
            """;
    private static final List<String> SHORT = List.of("relu forward", "fast sigmoid forward", "sigmoid forward", "gelu forward",
            "softplus forward", "mish forward", "softmax forward of 64", "softmax forward of 1024");

    private GpuEstimate() {
    }

    /** Every kernel on every card. */
    static String plain(List<GpuCounts> kernels) {
        List<List<String>> rows = new ArrayList<>();
        for (GpuCounts kernel : kernels) {
            for (GpuCard card : GpuCard.values()) {
                GpuBounds bounds = card.bounds(kernel);
                rows.add(List.of(kernel.title(), card.title(), format("%.0f", bounds.memory()),
                        format("%.0f", bounds.instructions()), bounds.binding(), format("%.2f", bounds.timesCopy())));
            }
        }
        return NOTE + new Table("\nAt most so many 10^9 elements per second, and the least time as a multiple of a copy of the "
                + "same bytes:", List.of("kernel", "card", "by memory", "by instructions", "bound by", "x copy"), rows).plain()
                + "not counted: " + missing(kernels) + '\n';
    }

    /** The element-wise kernels of which there are no counts. */
    static List<String> missing(List<GpuCounts> kernels) {
        List<String> counted = kernels.stream().map(GpuCounts::title).toList();
        return Counted.all().stream().map(Counted::title).filter(title -> !counted.contains(title)).toList();
    }

    /** A few kernels, a column for each card. */
    static String markdown(List<GpuCounts> kernels) {
        List<String> head = new ArrayList<>(List.of("float32"));
        Arrays.stream(GpuCard.values()).forEach(card -> head.add(card.title()));
        List<List<String>> rows = new ArrayList<>();
        for (String title : SHORT) {
            GpuCounts kernel = kernels.stream().filter(one -> one.title().equals(title)).findFirst().orElseThrow();
            List<String> row = new ArrayList<>(List.of(title));
            for (GpuCard card : GpuCard.values()) {
                GpuBounds bounds = card.bounds(kernel);
                row.add(format("%.0f, %s, %.2f", bounds.elements(), bounds.binding(), bounds.timesCopy()));
            }
            rows.add(row);
        }
        return NOTE + "\nAt most so many 10^9 elements per second, what bounds them, and the least time as a multiple of a "
                + "copy of\nthe same bytes:\n\n" + new Table("", head, rows).markdown();
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
