package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelBuildException;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Operation;
import io.github.axoncl.Parameter;
import io.github.axoncl.Precision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A function's kernel text after parsing and type checking, together with the library texts it may call. Immutable. */
public final class KernelModule {
    /** Ends the names of functions of the fast tier and of those in double. */
    private static final String FAST = "_fast";
    private static final String WIDE = "64";

    private final KernelDefinition definition;
    private final Scope scope;
    private final SourceText source;

    private KernelModule(KernelDefinition definition, SourceText source, Scope scope) {
        this.definition = definition;
        this.source = source;
        this.scope = scope;
    }

    /** The text as its float program; see {@link #of(KernelDefinition, Type.Scalar)}. */
    public static KernelModule of(KernelDefinition definition) {
        return of(definition, Type.Scalar.FLOAT);
    }

    /** Parses and checks the text; errors name file, line and column.
     *
     * @param definition the function
     * @param real       what its type {@code real} stands for: float or double */
    public static KernelModule of(KernelDefinition definition, Type.Scalar real) {
        Scope scope = new Scope(library(real));
        for (KernelDefinition used : definition.used()) {
            scope.add(named(used), used.isBuiltIn());
        }
        SourceText source = new SourceText(definition.sourceName(), definition.source());
        scope.add(source, definition.isBuiltIn());
        KernelModule module = new KernelModule(definition, source, scope);
        if (!definition.isBuiltIn()) {
            module.check();
        }
        return module;
    }

    /** Reads and checks all of the text and of the library: what is done at once with texts that are not the library's own. */
    void check() {
        scope.readAll();
        if (definition.isElementwise()) {
            checkParameters();
        }
    }

    /** The text of an element-wise function whose operations go by its name: {@code forward} is {@code forward_of_gelu}. */
    private static SourceText named(KernelDefinition definition) {
        return new SourceText(definition.sourceName(),
                Operations.NAMES.matcher(definition.source()).replaceAll("$0_of_" + definition.id()));
    }

    /** The names that {@link #named} changes; few functions use others. */
    private static final class Operations {
        static final Pattern NAMES = Pattern.compile("\\b(forward|backward|derivative)\\w*(?=\\s*\\()");
    }

    /** The library text, once for each meaning of {@code real}. */
    private static final class Library {
        static final Scope OF_FLOAT = Scope.ofLibrary(Type.Scalar.FLOAT);
        static final Scope OF_DOUBLE = Scope.ofLibrary(Type.Scalar.DOUBLE);
    }

    /** The library text.
     *
     * @param real what its type {@code real} stands for */
    static Scope library(Type.Scalar real) {
        return real == Type.Scalar.DOUBLE ? Library.OF_DOUBLE : Library.OF_FLOAT;
    }

    public KernelDefinition definition() {
        return definition;
    }

    /** Whether the function's own text defines a function of that name, for example {@code derivative_from_output}. */
    public boolean has(String function) {
        Function found = scope.ownFunction(function);
        return found != null && found.source() == source;
    }

    /** The type that functions of this program compute in: float or double. */
    public Type.Scalar real() {
        return scope.real();
    }

    /** The name of the function that an element-wise operation calls, or null if the text has none: {@code forward64} or a
     * {@code forward} of type {@code real} in a double program, {@code forward_fast} in the fast tier where there is one. */
    public String root(Operation operation, Precision precision) {
        String name = operation == Operation.BACKWARD ? Operation.DERIVATIVE.id()
                : operation == Operation.BACKWARD_FROM_OUTPUT ? "derivative_from_output" : operation.id();
        String special = name + (real() == Type.Scalar.DOUBLE ? WIDE : FAST);
        if ((real() == Type.Scalar.DOUBLE || precision == Precision.FAST) && has(special)) {
            return special;
        }
        return has(name) && function(name).returnType() == real() ? name : null;
    }

    /** The name of the function that gives dx from x and dy, or null if the derivative is multiplied by the gradient. */
    public String backward() {
        String name = Operation.BACKWARD.id() + (real() == Type.Scalar.DOUBLE ? WIDE : "");
        return has(name) ? name : null;
    }

    /** The names of all that the function's own text declares. */
    List<String> declared() {
        return scope.declaredBy(source);
    }

