package io.github.axoncl.internal.kernel;

import java.util.ArrayList;
import java.util.List;

/** Reads one kernel text into a {@link Scope}: constants, structs and functions, each declared before it is used. Functions of
 * double are left out of a float program, and the other way round. */
final class Parser {
    private final Scope scope;
    private final Cursor cursor;
    private final ExpressionParser expressions;
    /** Whether the text may clash with what is declared already; the library's own do not. */
    private final boolean mayClash;

    private Parser(Cursor cursor, Scope scope, boolean mayClash) {
        this.scope = scope;
        this.mayClash = mayClash;
        this.cursor = cursor;
        this.expressions = new ExpressionParser(cursor, scope);
    }

    /** Adds what the text declares to the scope. */
    static void parse(SourceText source, Scope scope) {
        new Parser(new Cursor(source, 0, source.text().length()), scope, true).declarations();
    }

    /** Adds what a piece of a text declares to the scope. */
    static void parse(Outline.Piece piece, Scope scope) {
        new Parser(new Cursor(piece.source(), piece.start(), piece.end()), scope, false).declarations();
    }

    private void declarations() {
        while (cursor.peek().kind() != Token.Kind.END) {
            declaration();
        }
    }

    private void declaration() {
        Token first = cursor.peek();
        Token name = first.kind() == Token.Kind.DEFINE ? constant() : first.is("typedef") ? struct() : function();
        scope.declared(name.text(), cursor.source(), first.offset(), cursor.end());
    }

    private Token constant() {
        cursor.next();
        Token name = newName("a constant");
        boolean negative = cursor.accept("-");
        Token number = cursor.next();
        if (number.kind() != Token.Kind.NUMBER) {
            throw cursor.error(number, "a constant is \"#define NAME literal\", but \"" + number.text() + "\" is no literal");
        }
        Expression.Literal literal = Literals.read(cursor.source(), number);
        cursor.expect(";", "the line of a #define ends behind its literal");
        long bits = negative ? Folding.apply(Opcode.NEGATE, literal.type(), literal.type(), literal.bits()) : literal.bits();
        scope.add(name.text(), new Expression.Literal(literal.type(), bits));
        return name;
    }

    private Token struct() {
        cursor.next();
        cursor.expect("struct", "a typedef names a struct");
        cursor.expect("{", "a struct has fields between braces");
        List<Token> names = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        while (!cursor.accept("}")) {
            Type type = type();
            Token name = plainName("a field");
            for (Token other : names) {
                if (other.text().equals(name.text())) {
                    throw cursor.error(name, "the struct has a field \"" + name.text() + "\" already");
                }
            }
            cursor.expect(";", "a field ends with a semicolon");
            names.add(name);
            types.add(type);
        }
        if (names.isEmpty()) {
            throw cursor.error(cursor.peek(), "a struct needs a field");
        }
        Token name = newName("a struct");
        cursor.expect(";", "a typedef ends with a semicolon");
        Type.Struct struct = new Type.Struct(name.text());
        for (int i = 0; i < names.size(); i++) {
            struct.add(names.get(i).text(), types.get(i));
        }
        if (struct.scalars().size() > Scope.MAX_FIELDS) {
            throw cursor.error(name, "a struct has at most " + Scope.MAX_FIELDS + " scalars");
        }
        scope.add(struct);
        return name;
    }

    private Token function() {
        Type returnType = type();
        Token name = newName("a function");
        cursor.expect("(", "a function has its parameters between parentheses");
        scope.enter();
        List<Variable> parameters = new ArrayList<>();
        if (!cursor.accept(")")) {
            do {
                Type type = type();
                parameters.add(declare(plainName("a parameter"), type));
            } while (cursor.accept(","));
            cursor.expect(")", "the parameters end with a parenthesis");
        }
        cursor.expect("{", "a function has a body between braces");
        if (isOfOtherType(returnType, parameters)) {
            skipBody(name);
            return name;
        }
        List<Function.Assignment> body = new ArrayList<>();
        while (!cursor.peek().is("return")) {
            body.add(statement(name));
        }
        Token at = cursor.next();
        Expression result = Widening.to(returnType, expressions.parse());
        if (result.type() != returnType) {
            throw cursor.error(at, "\"" + name.text() + "\" returns " + returnType.text() + ", not " + result.type().text());
        }
        cursor.expect(";", "a statement ends with a semicolon");
        cursor.expect("}", "a function ends behind its return");
        scope.leave();
        scope.add(new Function(name.text(), returnType, List.copyOf(parameters), List.copyOf(body), result, cursor.source(),
                name.offset()));
        return name;
    }

    /** Whether a function is of double in a float program or the other way round: it takes no part in the program. */
    private boolean isOfOtherType(Type returnType, List<Variable> parameters) {
        Type.Scalar other = scope.real() == Type.Scalar.FLOAT ? Type.Scalar.DOUBLE : Type.Scalar.FLOAT;
        List<Type.Scalar> scalars = new ArrayList<>(returnType.scalars());
        for (Variable parameter : parameters) {
            scalars.addAll(parameter.type().scalars());
        }
        return scalars.contains(other) && !scalars.contains(scope.real());
    }

