package io.github.axoncl.bench.measure.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what Oclgrind prints of each launch when OCLGRIND_INST_COUNTS is set. */
final class CountReport {
    private static final Pattern KERNEL = Pattern.compile("Instructions executed for kernel '(\\w+)':");
    private static final Pattern LINE = Pattern.compile("\\s*([0-9,]+) - (.+?)(?: \\(([0-9,]+) bytes\\))?");
    /** Several floats at once, which Oclgrind counts as calls; the address space of global memory is 1. */
    private static final Pattern VECTOR = Pattern.compile("call _Z\\d+v(load|store)(\\d+)\\w*PU3AS1K?f\\(\\)");
    private static final Set<String> FLOPS = Set.of("fadd", "fsub", "fmul", "fdiv", "call _Z3fmafff()");
    private static final Set<String> COMPUTING = Set.of("fneg", "fcmp", "select", "add", "sub", "mul", "and", "or", "xor",
            "shl", "lshr", "ashr", "icmp", "sitofp", "uitofp", "fptosi", "fptoui");

    private CountReport() {
    }

    /** The launches in the order in which they ran.
     *
     * @param elements how many elements each of them computed */
    static List<Counts> read(List<String> lines, int elements) {
        List<Counts> launches = new ArrayList<>();
        String kernel = null;
        Map<String, double[]> counts = new HashMap<>();
        for (String line : lines) {
            Matcher begin = KERNEL.matcher(line);
            Matcher count = LINE.matcher(line);
            if (begin.matches()) {
                add(launches, kernel, counts, elements);
                kernel = begin.group(1);
                counts = new HashMap<>();
            } else if (kernel != null && count.matches()) {
                counts.put(count.group(2), new double[] {number(count.group(1)), number(count.group(3))});
            }
        }
        add(launches, kernel, counts, elements);
        return launches;
    }

    private static double number(String digits) {
        return digits == null ? 0 : Double.parseDouble(digits.replace(",", ""));
    }

    private static void add(List<Counts> launches, String kernel, Map<String, double[]> counts, int elements) {
        if (kernel == null) {
            return;
        }
        double flops = 0;
        double others = 0;
        for (Map.Entry<String, double[]> entry : counts.entrySet()) {
            flops += FLOPS.contains(entry.getKey()) ? entry.getValue()[0] : 0;
            others += COMPUTING.contains(entry.getKey()) ? entry.getValue()[0] : 0;
        }
        double[] loads = moved(counts, "load");
        double[] stores = moved(counts, "store");
        launches.add(new Counts(kernel, loads[0] / elements, loads[1] / elements, stores[0] / elements, stores[1] / elements,
                flops / elements, others / elements));
    }

    /** How often global memory was accessed, and the bytes. */
    private static double[] moved(Map<String, double[]> counts, String access) {
        double[] moved = counts.getOrDefault(access + " global", new double[2]).clone();
        counts.forEach((instruction, count) -> {
            Matcher vector = VECTOR.matcher(instruction);
            if (vector.matches() && vector.group(1).equals(access)) {
                moved[0] += count[0];
                moved[1] += count[0] * Integer.parseInt(vector.group(2)) * Float.BYTES;
            }
        });
        return moved;
    }
}
