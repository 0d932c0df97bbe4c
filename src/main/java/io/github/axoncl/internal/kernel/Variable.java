package io.github.axoncl.internal.kernel;

/** A parameter or local variable; compared by identity, because the same name may mean another variable elsewhere. */
final class Variable {
    private final String name;
    private final Type type;

    Variable(String name, Type type) {
        this.name = name;
        this.type = type;
    }

    String name() {
        return name;
    }

    Type type() {
        return type;
    }
}
