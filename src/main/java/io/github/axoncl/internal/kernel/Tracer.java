package io.github.axoncl.internal.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs functions symbolically: calls are inlined as they are met, structs flattened, constants folded, equal operations shared.
 * One instance makes one straight line.
 */
final class Tracer {
    /** Far above any real function (mish' has 133); inlining can grow a short text exponentially. */
    private static final int MAX_OPERATIONS = 20_000;
    private static final int MAX_STEPS = 500_000;
    private static final int MAX_DEPTH = 500;

    private record Key(Opcode code, Type.Scalar type, List<Value> arguments, long bits) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Key that && code == that.code && type == that.type && bits == that.bits
                    && arguments.equals(that.arguments);
        }

        @Override
        public int hashCode() {
            return ((code.ordinal() * 31 + type.ordinal()) * 31 + arguments.hashCode()) * 31 + Long.hashCode(bits);
        }
    }

    /** A call of a function with declared derivatives: how its result depends on its arguments need not be looked for
     * inside. */
    record DeclaredCall(Function function, List<Value> arguments) {
    }

    private final Map<Key, Value> values = new HashMap<>();
    private final Map<Value, DeclaredCall> declaredCalls = new IdentityHashMap<>();
    private final Narrowing narrowing = new Narrowing(this);
    private final KernelModule rules;
    private int steps;
    private int depth;

    Tracer() {
        this(null);
    }

    /** A tracer that notes the calls for which the module declares a derivative. */
    Tracer(KernelModule rules) {
        this.rules = rules;
    }

    Map<Value, DeclaredCall> declaredCalls() {
        return declaredCalls;
    }

    Value input(int index, Type.Scalar type) {
        return value(Opcode.INPUT, type, List.of(), index, false);
    }

    Value parameter(int index, Type.Scalar type) {
        return value(Opcode.PARAMETER, type, List.of(), index, true);
    }

    /** The scalars of the result, for arguments given as scalars. */
    Value[] call(Function function, List<Value[]> arguments) {
        Map<Variable, Value[]> frame = new IdentityHashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            frame.put(function.parameters().get(i), arguments.get(i));
        }
        for (Function.Assignment assignment : function.body()) {
            Value[] value = evaluate(assignment.value(), frame, function);
            if (assignment.field() < 0) {
                frame.put(assignment.target(), value);
            } else {
                Type.Struct struct = (Type.Struct) assignment.target().type();
                Value[] changed = frame.get(assignment.target()).clone();
                System.arraycopy(value, 0, changed, struct.offsetOf(assignment.field()), value.length);
                frame.put(assignment.target(), changed);
            }
        }
        Value[] result = evaluate(function.result(), frame, function);
        note(function, arguments, result);
        return result;
    }

    private void note(Function function, List<Value[]> arguments, Value[] result) {
        if (rules != null && result.length == 1 && !result[0].arguments().isEmpty() && hasDeclaredDerivative(function)) {
            // The outer of two calls with one result comes last, and its derivative is the more accurate one.
            declaredCalls.put(result[0], new DeclaredCall(function, arguments.stream().map(a -> a[0]).toList()));
        }
    }

    private boolean hasDeclaredDerivative(Function function) {
        for (Variable parameter : function.parameters()) {
            if (rules.declaredDerivative(function, parameter) != null) {
                return true;
            }
        }
        return false;
    }

    private Value[] evaluate(Expression expression, Map<Variable, Value[]> frame, Function function) {
        if (++steps > MAX_STEPS || ++depth > MAX_DEPTH || values.size() > MAX_OPERATIONS) {
            throw function.source().error(function.offset(), "\"" + function.name()
                    + "\" becomes too large when its calls are inlined");
        }
        Value[] result = step(expression, frame, function);
        depth--;
        return result;
    }

    private Value[] step(Expression expression, Map<Variable, Value[]> frame, Function function) {
        if (expression instanceof Expression.Literal literal) {
            return new Value[] {constant(literal.type(), literal.bits())};
        } else if (expression instanceof Expression.Read read) {
            return frame.get(read.variable());
        } else if (expression instanceof Expression.Field field) {
            Value[] struct = evaluate(field.struct(), frame, function);
            int offset = ((Type.Struct) field.struct().type()).offsetOf(field.index());
            return Arrays.copyOfRange(struct, offset, offset + field.type().scalars().size());
        } else if (expression instanceof Expression.Apply apply) {
            Value[] arguments = new Value[apply.arguments().size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = evaluate(apply.arguments().get(i), frame, function)[0];
            }
            return new Value[] {operation(apply.code(), apply.type(), arguments)};
        } else if (expression instanceof Expression.Select select) {
            Value condition = evaluate(select.condition(), frame, function)[0];
            Value[] then = evaluate(select.then(), frame, function);
            Value[] otherwise = evaluate(select.otherwise(), frame, function);
            Value[] result = new Value[then.length];
            for (int i = 0; i < result.length; i++) {
                result[i] = operation(Opcode.SELECT, then[i].type(), condition, then[i], otherwise[i]);
            }
            return result;
        } else if (expression instanceof Expression.Call call) {
            List<Value[]> arguments = new ArrayList<>();
            for (Expression argument : call.arguments()) {
                arguments.add(evaluate(argument, frame, function));
            }
            return call(call.function(), arguments);
        }
        Expression.Construct construct = (Expression.Construct) expression;
        List<Value> scalars = new ArrayList<>();
        for (Expression field : construct.fields()) {
            scalars.addAll(Arrays.asList(evaluate(field, frame, function)));
        }
        return scalars.toArray(new Value[0]);
    }

    Value constant(Type.Scalar type, long bits) {
        return value(Opcode.CONSTANT, type, List.of(), bits, true);
    }

    Value operation(Opcode code, Type.Scalar type, Value... arguments) {
        Type.Scalar from = arguments[0].type();
        if (code == Opcode.CONVERT && from.isInteger() && type.isInteger() && from.isWide() == type.isWide()) {
            return operation(Opcode.BITCAST, type, arguments);
        }
        Value simpler = code == Opcode.CONVERT && type == Type.Scalar.UINT ? narrowing.of(arguments[0])
                : simplify(code, type, arguments);
        if (simpler != null) {
            return simpler;
        }
        boolean known = true;
        boolean uniform = true;
        long[] bits = new long[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            known &= arguments[i].code() == Opcode.CONSTANT;
            uniform &= arguments[i].uniform();
            bits[i] = arguments[i].bits();
        }
        if (known && code != Opcode.SELECT) {
            return constant(type, Folding.apply(code, type, arguments[0].type(), bits));
        }
        return value(code, type, List.of(arguments), 0, uniform);
    }

    /** Rules that change no bit of any result, signed zeros and NaN included; null if none applies. */
    private static Value simplify(Opcode code, Type.Scalar type, Value[] a) {
        switch (code) {
            case SELECT:
                if (a[0].code() == Opcode.CONSTANT) {
                    return a[0].bits() != 0 ? a[1] : a[2];
                }
                return a[1] == a[2] ? a[1] : null;
            case SUBTRACT:
                return a[1].isConstant(0) ? a[0] : null;
            case MULTIPLY:
                return isOne(a[1]) ? a[0] : isOne(a[0]) ? a[1] : null;
            case ADD:
                if (a[0].type().isInteger()) {
                    return a[1].isConstant(0) ? a[0] : a[0].isConstant(0) ? a[1] : null;
                }
                return null;
            case NEGATE:
                return a[0].code() == Opcode.NEGATE ? a[0].argument(0) : null;
            case BITCAST:
                return a[0].code() == Opcode.BITCAST && a[0].argument(0).type() == type ? a[0].argument(0) : null;
            default:
                return null;
        }
    }

    private static boolean isOne(Value value) {
        return switch (value.type()) {
            case FLOAT -> value.isConstant(Bits.of(1.0f));
            case DOUBLE -> value.isConstant(Bits.of(1.0));
            case BOOL -> false;
            default -> value.isConstant(1);
        };
    }

    private Value value(Opcode code, Type.Scalar type, List<Value> arguments, long bits, boolean uniform) {
        Key key = new Key(code, type, arguments, bits);
        Value known = values.get(key);
        if (known == null) {
            known = new Value(code, type, arguments, bits, uniform);
            values.put(key, known);
        }
        return known;
    }
}
