package io.github.axoncl.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/** Reads and types expressions, with C's precedence. There are no implicit conversions. */
final class ExpressionParser {
    /** Nesting beyond this is hostile or a mistake; a thread's stack is safe far above it. */
    private static final int MAX_DEPTH = 100;
    /** A chain of operators is a tree as deep as it is long. */
    private static final int MAX_CHAIN = 200;

    private final Cursor cursor;
    private final Scope scope;
    private int depth;

    ExpressionParser(Cursor cursor, Scope scope) {
        this.cursor = cursor;
        this.scope = scope;
    }

    Expression parse() {
        if (++depth > MAX_DEPTH) {
            throw cursor.error(cursor.peek(), "expressions are nested more than " + MAX_DEPTH + " deep");
        }
        Expression condition = binary(0);
        if (cursor.peek().is("?")) {
            Token at = cursor.next();
            require(at, condition, Type.Scalar.BOOL, "the condition of ?:");
            Expression then = parse();
            cursor.expect(":", "a select is \"condition ? value : value\"");
            Expression otherwise = Widening.to(then.type(), parse());
            then = Widening.to(otherwise.type(), then);
            if (then.type() != otherwise.type()) {
                throw cursor.error(at, "the sides of ?: are " + then.type().text() + " and " + otherwise.type().text()
                        + "; they must be equal");
            }
            condition = new Expression.Select(condition, then, otherwise);
        }
        depth--;
        return condition;
    }

    /** Operators that bind at least as tightly as a level; left to right within a level. */
    private Expression binary(int level) {
        Expression left = unary();
        int links = 0;
        for (int found = level(cursor.peek()); found >= level; found = level(cursor.peek())) {
            Token operator = cursor.next();
            if (++links > MAX_CHAIN) {
                throw cursor.error(operator, "an expression has at most " + MAX_CHAIN + " operators in a row");
            }
            left = combine(operator, code(operator.text()), left, binary(found + 1));
        }
        Token next = cursor.peek();
        if (next.is("/") || next.is("%")) {
            throw cursor.error(next, "\"" + next.text() + "\" is not correctly rounded everywhere and does not belong to the "
                    + "kernel language; use reciprocal(b), or quotient(a, b) of lib/math.cl");
        }
        return left;
    }

    /** The precedence of a binary operator, 0 for the one that binds loosest; -1 if the token is none. */
    private static int level(Token token) {
        return token.kind() != Token.Kind.SYMBOL ? -1 : switch (token.text()) {
            case "||" -> 0;
            case "&&" -> 1;
            case "|" -> 2;
            case "^" -> 3;
            case "&" -> 4;
            case "==", "!=" -> 5;
            case "<", "<=", ">", ">=" -> 6;
            case "<<", ">>" -> 7;
            case "+", "-" -> 8;
            case "*" -> 9;
            default -> -1;
        };
    }

    /** The operation of a binary operator; that of a swapped comparison for the other two. */
    private static Opcode code(String operator) {
        return switch (operator) {
            case "||", "|" -> Opcode.OR;
            case "&&", "&" -> Opcode.AND;
            case "^" -> Opcode.XOR;
            case "==" -> Opcode.EQUAL;
            case "!=" -> Opcode.NOT_EQUAL;
            case "<", ">" -> Opcode.LESS;
            case "<=", ">=" -> Opcode.LESS_OR_EQUAL;
            case "<<" -> Opcode.SHIFT_LEFT;
            case ">>" -> Opcode.SHIFT_RIGHT;
            case "+" -> Opcode.ADD;
            case "-" -> Opcode.SUBTRACT;
            default -> Opcode.MULTIPLY;
        };
    }

    private Expression combine(Token operator, Opcode code, Expression first, Expression second) {
        String symbol = operator.text();
        boolean logical = symbol.equals("&&") || symbol.equals("||");
        boolean shift = code == Opcode.SHIFT_LEFT || code == Opcode.SHIFT_RIGHT;
        Expression left = Widening.to(second.type(), first);
        Expression right = Widening.to(first.type(), second);
        Type.Scalar type = scalar(operator, left);
        Type.Scalar other = scalar(operator, right);
        if (shift ? !other.isInteger() : type != other) {
            throw cursor.error(operator, "\"" + symbol + "\" between " + type.text() + " and " + other.text()
                    + "; the kernel language converts nothing by itself");
        }
        boolean legal = switch (code) {
            case ADD, SUBTRACT, MULTIPLY -> type != Type.Scalar.BOOL;
            case AND, OR, XOR -> logical ? type == Type.Scalar.BOOL : type.isInteger();
            case SHIFT_LEFT, SHIFT_RIGHT -> type.isInteger();
            case LESS, LESS_OR_EQUAL -> type != Type.Scalar.BOOL;
            default -> true;
        };
        if (!legal) {
            throw cursor.error(operator, "\"" + symbol + "\" is not defined for " + type.text());
        }
        boolean compares = code == Opcode.LESS || code == Opcode.LESS_OR_EQUAL || code == Opcode.EQUAL
                || code == Opcode.NOT_EQUAL;
        boolean swapped = symbol.equals(">") || symbol.equals(">=");
        return new Expression.Apply(code, compares ? Type.Scalar.BOOL : type,
                swapped ? List.of(right, left) : List.of(left, right));
    }

