package io.github.axoncl.bench.measure.compare;

import io.github.axoncl.bench.measure.compare.AxonclContender.Form;
import io.github.axoncl.bench.shared.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.statistics.descriptive.Median;

/** The tables of a report. */
record Tables(Report report) {
    private static final String NOTHING = "";
    private static final double LARGE = 1000;

    /** For each function, the time and error of AxonCL on its best backend in each form, and of each library. */
    Table brief(String operation, int length) {
        List<String> others = report.participants().stream().filter(p -> !p.axoncl()).map(Participant::name)
                .filter(name -> !report.where(line -> line.series() == Series.ALL && line.contender().equals(name)
                        && line.operation().equals(operation) && line.length() == length).isEmpty()).toList();
        List<Form> forms = Arrays.stream(Form.values()).filter(form -> form != Form.FROM_OUTPUT || operation.equals("backward"))
                .toList();
        List<String> head = new ArrayList<>(List.of("function"));
        forms.forEach(form -> head.add(AxonclPeer.NAME + form.suffix()));
        head.addAll(others);
        List<List<String>> rows = new ArrayList<>();
        for (String function : report.functions()) {
            List<Line> lines = report.of(function, operation, length);
            if (lines.isEmpty()) {
                continue;
            }
            List<Optional<Line>> cells = new ArrayList<>();
            forms.forEach(form -> cells.add(lines.stream().filter(line -> own(line) && Form.of(line.contender()) == form)
                    .findFirst()));
            others.forEach(name -> cells.add(lines.stream().filter(line -> line.contender().equals(name)).findFirst()));
            List<String> row = new ArrayList<>(List.of(function));
            cells.forEach(cell -> row.add(cell.map(line -> cell(line, line == lines.get(0))).orElse(NOTHING)));
            rows.add(row);
        }
        return new Table((operation.equals("forward") ? "Forward, " : "Backward, ") + size(length)
                + " elements: ns/element (max ULP); a copy " + Table.number(copy(length)),
                head, rows);
    }

    private static String cell(Line line, boolean fastest) {
        String text = Table.number(line.nanos()) + " (" + ulp(line.maxUlp()) + ")";
        return fastest ? "**" + text + "**" : text;
    }

    /** Everybody with everything. */
    Table all(String operation, int length) {
        List<List<String>> rows = new ArrayList<>();
        for (String function : report.functions()) {
            for (Line line : report.of(function, operation, length)) {
                rows.add(List.of(function, line.contender(), Table.number(line.nanos()),
                        Table.number(line.nanosQ1()) + " to " + Table.number(line.nanosQ3()), Table.number(line.copies()),
                        Table.number(line.copiesQ1()) + " to " + Table.number(line.copiesQ3()), ulp(line.maxUlp()),
                        ulp(line.nearUlp())));
            }
        }
        return new Table(operation + ", " + size(length) + " elements", List.of("function", "contender", "ns/element",
                "quartiles", "x copy", "quartiles", "max ULP", "in [-20, 20]"), rows);
    }

    /** Who is fastest at which accuracy. */
    Table fronts() {
        List<List<String>> rows = new ArrayList<>();
        for (Verdict verdict : Verdict.all(report)) {
            rows.add(List.of(verdict.function(), verdict.operation(), size(verdict.length()),
                    verdict.front().stream().map(line -> line.contender() + " " + Table.number(line.nanos()) + " ("
                            + ulp(line.maxUlp()) + ")").collect(Collectors.joining("; ")),
                    verdict.holds() ? "yes" : "no"));
        }
        return new Table("Fastest at which accuracy: ns/element (max ULP) of those whom nobody beats in both; and whether "
                + "AxonCL is the fastest at equal or better max ULP", List.of("function", "operation", "elements",
                "fastest, then more exact ones", "AxonCL first"), rows);
    }

    /** Where another library beats AxonCL. */
    Table misses(List<Integer> lengths) {
        List<List<String>> rows = new ArrayList<>();
        for (Verdict verdict : Verdict.all(report).stream().filter(v -> lengths.contains(v.length())).toList()) {
            for (Verdict.Miss miss : verdict.misses()) {
                rows.add(List.of(verdict.function(), verdict.operation(), size(verdict.length()), text(miss.other()),
                        text(miss.axoncl()),
                        String.format(Locale.ROOT, "%.2f", miss.factor()) + (miss.close()
                        ? " (quartiles overlap)" : "")));
            }
        }
        return new Table("Misses: a library that is faster than whatever of AxonCL is as exact", List.of("function",
                "operation", "elements", "library", "AxonCL", "AxonCL takes x times"), rows);
    }

    private static String text(Line line) {
        return line.contender() + " " + Table.number(line.nanos()) + " (" + ulp(line.maxUlp()) + ")";
    }

    Table participants() {
        return new Table("Who takes part", List.of("name", "version", "operands and calls"), report.participants().stream()
                .map(p -> List.of(p.name(), p.version(), p.how())).toList());
    }

    Table failures() {
        return new Table("What could not be measured", List.of("who", "what", "why"), report.failures().stream()
                .map(f -> List.of(f.who(), f.what(), f.why())).toList());
    }

    Table facts() {
        Facts f = report.facts();
        return new Table("Measured on", List.of("fact", "value"), List.of(List.of("date", f.date()),
                List.of("command", f.command()), List.of("processor", f.processor()),
                List.of("threads for everybody", Integer.toString(f.threads())), List.of("memory", f.memory()),
                List.of("system", f.system()), List.of("Java", f.jvm()), List.of("load average", f.load())));
    }

    /** The time of a copy in nanoseconds for an element, over all JVMs. */
    double copy(int length) {
        return Median.withDefaults().evaluate(report.samples().stream().filter(s -> s.series() == Series.ALL
                && s.subject().length() == length).mapToDouble(Sample::copyNanos).toArray());
    }

    private boolean own(Line line) {
        return report.isAxoncl(line.contender());
    }

    static String size(int length) {
        int mega = 1 << 20;
        int kilo = 1 << 10;
        return length % mega == 0 ? length / mega + " M" : length % kilo == 0 ? length / kilo + " K" : Integer.toString(length);
    }

    static String ulp(Double error) {
        if (error == null) {
            return "?";
        }
        return error.isInfinite() ? "inf" : error == 0 ? "0"
                : String.format(Locale.ROOT, error < LARGE ? "%.2f" : "%.0e", error);
    }
}
