package io.github.axoncl.internal.kernel;

import java.util.List;

/** A function of kernel text: straight assignments and one result. */
record Function(String name, Type returnType, List<Variable> parameters, List<Assignment> body, Expression result,
                SourceText source, int offset) {

    /** {@code target = value}, or {@code target.field = value} where field is not -1. */
    record Assignment(Variable target, int field, Expression value) {
    }
}
