package io.github.axoncl.bench.shared;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.LossFunction;
import io.github.axoncl.Parameter;
import io.github.axoncl.PenaltyFunction;
import io.github.axoncl.RowFunction;
import io.github.axoncl.StochasticFunction;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What was given with {@code --param NAME=VALUE}, each once: a number, for apply also a word or {@code @FILE}. */
public final class ParameterValues {
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?0[xX][0-9a-fA-F]+(\\.[0-9a-fA-F]*)?[pP][+-]?\\d+");
    private static final String FILE = "@";

    private final Map<String, String> texts;

    /** Checks that each is given once; the values are checked when they are asked for. */
    public ParameterValues(List<String> given) {
        texts = named("--param", "NAME=VALUE", given);
    }

    /** What was given with an option by name, each name once. */
    public static Map<String, String> named(String option, String form, List<String> given) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String text : given) {
            int sign = text.indexOf('=');
            if (sign < 1 || sign == text.length() - 1) {
                throw new UsageException(option + " \"" + text + "\": must be " + form);
            }
            String name = text.substring(0, sign);
            if (texts.put(name, text.substring(sign + 1)) != null) {
                throw new UsageException(option + " " + name + " is given twice");
            }
        }
        return texts;
    }

    /** A decimal or hexadecimal number, or an infinity. */
    public static double number(String text, String where) {
        if (NUMBER.matcher(text).matches()) {
            return Double.parseDouble(text);
        }
        return switch (text) {
            case "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> throw new UsageException(where + ": \"" + text + "\" is not a number");
        };
    }

    /** A whole number of 32 bits. */
    public static int whole(String text, String where) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new UsageException(where + ": \"" + text + "\" is not a whole number of 32 bits", e);
        }
    }

    /** Whether a value is the name of a file. */
    public static boolean isFile(String text) {
        return text != null && text.startsWith(FILE);
    }

    /** The name of the file. */
    public static String file(String text) {
        return text.substring(FILE.length());
    }

    /** The names that were given. */
    public Set<String> names() {
        return texts.keySet();
    }

    /** What was given for a name, or null. */
    public String text(String name) {
        return texts.get(name);
    }

    /** All values, which must be numbers. */
    public Map<String, Double> all() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        texts.keySet().forEach(name -> numbers.put(name, number(name)));
        return numbers;
    }

    /** The numbers, and 1 for each file whose name is not among some: what a kernel file's function is defined with. */
    public Map<String, Double> numbersOrOne(Collection<String> operands) {
        Map<String, Double> numbers = new LinkedHashMap<>();
        texts.forEach((name, text) -> {
            if (!isFile(text)) {
                numbers.put(name, number(name));
            } else if (!operands.contains(name)) {
                numbers.put(name, 1.0);
            }
        });
        return numbers;
    }

    private double number(String name) {
        return number(texts.get(name), "--param \"" + name + "=" + texts.get(name) + "\"");
    }

    /** The function with these values, each of which it must know; defaults where none is given. */
    public KernelFunction on(KernelFunction function) {
        List<String> names = function.definition().parameters().stream().map(Parameter::name).toList();
        for (String name : texts.keySet()) {
            if (!names.contains(name)) {
                throw unknown(function, name, names);
            }
            number(name);
        }
        return bind(function);
    }

    /** The function with the numbers that are given for its parameters; defaults for the others. */
    public KernelFunction bind(KernelFunction function) {
        List<Parameter> declared = function.definition().parameters();
        if (declared.stream().noneMatch(p -> isNumberFor(p.name()))) {
            return function;
        }
        double[] arguments = declared.stream()
                .mapToDouble(p -> isNumberFor(p.name()) ? number(p.name()) : p.defaultValue()).toArray();
        try {
            return bound(function, arguments);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private boolean isNumberFor(String name) {
        return texts.containsKey(name) && !isFile(texts.get(name));
    }

    public static UsageException unknown(KernelFunction function, String name, Collection<String> known) {
        return new UsageException(known.isEmpty() ? function.id() + " has no parameters, but --param " + name + " is given"
                : function.id() + " has no parameter \"" + name + "\"" + FunctionNames.suggestion(name, known));
    }

    private static KernelFunction bound(KernelFunction function, double... arguments) {
        if (function instanceof ActivationFunction elementwise) {
            return elementwise.with(arguments);
        } else if (function instanceof RowFunction byRows) {
            return byRows.with(arguments);
        } else if (function instanceof StochasticFunction stochastic) {
            return stochastic.with(arguments);
        } else if (function instanceof LossFunction loss) {
            return loss.with(arguments);
        } else if (function instanceof PenaltyFunction penalty) {
            return penalty.with(arguments);
        }
        throw new UsageException("the parameters of " + function.id() + " cannot be set");
    }
}
