package io.github.axoncl.internal.kernel;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Writes a straight line as kernel text, one operation a line, so that drivers and our own compiler take it as any other. */
final class ValueText {
    private final List<String> parameters;
    private final Map<Value, String> names = new IdentityHashMap<>();

    private ValueText(List<String> parameters) {
        this.parameters = parameters;
    }

    /** The text of a function of an element x and parameters of one type that returns a value of that type. */
    static String function(String name, Type.Scalar type, List<String> parameters, Value result) {
        ValueText writer = new ValueText(parameters);
        StringBuilder text = new StringBuilder(type.text()).append(' ').append(name).append('(').append(type.text())
                .append(" x");
        parameters.forEach(p -> text.append(", ").append(type.text()).append(' ').append(p));
        text.append(") {\n");
        for (Value value : StraightLine.of(List.of(result)).values()) {
            if (value.code() != Opcode.CONSTANT && value.code() != Opcode.INPUT && value.code() != Opcode.PARAMETER) {
                String variable = Names.DERIVED_PREFIX + writer.names.size();
                text.append("    ").append(value.type().text()).append(' ').append(variable).append(" = ")
                        .append(writer.operation(value)).append(";\n");
                writer.names.put(value, variable);
            }
        }
        return text.append("    return ").append(writer.name(result)).append(";\n}\n").toString();
    }

    private String name(Value value) {
        return switch (value.code()) {
            case CONSTANT -> constant(value);
            case INPUT -> "x";
            case PARAMETER -> parameters.get((int) value.bits());
            default -> names.get(value);
        };
    }

    private static String constant(Value value) {
        return switch (value.type()) {
            case FLOAT -> real(Bits.toFloat(value.bits()), Float.toHexString(Bits.toFloat(value.bits())) + "f");
            case DOUBLE -> real(Bits.toDouble(value.bits()), Double.toHexString(Bits.toDouble(value.bits())));
            case INT -> "(int)" + value.bits() + "u";
            case UINT -> value.bits() + "u";
            case LONG -> "(long)" + Long.toUnsignedString(value.bits()) + "ul";
            case ULONG -> Long.toUnsignedString(value.bits()) + "ul";
            case BOOL -> value.bits() != 0 ? "(0 < 1)" : "(1 < 0)";
        };
    }

    private static String real(double value, String digits) {
        return Double.isNaN(value) ? "NAN" : Double.isInfinite(value) ? value > 0 ? "INFINITY" : "-INFINITY" : digits;
    }

    private String operation(Value v) {
        boolean logical = v.type() == Type.Scalar.BOOL;
        return switch (v.code()) {
            case ADD -> infix(v, "+");
            case SUBTRACT -> infix(v, "-");
            case MULTIPLY -> infix(v, "*");
            case MULTIPLY_HIGH -> call("mul_hi", v);
            case NEGATE -> "-" + name(v.argument(0));
            case FMA -> call("fma", v);
            case RECIPROCAL -> call("reciprocal", v);
            case AND -> infix(v, logical ? "&&" : "&");
            case OR -> infix(v, logical ? "||" : "|");
            case XOR -> infix(v, "^");
            case NOT -> (logical ? "!" : "~") + name(v.argument(0));
            case SHIFT_LEFT -> infix(v, "<<");
            case SHIFT_RIGHT -> infix(v, ">>");
            case LESS -> infix(v, "<");
            case LESS_OR_EQUAL -> infix(v, "<=");
            case EQUAL -> infix(v, "==");
            case NOT_EQUAL -> infix(v, "!=");
            case SELECT -> name(v.argument(0)) + " ? " + name(v.argument(1)) + " : " + name(v.argument(2));
            case BITCAST -> call("as_" + v.type().text(), v);
            case CONVERT -> "(" + v.type().text() + ")" + name(v.argument(0));
            default -> throw new IllegalStateException("no text of " + v);
        };
    }

    private String infix(Value v, String operator) {
        return name(v.argument(0)) + " " + operator + " " + name(v.argument(1));
    }

    private String call(String function, Value v) {
        return function + "(" + String.join(", ", v.arguments().stream().map(this::name).toList()) + ")";
    }
}
