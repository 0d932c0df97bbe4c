package io.github.axoncl.bench;

import io.github.axoncl.Activation;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Parameter;
import io.github.axoncl.RowActivation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The table of functions, from their declarations and the first lines of their kernel texts. */
final class FunctionTable {
    private static final String HEADER = "function|f(x)|parameters: default, legal range|operations|from output";
    /** A kernel text opens with title, formula and, after a gap, its source. */
    private static final Pattern FIRST_LINE = Pattern.compile("// *([^:]+): (.*?)(?: {3,}.*)?");

    private FunctionTable() {
    }

    static List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (Activation function : Activation.values()) {
            boolean fromOutput = function.definition().hasDerivativeFromOutput();
            String operations = "forward, derivative, backward" + (fromOutput ? ", backwardFromOutput" : "");
            rows.add(row(function, operations, fromOutput ? fromOutput(function) : "no"));
        }
        for (RowActivation function : RowActivation.values()) {
            rows.add(row(function, "forward, backwardFromOutput, by rows", "yes"));
        }
        return rows;
    }

    static String markdown() {
        StringBuilder text = new StringBuilder("| " + HEADER.replace("|", " | ") + " |\n|---|---|---|---|---|\n");
        for (List<String> row : rows()) {
            text.append(row.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n")));
        }
        return text.toString();
    }

    static String plain() {
        List<List<String>> rows = new ArrayList<>(List.of(List.of(HEADER.split("\\|"))));
        rows.addAll(rows());
        int[] width = new int[HEADER.split("\\|").length];
        rows.forEach(row -> {
            for (int i = 0; i < width.length; i++) {
                width[i] = Math.max(width[i], row.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < width.length; i++) {
                line.append(String.format("%-" + (width[i] + 2) + "s", row.get(i)));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static List<String> row(KernelFunction function, String operations, String fromOutput) {
        String parameters = function.definition().parameters().stream()
                .map(p -> p.name() + ": " + number(p.defaultValue()) + ", " + range(p))
                .collect(Collectors.joining("; "));
        return List.of(function.id(), formula(function), parameters, operations, fromOutput);
    }

    private static String fromOutput(Activation function) {
        String limits = function.definition().parameters().stream().filter(p -> p.minFromOutput() > p.min())
                .map(p -> p.name() + " >= " + number(p.minFromOutput())).collect(Collectors.joining(", "));
        return limits.isEmpty() ? "yes" : limits;
    }

    private static String formula(KernelFunction function) {
        String line = function.definition().source().lines().findFirst().orElse("");
        Matcher matcher = FIRST_LINE.matcher(line.stripTrailing());
        if (!matcher.matches()) {
            throw new FailedException(function.definition().sourceName() + ":1: does not open with \"// title: formula\": " + line);
        }
        return matcher.group(2);
    }

    private static String range(Parameter parameter) {
        String range = number(parameter.min()) + " to " + number(parameter.max());
        if (parameter.max() == Float.MAX_VALUE) {
            range = parameter.min() == 0 ? ">= 0, finite" : "finite";
        } else if (parameter.max() == Double.POSITIVE_INFINITY) {
            range = parameter.min() == 0 ? ">= 0" : "any";
        }
        return parameter.notAbove() == null ? range : range + " <= " + parameter.notAbove();
    }

    private static String number(double value) {
        if (value == 1.0 / 6) {
            return "1/6";
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? "-inf" : "inf";
        }
        int exponent = Math.getExponent(value);
        if (Math.abs(exponent) >= 10 && Math.abs(value) == Math.scalb(1.0, exponent)) {
            return (value < 0 ? "-2^" : "2^") + exponent;
        }
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
