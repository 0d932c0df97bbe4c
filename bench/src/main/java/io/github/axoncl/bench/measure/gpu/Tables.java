package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.bench.shared.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The results in tables. */
final class Tables {
    private Tables() {
    }

    /** Of all sections that have results, and what was left out. */
    static List<Table> of(List<Result> results, List<LeftOut> leftOut) {
        Map<String, List<Result>> sections = results.stream().collect(Collectors.groupingBy(Result::section, LinkedHashMap::new,
                Collectors.toList()));
        List<Table> tables = new ArrayList<>();
        sections.forEach((section, some) -> tables.add(switch (section) {
            case ElementwiseCases.FUNCTIONS -> byLength(some);
            case CrossoverCases.SECTION -> CrossoverCases.table(some);
            default -> plain(section, some);
        }));
        Map<List<String>, Long> left = leftOut.stream().collect(Collectors.groupingBy(
                one -> List.of(one.section(), one.reason()), LinkedHashMap::new, Collectors.counting()));
        tables.add(new Table("Left out (each is named in " + GpuCommand.LEFT_OUT + ")", List.of("section", "cases", "reason"),
                left.entrySet().stream().map(entry -> List.of(entry.getKey().get(0), Long.toString(entry.getValue()),
                        entry.getKey().get(1))).toList()));
        return tables;
    }

    private static Table plain(String section, List<Result> results) {
        return new Table(section, List.of("call", "elements", "us", "first call us", "GB/s", "x copy"), results.stream()
                .map(result -> List.of(result.name(), Long.toString(result.elements()), Table.number(result.usMedian()),
                        Table.number(result.usFirst()), Table.number(result.gbPerS()), copies(result))).toList());
    }

    /** A line for each function, a column for each length. */
    private static Table byLength(List<Result> results) {
        TreeSet<Long> lengths = new TreeSet<>(Comparator.reverseOrder());
        Map<String, Map<Long, Result>> functions = new LinkedHashMap<>();
        for (Result result : results) {
            lengths.add(result.elements());
            functions.computeIfAbsent(result.name(), key -> new LinkedHashMap<>()).put(result.elements(), result);
        }
        List<String> head = new ArrayList<>(List.of("function"));
        lengths.forEach(length -> head.add(Long.toString(length)));
        List<List<String>> rows = new ArrayList<>();
        functions.forEach((name, byLength) -> {
            List<String> row = new ArrayList<>(List.of(name));
            lengths.forEach(length -> row.add(byLength.containsKey(length) ? copies(byLength.get(length)) : ""));
            rows.add(row);
        });
        return new Table("element-wise functions on the device by the number of elements: time as a multiple of a copy's of "
                + "the same bytes", head, rows);
    }

    private static String copies(Result result) {
        return result.copies() == null ? "" : Table.number(result.copies());
    }
}