    /** The names of the functions that the function's own text defines. */
    public List<String> functions() {
        List<String> names = new ArrayList<>();
        for (String name : declared()) {
            if (has(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The text of some functions and of everything they refer to, in the order in which it was declared, with line directives
     * so that a driver's message names the file a reader can open. Nothing else is in it: a program for float has no double.
     *
     * @param roots the names of the functions */
    public String text(Collection<String> roots) {
        Set<String> needed = new LinkedHashSet<>(roots);
        List<String> open = new ArrayList<>(roots);
        while (!open.isEmpty()) {
            String name = open.remove(open.size() - 1);
            for (String used : declaration(name).uses()) {
                if (needed.add(used)) {
                    open.add(used);
                }
            }
        }
        StringBuilder text = new StringBuilder("typedef ").append(real().text()).append(" real;\n");
        List<Declaration> declarations = new ArrayList<>();
        for (String name : needed) {
            declarations.add(declaration(name));
        }
        declarations.sort(Comparator.<Declaration>comparingInt(d -> scope.number(d.source()))
                .thenComparing(Declaration::start));
        for (Declaration declaration : declarations) {
            SourceText from = declaration.source();
            text.append("#line ").append(from.line(declaration.start())).append(" \"").append(from.name().replace('\\', '/')
                    .replace('"', '\'')).append("\"\n").append(declaration.text()).append('\n');
        }
        return text.toString();
    }

    private Declaration declaration(String name) {
        Declaration declaration = scope.declaration(name);
        if (declaration == null) {
            throw source.error(0, "the text does not define \"" + name + "\"");
        }
        return declaration;
    }

    /** The name under which errors are reported, and the text. */
    SourceText source() {
        return source;
    }

    /** The declared derivative of a function with respect to one of its parameters, or null if there is none. */
    Function declaredDerivative(Function function, Variable parameter) {
        return scope.function(function.name() + "_d_" + parameter.name());
    }

    /** The names and types of a function's parameters, in their order. */
    public Map<String, Type> parameters(String function) {
        Map<String, Type> parameters = new LinkedHashMap<>();
        for (Variable variable : function(function).parameters()) {
            parameters.put(variable.name(), variable.type());
        }
        return parameters;
    }

    /** The type of what a function gives. */
    public Type returnType(String function) {
        return function(function).returnType();
    }

    /** A function of the text or of the library. */
    Function function(String name) {
        Function function = scope.function(name);
        if (function == null) {
            throw source.error(0, "the text does not define \"" + name + "\"");
        }
        return function;
    }

    /** An element-wise function takes the element and then the declared parameters, by their declared names. */
    private void checkParameters() {
        List<String> declared = new ArrayList<>();
        for (Parameter parameter : definition.parameters()) {
            declared.add(parameter.name());
        }
        if (declared.contains(RowPieces.BITS)) {
            throw new KernelBuildException(definition.sourceName() + ": \"" + RowPieces.BITS
                    + "\" is what random words are called and cannot be the name of a parameter", "");
        }
        for (String name : List.of("forward", "derivative", "derivative_from_output")) {
            checkSignature(name, scope.real(), declared);
            checkSignature(name + FAST, Type.Scalar.FLOAT, declared);
            checkSignature(name + WIDE, Type.Scalar.DOUBLE, declared);
        }
    }

    /** The plain name may be of type float in a double program too. */
    private void checkSignature(String name, Type.Scalar wanted, List<String> declared) {
        if (!has(name)) {
            return;
        }
        Function function = function(name);
        Type type = function.returnType() == Type.Scalar.FLOAT && !name.endsWith(WIDE) ? Type.Scalar.FLOAT : wanted;
        List<String> names = new ArrayList<>();
        boolean legal = function.returnType() == type;
        for (Variable parameter : function.parameters()) {
            names.add(parameter.name());
            legal &= parameter.type() == type;
        }
        if (names.isEmpty() || !names.subList(1, names.size()).equals(declared) || !legal) {
            String word = type.text();
            throw source.error(function.offset(), "\"" + name + "\" must return a " + word + " and take a " + word
                    + " element and then the " + word + "s " + declared + ", but takes " + names);
        }
    }
}
