package io.github.axoncl.internal.kernel;

import java.util.List;

/** A node of the typed tree. */
sealed interface Expression {
    Type type();

    /** A literal or named constant; the bits are those of its scalar type. */
    record Literal(Type.Scalar type, long bits) implements Expression {
    }

    /** The value of a parameter or local variable. */
    record Read(Variable variable) implements Expression {
        @Override
        public Type type() {
            return variable.type();
        }
    }

    /** A field of a struct value. */
    record Field(Expression struct, int index) implements Expression {
        @Override
        public Type type() {
            return ((Type.Struct) struct.type()).fields().get(index);
        }
    }

    /** One of the operations of {@link Opcode}. */
    record Apply(Opcode code, Type.Scalar type, List<Expression> arguments) implements Expression {
    }

    /** A select; both sides are computed. The sides may be structs. */
    record Select(Expression condition, Expression then, Expression otherwise) implements Expression {
        @Override
        public Type type() {
            return then.type();
        }
    }

    /** A call of another function of the text. */
    record Call(Function function, List<Expression> arguments) implements Expression {
        @Override
        public Type type() {
            return function.returnType();
        }
    }

    /** A struct value from its fields. */
    record Construct(Type.Struct type, List<Expression> fields) implements Expression {
    }
}