    private Expression unary() {
        Token token = cursor.peek();
        if (token.is("-") || token.is("!") || token.is("~")) {
            cursor.next();
            if (++depth > MAX_DEPTH) {
                throw cursor.error(token, "expressions are nested more than " + MAX_DEPTH + " deep");
            }
            Expression operand = unary();
            depth--;
            Type.Scalar type = scalar(token, operand);
            boolean legal = token.is("-") ? type != Type.Scalar.BOOL
                    : token.is("!") ? type == Type.Scalar.BOOL : type.isInteger();
            if (!legal) {
                throw cursor.error(token, "\"" + token.text() + "\" is not defined for " + type.text());
            }
            return new Expression.Apply(token.is("-") ? Opcode.NEGATE : Opcode.NOT, type, List.of(operand));
        }
        if (token.is("(") && scope.scalar(cursor.peekSecond().text()) != null && cursor.peekThird().is(")")) {
            return cast();
        }
        return postfix();
    }

    private Expression cast() {
        cursor.next();
        Token name = cursor.next();
        cursor.next();
        Type.Scalar type = scope.scalar(name.text());
        if (++depth > MAX_DEPTH) {
            throw cursor.error(name, "expressions are nested more than " + MAX_DEPTH + " deep");
        }
        Expression operand = unary();
        depth--;
        Type.Scalar from = scalar(name, operand);
        if (from == Type.Scalar.BOOL || type == Type.Scalar.BOOL) {
            throw cursor.error(name, "there is no conversion from " + from.text() + " to " + type.text());
        }
        return from == type ? operand : new Expression.Apply(Opcode.CONVERT, type, List.of(operand));
    }

    private Expression postfix() {
        Expression value = primary();
        while (cursor.peek().is(".")) {
            cursor.next();
            Token name = cursor.name("a field");
            value = new Expression.Field(value, field(name, value.type()));
        }
        if (cursor.peek().is("[")) {
            throw cursor.error(cursor.peek(), "there are no arrays in the kernel language");
        }
        return value;
    }

    /** The index of a field of a type. */
    int field(Token name, Type type) {
        int index = type instanceof Type.Struct struct ? struct.indexOf(name.text()) : -1;
        if (index < 0) {
            throw cursor.error(name, type.text() + " has no field \"" + name.text() + "\"");
        }
        if (scope.constant(name.text()) != null) {
            throw cursor.error(name, "\"" + name.text() + "\" is a constant, so a driver does not see the field here");
        }
        return index;
    }

    private Expression primary() {
        Token token = cursor.next();
        if (token.kind() == Token.Kind.NUMBER) {
            return Literals.read(cursor.source(), token);
        }
        if (token.is("(")) {
            Expression inner = parse();
            cursor.expect(")", "a parenthesis is closed");
            return inner;
        }
        if (token.kind() != Token.Kind.NAME) {
            throw cursor.error(token, "\"" + token.text() + "\" where a value is needed");
        }
        if (cursor.peek().is("(")) {
            return call(token);
        }
        if (token.is("INFINITY")) {
            return new Expression.Literal(Type.Scalar.FLOAT, Bits.of(Float.POSITIVE_INFINITY));
        }
        if (token.is("NAN")) {
            return new Expression.Literal(Type.Scalar.FLOAT, Bits.of(Float.NaN));
        }
        Variable variable = scope.variable(token.text());
        if (variable != null) {
            return new Expression.Read(variable);
        }
        Expression.Literal constant = scope.constant(token.text());
        if (constant == null) {
            throw cursor.error(token, "there is no variable or constant \"" + token.text() + "\" here");
        }
        scope.use(token.text());
        return constant;
    }

    private Expression call(Token name) {
        if (scope.isLocal(name.text())) {
            throw cursor.error(name, "\"" + name.text() + "\" is a variable here and cannot be called");
        }
        cursor.next();
        List<Expression> arguments = new ArrayList<>();
        if (!cursor.accept(")")) {
            do {
                arguments.add(parse());
            } while (cursor.accept(","));
            cursor.expect(")", "the arguments end with a parenthesis");
        }
        if (Names.INTRINSICS.contains(name.text())) {
            return Intrinsics.call(cursor, name, arguments);
        }
        Function function = scope.function(name.text());
        if (function == null) {
            throw cursor.error(name, Names.isBuiltIn(name.text())
                    ? "OpenCL's \"" + name.text() + "\" does not give the same bits everywhere and does not belong to the "
                    + "kernel "
                    + "language"
                    : "there is no function \"" + name.text() + "\" above this line");
        }
        if (arguments.size() != function.parameters().size()) {
            throw cursor.error(name, "\"" + name.text() + "\" takes " + function.parameters().size() + " arguments, but "
                    + arguments.size() + " are given");
        }
        scope.use(name.text());
        for (int i = 0; i < arguments.size(); i++) {
            Type wanted = function.parameters().get(i).type();
            arguments.set(i, Widening.to(wanted, arguments.get(i)));
            if (arguments.get(i).type() != wanted) {
                throw cursor.error(name, "argument " + (i + 1) + " of \"" + name.text() + "\" is a "
                        + arguments.get(i).type().text() + ", but a " + wanted.text() + " is needed");
            }
        }
        return new Expression.Call(function, arguments);
    }

    private void require(Token at, Expression value, Type wanted, String what) {
        if (value.type() != wanted) {
            throw cursor.error(at, what + " is a " + value.type().text() + ", not a " + wanted.text());
        }
    }

    private Type.Scalar scalar(Token at, Expression value) {
        if (value.type() instanceof Type.Scalar scalar) {
            return scalar;
        }
        throw cursor.error(at, "\"" + at.text() + "\" is not defined for the struct " + value.type().text());
    }
}
