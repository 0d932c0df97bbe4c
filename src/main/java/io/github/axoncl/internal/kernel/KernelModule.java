package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelDefinition;

/** A function's kernel text after parsing and type checking, together with {@code lib/math.cl}. */
public final class KernelModule {
    private final KernelDefinition definition;

    private KernelModule(KernelDefinition definition) {
        this.definition = definition;
    }

    /** Parses and checks the text; errors name file, line and column. */
    public static KernelModule of(KernelDefinition definition) {
        return new KernelModule(definition);
    }

    /** Whether the function's own text defines a function of that name, for example {@code derivative_from_output}. */
    public boolean has(String function) {
        return definition.source().contains(" " + function + "(");
    }

    public KernelDefinition definition() {
        return definition;
    }
}
