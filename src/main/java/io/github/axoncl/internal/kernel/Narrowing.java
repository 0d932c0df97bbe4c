package io.github.axoncl.internal.kernel;

import java.util.IdentityHashMap;
import java.util.Map;

/**
 * Numbers of 32 bits that a text keeps in 64, because drivers' compilers then make one multiplication for both halves of a
 * product: what becomes a uint at the end is computed in 32 bits from the beginning, with the same bits.
 */
final class Narrowing {
    private static final long LOWER_HALF = 0xFFFFFFFFL;

    private final Tracer tracer;
    /** What was found out already; null for numbers that need 64 bits. */
    private final Map<Value, Value> known = new IdentityHashMap<>();

    Narrowing(Tracer tracer) {
        this.tracer = tracer;
    }

    /** The uint that a ulong is, if it is below 2^32 and made of such, else null. */
    Value of(Value wide) {
        if (!known.containsKey(wide)) {
            known.put(wide, find(wide));
        }
        return known.get(wide);
    }

    private Value find(Value wide) {
        if (wide.type() != Type.Scalar.ULONG) {
            return null;
        }
        return switch (wide.code()) {
            case CONSTANT -> wide.bits() >>> Integer.SIZE == 0 ? tracer.constant(Type.Scalar.UINT, wide.bits()) : null;
            case CONVERT -> wide.argument(0).type() == Type.Scalar.UINT ? wide.argument(0) : null;
            case XOR, OR -> both(wide.code(), wide);
            case AND -> {
                Value low = wide.argument(1).isConstant(LOWER_HALF) ? product(Opcode.MULTIPLY, wide.argument(0)) : null;
                yield low != null ? low : both(Opcode.AND, wide);
            }
            case SHIFT_RIGHT -> wide.argument(1).isConstant(Integer.SIZE)
                    ? product(Opcode.MULTIPLY_HIGH, wide.argument(0)) : null;
            default -> null;
        };
    }

    /** A half of the product of two numbers of 32 bits. */
    private Value product(Opcode half, Value wide) {
        return wide.code() == Opcode.MULTIPLY ? both(half, wide) : null;
    }

    private Value both(Opcode code, Value wide) {
        Value a = of(wide.argument(0));
        Value b = of(wide.argument(1));
        return a == null || b == null ? null : tracer.operation(code, Type.Scalar.UINT, a, b);
    }
}
