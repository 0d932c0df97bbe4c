package io.github.axoncl.internal.kernel;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names that are known at a place: constants, structs and functions of the whole text, variables of one function. */
final class Scope {
    /** The most scalars a struct may flatten into. */
    static final int MAX_FIELDS = 16;

    private final Map<String, Expression.Literal> constants = new HashMap<>();
    private final Map<String, Type.Struct> structs = new HashMap<>();
    private final Map<String, Function> functions = new LinkedHashMap<>();
    private final Map<String, Variable> variables = new HashMap<>();

    /** A scope that begins with the global names of another. */
    static Scope beginningWith(Scope other) {
        Scope scope = new Scope();
        scope.constants.putAll(other.constants);
        scope.structs.putAll(other.structs);
        scope.functions.putAll(other.functions);
        return scope;
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
