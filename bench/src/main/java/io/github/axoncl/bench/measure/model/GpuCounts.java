package io.github.axoncl.bench.measure.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a kernel of float32 does for one element on GPUs: the instructions that the vendors' compilers make of it. The file is
 * written by ci/gpu-compile.
 *
 * @param title        function, tier and operation
 * @param bytes        the bytes that it loads and stores
 * @param instructions by target of a compiler; every instruction is one, also those for addresses and the last elements
 */
record GpuCounts(String title, double bytes, Map<String, Double> instructions) {
    private static final List<String> HEAD = List.of("function", "operation", "precision", "row", "bytes");

    /** All kernels, in the order of the file. */
    static List<GpuCounts> read() throws IOException {
        try (InputStream file = GpuCounts.class.getResourceAsStream("gpu-counts.tsv")) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        }
    }

    /** Reads lines of cells between tabs; the first that is no comment names the columns, whose last are targets. */
    static List<GpuCounts> parse(List<String> lines) {
        List<List<String>> rows = lines.stream().filter(line -> !line.startsWith("#")).map(line -> List.of(line.split("\t")))
                .toList();
        List<String> head = rows.get(0);
        if (!head.subList(0, HEAD.size()).equals(HEAD)) {
            throw new IllegalArgumentException("columns are " + head);
        }
        List<GpuCounts> all = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            Map<String, Double> instructions = new HashMap<>();
            for (int i = HEAD.size(); i < head.size(); i++) {
                instructions.put(head.get(i), Double.valueOf(row.get(i)));
            }
            String tier = row.get(2).equals("fast") ? "fast " : "";
            String length = row.get(3).equals("1") ? "" : " of " + row.get(3);
            all.add(new GpuCounts(tier + row.get(0) + ' ' + row.get(1) + length, Double.parseDouble(row.get(4)), instructions));
        }
        return all;
    }

    double instructions(String target) {
        return instructions.get(target);
    }
}
