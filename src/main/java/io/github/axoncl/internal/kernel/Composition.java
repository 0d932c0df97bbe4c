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
 * part's name before its own, and so do its parameters, which every function of the joining text takes and hands on.
 */
public final class Composition {
    private static final String OWN = "own_";
    private static final List<Operation> OPERATIONS = List.of(Operation.FORWARD, Operation.DERIVATIVE);

    private final Map<String, Set<String>> callsWithParameters = new LinkedHashMap<>();
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
        text.append(rewrite(source, token -> own.contains(token.text()) ? prefix + OWN + token.text() : token.text(), Map.of()));
        Set<String> names = new LinkedHashSet<>();
        for (Parameter parameter : definition.parameters()) {
            names.add(prefix + parameter.name());
            parameters.add(parameter.named(prefix + parameter.name()));
        }
        entries(prefix, names, module, part.precision(), "");
        if (wide) {
            entries(prefix, names, inDouble, part.precision(), "64");
        }
    }

    /** The functions by which the joining text knows a part. */
    private void entries(String prefix, Set<String> names, KernelModule module, Precision precision, String suffix) {
        String type = module.real().text();
        StringBuilder declared = new StringBuilder();
        StringBuilder handed = new StringBuilder();
        for (String parameter : names) {
            declared.append(", ").append(type).append(' ').append(parameter);
            handed.append(", ").append(parameter);
        }
        for (Operation operation : OPERATIONS) {
            text.append(String.format("%1$s %2$s%3$s%4$s(%1$s x%5$s) { return %2$s%6$s%7$s(x%8$s); }%n", type, prefix, operation.id(),
                    suffix, declared, OWN, module.root(operation, precision), handed));
        }
        String own = module.backward();
        String product = own == null ? "chain_rule(dy, " + prefix + "derivative" + suffix + "(x" + handed + "))"
                : prefix + OWN + own + "(x, dy" + handed + ")";
        text.append(String.format("%1$s %2$sbackward%3$s(%1$s x, %1$s dy%4$s) { return %5$s; }%n", type, prefix, suffix, declared,
                product));
        for (String entry : List.of("forward", "derivative", "backward")) {
            callsWithParameters.put(prefix + entry + suffix, names);
        }
    }

    private void join(String joining) {
        SourceText source = new SourceText(KernelLibrary.fusedName(joining), KernelLibrary.fused(joining));
        text.append(rewrite(source, Token::text, callsWithParameters));
    }

    /** What becomes of a name. */
    private interface Renaming {
        String of(Token name);
    }

    /** The text with other names, calls with more arguments, and, where there are any, functions with more parameters. */
    private String rewrite(SourceText source, Renaming renaming, Map<String, Set<String>> calls) {
        List<Token> tokens = Lexer.tokens(source);
        Map<Integer, String> before = new LinkedHashMap<>();
        int depth = 0;
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token token = tokens.get(i);
            depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            if (token.kind() == Token.Kind.NAME && tokens.get(i + 1).is("(")) {
                String added = depth == 0 ? calls.isEmpty() ? "" : declarations(token.text())
                        : String.join("", calls.getOrDefault(token.text(), Set.of()).stream().map(name -> ", " + name).toList());
                before.merge(closing(tokens, i + 1), added, (inner, outer) -> inner + outer);
            }
        }
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

    private String declarations(String function) {
        String type = function.endsWith("64") ? "double" : "float";
        return String.join("", parameters.stream().map(parameter -> ", " + type + " " + parameter.name()).toList());
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
