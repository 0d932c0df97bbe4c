package io.github.axoncl.bench;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Parameter;
import io.github.axoncl.RowFunction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The values given with {@code --param NAME=VALUE}: each well-formed, given once, and known to the function. */
final class ParameterValues {
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?0[xX][0-9a-fA-F]+(\\.[0-9a-fA-F]*)?[pP][+-]?\\d+");

    private final Map<String, Double> values = new LinkedHashMap<>();

    ParameterValues(List<String> texts) {
        for (String text : texts) {
            int sign = text.indexOf('=');
            if (sign < 1) {
                throw new UsageException("--param \"" + text + "\": must be NAME=VALUE");
            }
            String name = text.substring(0, sign);
            if (values.put(name, number(text.substring(sign + 1), "--param \"" + text + "\"")) != null) {
                throw new UsageException("--param " + name + " is given twice");
            }
        }
    }

    /** A decimal or hexadecimal number, or an infinity. */
    static double number(String text, String where) {
        if (NUMBER.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        return switch (text) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> throw new UsageException(where + ": \"" + text + "\" is not a number");
        };
    }

    Map<String, Double> all() {
        return values;
    }

    /** The function with these values; defaults where none is given. */
    KernelFunction on(KernelFunction function) {
        if (values.isEmpty()) {
            return function;
        }
        List<Parameter> declared = function.definition().parameters();
        List<String> names = declared.stream().map(Parameter::name).toList();
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                throw new UsageException(names.isEmpty() ? function.id() + " has no parameters, but --param " + name + " is given"
                        : function.id() + " has no parameter \"" + name + "\"" + FunctionNames.suggestion(name, names));
            }
        }
        try {
            return bound(function, declared.stream().mapToDouble(p -> values.getOrDefault(p.name(), p.defaultValue())).toArray());
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private static KernelFunction bound(KernelFunction function, double... arguments) {
        if (function instanceof ActivationFunction elementwise) {
            return elementwise.with(arguments);
        } else if (function instanceof RowFunction byRows) {
            return byRows.with(arguments);
        }
        throw new UsageException("the parameters of " + function.id() + " cannot be set");
    }
}
