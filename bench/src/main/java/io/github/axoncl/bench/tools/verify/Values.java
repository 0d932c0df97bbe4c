package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.DType;
import io.github.axoncl.Operand;
import java.lang.reflect.Array;
import java.util.Arrays;

/**
 * The elements of an operand.
 *
 * @param type  their type
 * @param array an array of the type that holds it
 */
record Values(DType type, Object array) {

    static Values of(float... values) {
        return new Values(DType.FLOAT32, values);
    }

    static Values of(int... values) {
        return new Values(DType.INT32, values);
    }

    static Values of(byte... values) {
        return new Values(DType.UINT8, values);
    }

    /** An output that nothing has been written to: NaN would hide that a NaN was never computed. */
    static Values unwritten(DType type, int length) {
        switch (type) {
            case FLOAT32 -> {
                float[] values = new float[length];
                Arrays.fill(values, -12345.5f);
                return of(values);
            }
            case FLOAT64 -> {
                double[] values = new double[length];
                Arrays.fill(values, -12345.5);
                return new Values(type, values);
            }
            case FLOAT16, BFLOAT16 -> {
                short[] values = new short[length];
                Arrays.fill(values, (short) 0x5A5A);
                return new Values(type, values);
            }
            default -> throw new IllegalArgumentException(type + " is no type of an output");
        }
    }

    Values copy() {
        Object copy = Array.newInstance(array.getClass().getComponentType(), length());
        System.arraycopy(array, 0, copy, 0, length());
        return new Values(type, copy);
    }

    int length() {
        return Array.getLength(array);
    }

    Operand operand() {
        return switch (type) {
            case FLOAT32 -> Operand.of((float[]) array);
            case FLOAT64 -> Operand.of((double[]) array);
            case FLOAT16, BFLOAT16 -> Operand.of((short[]) array, type);
            case INT32 -> Operand.of((int[]) array);
            case UINT8 -> Operand.of((byte[]) array);
        };
    }

    /** Whether an element has the same bits as one of the same type; every NaN is like another. */
    boolean same(int i, Values other, int j) {
        return bits(i) == other.bits(j);
    }

    private long bits(int i) {
        return switch (type) {
            case FLOAT32 -> Float.floatToIntBits(((float[]) array)[i]);
            case FLOAT64 -> Double.doubleToLongBits(((double[]) array)[i]);
            case FLOAT16 -> canonical(((short[]) array)[i], 0x7C00);
            case BFLOAT16 -> canonical(((short[]) array)[i], 0x7F80);
            case INT32 -> ((int[]) array)[i];
            case UINT8 -> ((byte[]) array)[i];
        };
    }

    private static long canonical(short bits, int infinity) {
        return (bits & 0x7FFF) > infinity ? infinity + 1 : bits;
    }

    /** An element of a type that float32 is as wide as. */
    float number(int i) {
        return switch (type) {
            case FLOAT32 -> ((float[]) array)[i];
            case BFLOAT16 -> Float.intBitsToFloat(((short[]) array)[i] << 16);
            default -> throw new IllegalArgumentException(type + " is not narrower than float32");
        };
    }

    /** An element as it is shown: a number, or the bits of one of a 16-bit type. */
    String text(int i) {
        return switch (type) {
            case FLOAT32 -> Float.toString(((float[]) array)[i]);
            case FLOAT64 -> Double.toString(((double[]) array)[i]);
            case FLOAT16, BFLOAT16 -> String.format("%04x", ((short[]) array)[i]);
            case INT32 -> Integer.toString(((int[]) array)[i]);
            case UINT8 -> Integer.toString(((byte[]) array)[i] & 0xFF);
        };
    }
}
