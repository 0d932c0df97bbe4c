package io.github.axoncl.internal.kernel;

import io.github.axoncl.DType;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the texts of functions and a text that joins them into one. In the joining text {@code NAME_forward(x)},
 * {@code NAME_derivative(x)} and {@code NAME_backward(x, dy)} are those of the part called NAME. What a part declares gets the
 * part's name before its own, and so do its parameters and the numbers that the host makes for it. Every function of the
 * joining text that calls a part takes these of all parts and hands them on. A part may be an element-wise function or a
 * stochastic one of one input, whose random bits are handed on too.
 */
public final class Composition {
    private static final String OWN = "own_";
    private static final String FORWARD = "forward";
    private static final String DERIVATIVE = "derivative";
    private static final String BACKWARD = "backward";
    private static final Set<String> OPERANDS = Set.of("x", "dy");

    /** The names that the functions of parts are handed after their operands. */
    private final Map<String, Set<String>> calls = new LinkedHashMap<>();
    /** All those names, in the order of the parts, with their types as in a program for float. */
    private final Map<String, Type> all = new LinkedHashMap<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final boolean wide;

    private Composition(boolean wide) {
        this.wide = wide;
    }

    /**
     * A text and what it is to be known by.
     *
     * @param text       the text
     * @param parameters the parameters of all parts, in the order in which its functions take them
     */
    public record Text(String text, List<Parameter> parameters) {
    }

    /** Composes.
     *
     * @param joining the joining text: the name of a file in {@code kernels/fused}
     * @param parts   the functions by the names that they have in it
     * @param inDouble whether there is a {@code joining64} too, which serves if all parts are defined in double */
    public static Text of(String joining, Map<String, KernelFunction> parts, boolean inDouble) {
        boolean wide = inDouble && parts.values().stream().allMatch(part -> part.definition().supports(DType.FLOAT64));
        Composition composition = new Composition(wide);
        parts.forEach(composition::add);
        composition.join(joining);
        if (wide) {
            composition.join(joining + "64");
        }
        return new Text(composition.text.toString(), composition.parameters);
    }

    private void add(String name, KernelFunction part) {
        KernelDefinition definition = part.definition();
        KernelModule module = KernelModule.of(definition);
        SourceText source = new SourceText(definition.sourceName(), definition.source());
        Set<String> own = new LinkedHashSet<>(module.declared());
        KernelModule inDouble = KernelModule.of(definition, Type.Scalar.DOUBLE);
        own.addAll(inDouble.declared());
        String prefix = name + "_";
        text.append(rewrite(source, token -> own.contains(token.text()) ? prefix + OWN + token.text() : token.text(), false));
        definition.parameters().forEach(parameter -> parameters.add(parameter.named(prefix + parameter.name())));
        if (!definition.isElementwise()) {
            randomEntries(prefix, module);
            return;
        }
        Map<String, Type> handed = new LinkedHashMap<>();
        definition.parameters().forEach(parameter -> handed.put(prefix + parameter.name(), Type.Scalar.FLOAT));
        entries(prefix, handed, module, part.precision(), "");
        if (wide) {
            entries(prefix, handed, inDouble, part.precision(), "64");
        }
    }

    /** The functions by which the joining text knows a part that is an element-wise function. */
    private void entries(String prefix, Map<String, Type> handed, KernelModule module, Precision precision, String suffix) {
        String names = String.join("", handed.keySet().stream().map(name -> ", " + name).toList());
        String own = prefix + OWN;
        String derivative = own + module.root(Operation.DERIVATIVE, precision) + "(x" + names + ")";
        entry(prefix + FORWARD + suffix, false, handed, own + module.root(Operation.FORWARD, precision) + "(x" + names + ")");
        entry(prefix + DERIVATIVE + suffix, false, handed, derivative);
        entry(prefix + BACKWARD + suffix, true, handed, module.backward() == null ? "chain_rule(dy, " + derivative + ")"
                : own + module.backward() + "(x, dy" + names + ")");
    }

