package io.github.axoncl.internal.kernel;

/** Computes operations whose operands are known, with the same bits as the generated code. */
final class Folding {
    private Folding() {
    }

    /** The result of an operation.
     *
     * @param code     the operation
     * @param type     the type of its result
     * @param operands the type of its operands (the sides, for a select)
     * @param v        the operands */
    static long apply(Opcode code, Type.Scalar type, Type.Scalar operands, long... v) {
        return switch (operands) {
            case FLOAT -> real(code, type, v);
            case DOUBLE -> wideReal(code, type, v);
            case LONG, ULONG -> code == Opcode.CONVERT ? narrow(type, v[0]) : integer(code, operands, v);
            case INT -> code == Opcode.CONVERT ? narrow(type, (int) v[0]) : integer(code, operands, signed(v));
            case UINT -> code == Opcode.CONVERT ? narrow(type, v[0]) : integer(code, operands, v);
            case BOOL -> logical(code, v);
        };
    }

    private static long real(Opcode code, Type.Scalar type, long[] v) {
        float a = Bits.toFloat(v[0]);
        float b = v.length > 1 ? Bits.toFloat(v[1]) : 0;
        return switch (code) {
            case ADD -> Bits.of(a + b);
            case SUBTRACT -> Bits.of(a - b);
            case MULTIPLY -> Bits.of(a * b);
            case NEGATE -> v[0] ^ 0x80000000L;
            case FMA -> Bits.of(Math.fma(a, b, Bits.toFloat(v[2])));
            case RECIPROCAL -> Bits.of(1.0f / a);
            case LESS -> Bits.of(a < b);
            case LESS_OR_EQUAL -> Bits.of(a <= b);
            case EQUAL -> Bits.of(a == b);
            case NOT_EQUAL -> Bits.of(a != b);
            case BITCAST -> v[0];
            case CONVERT -> type == Type.Scalar.DOUBLE ? Bits.of((double) a) : fromReal(type, a);
            default -> throw new IllegalArgumentException(code + " of float");
        };
    }

    private static long wideReal(Opcode code, Type.Scalar type, long[] v) {
        double a = Bits.toDouble(v[0]);
        double b = v.length > 1 ? Bits.toDouble(v[1]) : 0;
        return switch (code) {
            case ADD -> Bits.of(a + b);
            case SUBTRACT -> Bits.of(a - b);
            case MULTIPLY -> Bits.of(a * b);
            case NEGATE -> v[0] ^ Long.MIN_VALUE;
            case FMA -> Bits.of(Math.fma(a, b, Bits.toDouble(v[2])));
            case RECIPROCAL -> Bits.of(1.0 / a);
            case LESS -> Bits.of(a < b);
            case LESS_OR_EQUAL -> Bits.of(a <= b);
            case EQUAL -> Bits.of(a == b);
            case NOT_EQUAL -> Bits.of(a != b);
            case BITCAST -> v[0];
            case CONVERT -> type == Type.Scalar.FLOAT ? Bits.of((float) a) : fromReal(type, a);
            default -> throw new IllegalArgumentException(code + " of double");
        };
    }

    private static long fromReal(Type.Scalar type, double a) {
        return type.isWide() ? (long) a : (long) a & 0xFFFFFFFFL;
    }

    private static long narrow(Type.Scalar type, long a) {
        return switch (type) {
            case FLOAT -> Bits.of((float) a);
            case DOUBLE -> Bits.of((double) a);
            case INT, UINT -> a & 0xFFFFFFFFL;
            default -> a;
        };
    }

    private static long[] signed(long[] v) {
        long[] wide = new long[v.length];
        for (int i = 0; i < v.length; i++) {
            wide[i] = (int) v[i];
        }
        return wide;
    }

    private static long integer(Opcode code, Type.Scalar type, long[] v) {
        boolean unsigned = type.isUnsigned();
        long a = v[0];
        long b = v.length > 1 ? v[1] : 0;
        int shift = (int) b & (type.isWide() ? 63 : 31);
        long result = switch (code) {
            case ADD -> a + b;
            case SUBTRACT -> a - b;
            case MULTIPLY -> a * b;
            case MULTIPLY_HIGH -> !type.isWide() ? a * b >>> 32 : unsigned ? unsignedHigh(a, b) : Math.multiplyHigh(a, b);
            case NEGATE -> -a;
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case NOT -> ~a;
            case SHIFT_LEFT -> a << shift;
            case SHIFT_RIGHT -> unsigned ? a >>> shift : a >> shift;
            case LESS -> Bits.of(unsigned ? Long.compareUnsigned(a, b) < 0 : a < b);
            case LESS_OR_EQUAL -> Bits.of(unsigned ? Long.compareUnsigned(a, b) <= 0 : a <= b);
            case EQUAL -> Bits.of(a == b);
            case NOT_EQUAL -> Bits.of(a != b);
            case BITCAST -> a;
            default -> throw new IllegalArgumentException(code + " of " + type);
        };
        return type.isWide() ? result : result & 0xFFFFFFFFL;
    }

    private static long unsignedHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    private static long logical(Opcode code, long[] v) {
        return switch (code) {
            case AND -> v[0] & v[1];
            case OR -> v[0] | v[1];
            case EQUAL -> 1 ^ v[0] ^ v[1];
            case NOT_EQUAL -> v[0] ^ v[1];
            case NOT -> 1 ^ v[0];
            default -> throw new IllegalArgumentException(code + " of bool");
        };
    }
}
