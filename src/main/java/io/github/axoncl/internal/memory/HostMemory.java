package io.github.axoncl.internal.memory;

import io.github.axoncl.DType;
import io.github.axoncl.Operand;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;

/** Operands in host memory, whatever their type: arrays of float, double, short, int or byte, and NIO buffers of these. */
public final class HostMemory {
    private HostMemory() {
    }

    /** The array behind an operand, or null if it is direct memory or hides its array. */
    public static Object array(Operand operand) {
        if (operand instanceof Operand.OfArray part) {
            return part.array();
        }
        return buffer(operand).hasArray() ? buffer(operand).array() : null;
    }

    /** The index of the operand's first element in its array. */
    public static int offset(Operand operand) {
        if (operand instanceof Operand.OfArray part) {
            return part.offset();
        }
        return buffer(operand).hasArray() ? buffer(operand).arrayOffset() : 0;
    }

    /** The buffer of an operand that is one. */
    public static Buffer buffer(Operand operand) {
        return ((Operand.OfBuffer) operand).buffer();
    }

    /** Whether the operand lies outside the heap. */
    public static boolean isDirect(Operand operand) {
        return operand instanceof Operand.OfBuffer host && host.buffer().isDirect();
    }

    /** An array of elements of a type. */
    public static Object newArray(DType type, int length) {
        return switch (type) {
            case FLOAT32 -> new float[length];
            case FLOAT64 -> new double[length];
            case FLOAT16, BFLOAT16 -> new short[length];
            case INT32 -> new int[length];
            case UINT8 -> new byte[length];
        };
    }

    /** Copies from an operand to an array. */
    public static void read(Operand from, long at, Object to, int toAt, int length) {
        Object array = array(from);
        int first = Math.toIntExact(at);
        if (array != null) {
            System.arraycopy(array, offset(from) + first, to, toAt, length);
        } else if (buffer(from) instanceof FloatBuffer floats) {
            floats.get(first, (float[]) to, toAt, length);
        } else if (buffer(from) instanceof DoubleBuffer doubles) {
            doubles.get(first, (double[]) to, toAt, length);
        } else if (buffer(from) instanceof ShortBuffer shorts) {
            shorts.get(first, (short[]) to, toAt, length);
        } else if (buffer(from) instanceof IntBuffer ints) {
            ints.get(first, (int[]) to, toAt, length);
        } else {
            ((ByteBuffer) buffer(from)).get(first, (byte[]) to, toAt, length);
        }
    }

    /** Copies from an array to an operand. */
    public static void write(Object from, int fromAt, Operand to, long at, int length) {
        Object array = array(to);
        int first = Math.toIntExact(at);
        if (array != null) {
            System.arraycopy(from, fromAt, array, offset(to) + first, length);
        } else if (buffer(to) instanceof FloatBuffer floats) {
            floats.put(first, (float[]) from, fromAt, length);
        } else if (buffer(to) instanceof DoubleBuffer doubles) {
            doubles.put(first, (double[]) from, fromAt, length);
        } else if (buffer(to) instanceof ShortBuffer shorts) {
            shorts.put(first, (short[]) from, fromAt, length);
        } else if (buffer(to) instanceof IntBuffer ints) {
            ints.put(first, (int[]) from, fromAt, length);
        } else {
            ((ByteBuffer) buffer(to)).put(first, (byte[]) from, fromAt, length);
        }
    }

    /** A part of an operand, over the same memory. */
    public static Operand part(Operand operand, long from, long length) {
        if (operand instanceof Operand.OfArray part) {
            return new Operand.OfArray(part.array(), part.offset() + (int) from, (int) length, part.type());
        }
        return new Operand.OfBuffer(buffer(operand).slice((int) from, (int) length), operand.type());
    }
}