    /** Those of a part that takes random decisions. Its functions have their arguments by name: the element, the gradient, the
     * bits, which are the same for all parts, and numbers, which are handed on as parameters are. */
    private void randomEntries(String prefix, KernelModule module) {
        Map<String, Type> handed = new LinkedHashMap<>();
        for (String function : List.of(FORWARD, BACKWARD)) {
            module.parameters(function).forEach((name, type) -> {
                if (!OPERANDS.contains(name)) {
                    handed.put(handed(prefix, name), type);
                }
            });
        }
        entry(prefix + FORWARD, false, handed, ownCall(prefix, FORWARD, module, "dy"));
        entry(prefix + DERIVATIVE, false, handed, ownCall(prefix, BACKWARD, module, "1.0f"));
        entry(prefix + BACKWARD, true, handed, ownCall(prefix, BACKWARD, module, "dy"));
    }

    private static String ownCall(String prefix, String function, KernelModule module, String gradient) {
        List<String> arguments = module.parameters(function).keySet().stream()
                .map(name -> name.equals("x") ? name : name.equals("dy") ? gradient : handed(prefix, name)).toList();
        return prefix + OWN + function + "(" + String.join(", ", arguments) + ")";
    }

    private static String handed(String prefix, String name) {
        return name.equals(RowPieces.BITS) ? name : prefix + name;
    }

    private void entry(String name, boolean takesGradient, Map<String, Type> handed, String value) {
        text.append(String.format("%1$s %2$s(%1$s x%3$s%4$s) { return %5$s; }%n", real(name), name,
                takesGradient ? ", " + real(name) + " dy" : "", declarations(name, handed), value));
        calls.put(name, handed.keySet());
        all.putAll(handed);
    }

    private static String declarations(String function, Map<String, Type> handed) {
        return String.join("", handed.entrySet().stream().map(e -> ", " + (e.getValue() == Type.Scalar.FLOAT ? real(function)
                : e.getValue().text()) + " " + e.getKey()).toList());
    }

    private static String real(String function) {
        return function.endsWith("64") ? "double" : "float";
    }

    private void join(String joining) {
        SourceText source = new SourceText(KernelLibrary.fusedName(joining), KernelLibrary.fused(joining));
        text.append(rewrite(source, Token::text, true));
    }

    /** What becomes of a name. */
    private interface Renaming {
        String of(Token name);
    }

    /** The text with other names; a joining text's functions that call those of parts take more and hand it on. */
    private String rewrite(SourceText source, Renaming renaming, boolean joining) {
        List<Token> tokens = Lexer.tokens(source, 0, source.text().length());
        Map<Integer, String> before = joining ? handedOn(tokens) : Map.of();
        StringBuilder rewritten = new StringBuilder();
        int at = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            rewritten.append(source.text(), at, token.offset()).append(before.getOrDefault(i, ""));
            boolean end = token.kind() == Token.Kind.END || token.kind() == Token.Kind.SYMBOL && token.is(";")
                    && !source.text().startsWith(";", token.offset());
            if (!end) {
                rewritten.append(token.kind() == Token.Kind.NAME ? renaming.of(token) : token.text());
            }
            at = end ? token.offset() : token.end();
        }
        return rewritten.append(source.text().substring(Math.min(at, source.text().length()))).append('\n').toString();
    }

    /** What is added before closing parentheses, by the numbers of their tokens. */
    private Map<Integer, String> handedOn(List<Token> tokens) {
        Map<Integer, String> before = new LinkedHashMap<>();
        int depth = 0;
        int header = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            if (token.kind() == Token.Kind.NAME && tokens.get(i + 1).is("(")) {
                Set<String> handed = calls.get(token.text());
                if (depth == 0) {
                    header = i;
                } else if (handed != null) {
                    before.put(closing(tokens, header + 1), declarations(tokens.get(header).text(), all));
                    before.put(closing(tokens, i + 1), String.join("", handed.stream().map(name -> ", " + name).toList()));
                }
            }
        }
        return before;
    }

    /** The number of the token that closes a parenthesis. */
    private static int closing(List<Token> tokens, int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalStateException("a parenthesis is not closed");
    }
}
