package io.github.axoncl.internal.kernel;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The names that are known at a place: constants, structs and functions of the whole text, variables of one function. */
final class Scope {
    /** The most scalars a struct may flatten into. */
    static final int MAX_FIELDS = 16;

    private final Type.Scalar real;
    private final Map<String, Declaration> declarations = new LinkedHashMap<>();
    private final Map<String, Expression.Literal> constants = new HashMap<>();
    private final Map<String, Type.Struct> structs = new HashMap<>();
    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final Map<String, Variable> variables = new HashMap<>();
    private Set<String> uses = new LinkedHashSet<>();

    /** An empty scope.
     *
     * @param real what the type {@code real} stands for: float or double */
    Scope(Type.Scalar real) {
        this.real = real;
    }

    /** A scope that begins with the global names of another. */
    static Scope beginningWith(Scope other) {
        Scope scope = new Scope(other.real);
        scope.declarations.putAll(other.declarations);
        scope.constants.putAll(other.constants);
        scope.structs.putAll(other.structs);
        scope.functions.putAll(other.functions);
        return scope;
    }

    /** The scalar type of a name, or null. */
    Type.Scalar scalar(String name) {
        return name.equals("real") ? real : Names.TYPES.get(name);
    }

    Type.Scalar real() {
        return real;
    }

    /** Notes that the present declaration refers to another one. */
    void use(String name) {
        uses.add(name);
    }

    /** Ends the present declaration. */
    void declared(String name, SourceText source, int start, int end) {
        declarations.put(name, new Declaration(source, start, end, Set.copyOf(uses)));
        uses = new LinkedHashSet<>();
    }

    /** The declarations in the order of the text. */
    Map<String, Declaration> declarations() {
        return declarations;
    }

    Map<String, Expression.Literal> constants() {
        return constants;
    }

    Map<String, Type.Struct> structs() {
        return structs;
    }

    Map<String, Function> functions() {
        return functions;
    }

    void enter() {
        variables.clear();
    }

    void leave() {
        variables.clear();
    }

    void declare(Variable variable) {
        variables.put(variable.name(), variable);
    }

    boolean isLocal(String name) {
        return variables.containsKey(name);
    }

    Variable variable(String name) {
        return variables.get(name);
    }
}
