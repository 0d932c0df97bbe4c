package io.github.axoncl.internal.kernel;

import io.github.axoncl.KernelDefinition;
import io.github.axoncl.Parameter;

import java.util.ArrayList;
import java.util.List;

/** A function's kernel text after parsing and type checking, together with the library texts it may call. Immutable. */
public final class KernelModule {
    private final KernelDefinition definition;
    private final Scope scope;
    private final SourceText source;

    private KernelModule(KernelDefinition definition, SourceText source, Scope scope) {
        this.definition = definition;
        this.source = source;
        this.scope = scope;
    }

    /** Parses and checks the text; errors name file, line and column. */
    public static KernelModule of(KernelDefinition definition) {
        Scope scope = Scope.beginningWith(MathLibrary.SCOPE);
        SourceText source = new SourceText(definition.sourceName(), definition.source());
        Parser.parse(source, scope);
        KernelModule module = new KernelModule(definition, source, scope);
        module.checkParameters();
        return module;
    }

    /** The library text, parsed once. */
    private static final class MathLibrary {
        static final Scope SCOPE = new Scope();

        static {
            for (String name : KernelLibrary.LANGUAGE) {
                Parser.parse(new SourceText(KernelLibrary.sourceName(name), KernelLibrary.text(name)), SCOPE);
            }
        }
    }

    public KernelDefinition definition() {
        return definition;
    }

    /** Whether the function's own text defines a function of that name, for example {@code derivative_from_output}. */
    public boolean has(String function) {
        Function found = scope.functions().get(function);
        return found != null && found.source() == source;
    }

    /** The name under which errors are reported, and the text. */
    SourceText source() {
        return source;
    }

    /** The declared derivative of a function with respect to one of its parameters, or null if there is none. */
    Function declaredDerivative(Function function, Variable parameter) {
        return scope.functions().get(function.name() + "_d_" + parameter.name());
    }

    /** A function of the text or of the library. */
    Function function(String name) {
        Function function = scope.functions().get(name);
        if (function == null) {
            throw source.error(0, "the text does not define \"" + name + "\"");
        }
        return function;
    }

    /** An element-wise function takes the element and then the declared parameters, by their declared names. */
    private void checkParameters() {
        List<String> declared = definition.parameters().stream().map(Parameter::name).toList();
        for (String name : List.of("forward", "derivative", "derivative_from_output")) {
            if (has(name)) {
                checkSignature(function(name), declared);
            }
        }
    }

    private void checkSignature(Function function, List<String> declared) {
        List<String> names = new ArrayList<>();
        boolean floats = function.returnType() == Type.Scalar.FLOAT;
        for (Variable parameter : function.parameters()) {
            names.add(parameter.name());
            floats &= parameter.type() == Type.Scalar.FLOAT;
        }
        if (names.isEmpty() || !names.subList(1, names.size()).equals(declared) || !floats) {
            throw source.error(function.offset(), "\"" + function.name() + "\" must return a float and take a float element and "
                    + "then the floats " + declared + ", but takes " + names);
        }
    }
}
