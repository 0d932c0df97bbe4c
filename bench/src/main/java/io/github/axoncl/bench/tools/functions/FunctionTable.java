package io.github.axoncl.bench.tools.functions;

import io.github.axoncl.Activation;
import io.github.axoncl.DType;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Loss;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Penalty;
import io.github.axoncl.Precision;
import io.github.axoncl.RecurrentCell;
import io.github.axoncl.RowActivation;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.RowFunctions;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.oracle.AccuracyTable;
import io.github.axoncl.oracle.AccuracyTable.Key;
import io.github.axoncl.oracle.AccuracyTable.Row;
import io.github.axoncl.oracle.GoldenCase;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of functions, from their declarations and the first lines of their kernel texts. */
final class FunctionTable {
    private static final List<String> HEADER = List.of("function", "f(x)", "parameters: default, legal range", "operations",
            "from output", "max ULP of f", "of f'", "fast: f, f'", "floats judged");
    private static final List<String> NOT_JUDGED = List.of("", "", "", "");
    /** A kernel text opens with title, formula and, after a gap, its source. */
    private static final Pattern FIRST_LINE = Pattern.compile("// *([^:]+): (.*?)(?: {3,}.*)?");

    private FunctionTable() {
    }

    static Table table() {
        List<List<String>> rows = new ArrayList<>();
        Map<Key, Row> accuracy = AccuracyTable.load();
        for (Activation function : Activation.values()) {
            boolean fromOutput = function.definition().hasDerivativeFromOutput();
            String operations = "forward, derivative, backward" + (fromOutput ? ", backwardFromOutput" : "");
            rows.add(row(function, operations, fromOutput ? fromOutput(function) : "no", accuracy(accuracy, function)));
        }
        for (RowActivation function : RowActivation.values()) {
            boolean fromInput = RowFunctions.reduces(function);
            rows.add(row(function, "forward, " + (fromInput ? "backward" : "backwardFromOutput") + ", by rows",
                    fromInput ? "no" : "yes", NOT_JUDGED));
        }
        for (KernelFunction function : families()) {
            String operations = function == StochasticActivation.GUMBEL_NOISE ? "forward" : "forward, backward";
            rows.add(row(function, operations, "no", NOT_JUDGED));
        }
        return new Table("", HEADER, rows);
    }

    /** Functions of several operands, whose operations {@code Backend} has under their types. */
    private static List<KernelFunction> families() {
        return Stream.<KernelFunction[]>of(Loss.values(), GatedActivation.values(), StochasticActivation.values(),
                Penalty.values(), RecurrentCell.values()).flatMap(Stream::of).toList();
    }

    private static List<String> row(KernelFunction function, String operations, String fromOutput, List<String> errors) {
        String parameters = function.definition().parameters().stream()
                .map(p -> p.name() + ": " + number(p.defaultValue()) + ", " + range(p))
                .collect(Collectors.joining("; "));
        return Stream.concat(Stream.of(function.id(), formula(function), parameters, operations, fromOutput), errors.stream())
                .toList();
    }

    /** The measured errors: in the accurate tier, in the fast one where it has a text of its own, and at which floats. */
    private static List<String> accuracy(Map<Key, Row> table, Activation function) {
        Map<Precision, List<String>> errors = new EnumMap<>(Precision.class);
        long stride = 1;
        for (Precision precision : Precision.values()) {
            for (Operation operation : GoldenCase.OPERATIONS) {
                Row row = table.get(new Key(function.id(), operation.id(), precision.id(), DType.FLOAT32.id()));
                errors.computeIfAbsent(precision, p -> new ArrayList<>()).add(row == null ? "" : ulp(row.maxUlp()));
                stride = row == null ? stride : Math.max(stride, row.stride());
            }
        }
        List<String> accurate = errors.get(Precision.ACCURATE);
        String fast = String.join(", ", errors.get(Precision.FAST));
        return List.of(accurate.get(0), accurate.get(1), fast.equals(", ") ? "" : fast,
                stride == 1 ? "all" : "one of " + stride);
    }

    private static String ulp(double error) {
        return error == 0 ? "0" : String.format(Locale.ROOT, "%.3f", error);
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
            throw new FailedException(function.definition().sourceName() + ":1: does not open with \"// title: formula\": "
                    + line);
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
