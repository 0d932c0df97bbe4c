package io.github.axoncl.internal.kernel;

import java.util.List;

/**
 * The one conversion that the language makes by itself, because C makes it too and because it lets one text serve float and
 * double: float literals, and selects between them, become double where a double is needed. It is exact.
 */
final class Widening {
    private Widening() {
    }

    /** The expression in the wanted type if it is made of float literals and that is double, else itself. */
    static Expression to(Type wanted, Expression expression) {
        Expression wide = wanted == Type.Scalar.DOUBLE && expression.type() == Type.Scalar.FLOAT ? widened(expression) : null;
        return wide == null ? expression : wide;
    }

    /** Null if there is more than literals in it. */
    private static Expression widened(Expression expression) {
        if (expression instanceof Expression.Literal literal) {
            return new Expression.Literal(Type.Scalar.DOUBLE, Bits.of((double) Bits.toFloat(literal.bits())));
        }
        if (expression instanceof Expression.Apply apply && apply.code() == Opcode.NEGATE) {
            Expression operand = widened(apply.arguments().get(0));
            return operand == null ? null : new Expression.Apply(Opcode.NEGATE, Type.Scalar.DOUBLE, List.of(operand));
        }
        if (expression instanceof Expression.Select select) {
            Expression then = widened(select.then());
            Expression otherwise = widened(select.otherwise());
            return then == null || otherwise == null ? null : new Expression.Select(select.condition(), then, otherwise);
        }
        return null;
    }
}
