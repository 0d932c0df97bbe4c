package io.github.axoncl.internal.kernel;

import java.util.List;

/** Types the calls of the language's own functions: fma, reciprocal, mul_hi and the bit casts. */
final class Intrinsics {
    private Intrinsics() {
    }

    static Expression call(Cursor cursor, Token name, List<Expression> arguments) {
        return switch (name.text()) {
            case "fma" -> apply(cursor, name, Opcode.FMA, 3, arguments, true);
            case "reciprocal" -> apply(cursor, name, Opcode.RECIPROCAL, 1, arguments, true);
            case "mul_hi" -> apply(cursor, name, Opcode.MULTIPLY_HIGH, 2, arguments, false);
            default -> bitcast(cursor, name, arguments);
        };
    }

    private static Expression apply(Cursor cursor, Token name, Opcode code, int count, List<Expression> arguments,
                                    boolean ofReals) {
        checkCount(cursor, name, count, arguments);
        Type first = arguments.get(0).type();
        boolean legal = first instanceof Type.Scalar scalar && (ofReals ? scalar.isReal() : scalar.isInteger());
        for (Expression argument : arguments) {
            legal &= argument.type() == first;
        }
        if (!legal) {
            throw cursor.error(name, "\"" + name.text() + "\" takes " + (ofReals ? "float or double" : "integers")
                    + ", all of one type, not "
                    + arguments.stream().map(a -> a.type().text()).toList());
        }
        return new Expression.Apply(code, (Type.Scalar) first, List.copyOf(arguments));
    }

    private static Expression bitcast(Cursor cursor, Token name, List<Expression> arguments) {
        checkCount(cursor, name, 1, arguments);
        Type.Scalar to = Names.BITCASTS.get(name.text());
        boolean legal = arguments.get(0).type() instanceof Type.Scalar from && from != Type.Scalar.BOOL
                && from.isWide() == to.isWide();
        if (!legal) {
            throw cursor.error(name, "\"" + name.text() + "\" takes a type of " + (to.isWide() ? 64 : 32) + " bits, not "
                    + arguments.get(0).type().text());
        }
        return arguments.get(0).type() == to ? arguments.get(0) : new Expression.Apply(Opcode.BITCAST, to, arguments);
    }

    private static void checkCount(Cursor cursor, Token name, int count, List<Expression> arguments) {
        if (arguments.size() != count) {
            throw cursor.error(name, "\"" + name.text() + "\" takes " + count + " arguments, but " + arguments.size()
                    + " are given");
        }
    }
}