    private void skipBody(Token name) {
        int open = 1;
        while (open > 0) {
            Token token = cursor.next();
            if (token.kind() == Token.Kind.END) {
                throw cursor.error(token, "\"" + name.text() + "\" does not end");
            }
            open += token.is("{") ? 1 : token.is("}") ? -1 : 0;
        }
        scope.leave();
    }

    private Function.Assignment statement(Token function) {
        Token first = cursor.peek();
        if (first.kind() == Token.Kind.END || first.is("}")) {
            throw cursor.error(first, "\"" + function.text() + "\" does not end with a return");
        }
        if (first.kind() != Token.Kind.NAME) {
            throw cursor.error(first, "\"" + first.text() + "\": a statement is a declaration, an assignment or a return");
        }
        if (isType(first)) {
            Type type = type();
            Token name = plainName("a variable");
            cursor.expect("=", "a variable gets its value where it is declared");
            Expression value = cursor.peek().is("{") ? initializer(type) : Widening.to(type, expressions.parse());
            checkType(name, type, value);
            cursor.expect(";", "a statement ends with a semicolon");
            return new Function.Assignment(declare(name, type), -1, value);
        }
        return assignment();
    }

    private Function.Assignment assignment() {
        Token name = cursor.next();
        Variable variable = scope.variable(name.text());
        if (variable == null) {
            throw cursor.error(name, Names.isKeyword(name.text())
                    ? "\"" + name.text() + "\" does not belong to the kernel language"
                    : "there is no variable \"" + name.text() + "\" here");
        }
        int field = -1;
        Type target = variable.type();
        if (cursor.accept(".")) {
            Token fieldName = cursor.name("a field");
            field = expressions.field(fieldName, target);
            target = ((Type.Struct) target).fields().get(field);
        }
        cursor.expect("=", "an assignment is \"name = value\"");
        Token at = cursor.peek();
        Expression value = Widening.to(target, expressions.parse());
        checkType(at, target, value);
        cursor.expect(";", "a statement ends with a semicolon");
        return new Function.Assignment(variable, field, value);
    }

    private Expression initializer(Type type) {
        Token brace = cursor.next();
        if (!(type instanceof Type.Struct struct)) {
            throw cursor.error(brace, "braces give the fields of a struct, but " + type.text() + " is none");
        }
        List<Expression> fields = new ArrayList<>();
        do {
            Token at = cursor.peek();
            Expression value = expressions.parse();
            if (fields.size() < struct.fields().size()) {
                value = Widening.to(struct.fields().get(fields.size()), value);
                checkType(at, struct.fields().get(fields.size()), value);
            }
            fields.add(value);
        } while (cursor.accept(","));
        cursor.expect("}", "the fields end with a brace");
        if (fields.size() != struct.fields().size()) {
            throw cursor.error(brace, struct.text() + " has " + struct.fields().size() + " fields, but " + fields.size()
                    + " values are given");
        }
        return new Expression.Construct(struct, fields);
    }

    private void checkType(Token at, Type wanted, Expression value) {
        if (value.type() != wanted) {
            throw cursor.error(at, "a " + value.type().text() + " where a " + wanted.text() + " is needed");
        }
    }

    private boolean isType(Token token) {
        return token.is("const") || scope.scalar(token.text()) != null
                || !scope.isLocal(token.text()) && scope.struct(token.text()) != null;
    }

    private Type type() {
        cursor.accept("const");
        Token token = cursor.next();
        Type type = scope.scalar(token.text());
        if (type == null) {
            type = scope.struct(token.text());
            if (type != null) {
                scope.use(token.text());
            }
        }
        if (type == null || token.kind() != Token.Kind.NAME) {
            throw cursor.error(token, "\"" + token.text() + "\" is not a type of the kernel language "
                    + "(float, double, real, int, uint, long, ulong, bool, or a struct declared above)");
        }
        return type;
    }

    private Variable declare(Token name, Type type) {
        if (scope.isLocal(name.text())) {
            throw cursor.error(name, "there is a \"" + name.text() + "\" in this function already");
        }
        Variable variable = new Variable(name.text(), type);
        scope.declare(variable);
        return variable;
    }

    private Token plainName(String what) {
        Token name = cursor.name(what);
        if (Names.isKeyword(name.text()) || mayClash && scope.isConstantOrStruct(name.text())) {
            throw cursor.error(name, "\"" + name.text() + "\" cannot be the name of " + what);
        }
        return name;
    }

    private Token newName(String what) {
        Token name = plainName(what);
        if (mayClash && scope.isGlobal(name.text())) {
            throw cursor.error(name, "\"" + name.text() + "\" is declared already");
        }
        if (Names.isBuiltIn(name.text()) || Names.INTRINSICS.contains(name.text())) {
            throw cursor.error(name, "\"" + name.text() + "\" is a function of OpenCL and cannot be the name of " + what);
        }
        return name;
    }
}
