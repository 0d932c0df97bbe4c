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

    /** Copies from an operand to memory outside the heap.
     *
     * @param to     memory of native byte order
     * @param toByte where the first element goes */
    public static void read(Operand from, long at, ByteBuffer to, int toByte, int length) {
        copy(view(from), base(from) + Math.toIntExact(at), elements(to, toByte, length, from.type()), 0, length);
    }

    /** Copies from memory outside the heap to an operand.
     *
     * @param from     memory of native byte order
     * @param fromByte where the first element lies */
    public static void write(ByteBuffer from, int fromByte, Operand to, long at, int length) {
        copy(elements(from, fromByte, length, to.type()), 0, view(to), base(to) + Math.toIntExact(at), length);
    }

    private static Buffer elements(ByteBuffer memory, int fromByte, int length, DType type) {
        ByteBuffer part = memory.slice(fromByte, length * type.bytes()).order(memory.order());
        return switch (type) {
            case FLOAT32 -> part.asFloatBuffer();
            case FLOAT64 -> part.asDoubleBuffer();
            case FLOAT16, BFLOAT16 -> part.asShortBuffer();
            case INT32 -> part.asIntBuffer();
            case UINT8 -> part;
        };
    }

    /** The elements of an operand from {@link #base} on. */
    private static Buffer view(Operand operand) {
        if (!(operand instanceof Operand.OfArray part)) {
            return buffer(operand);
        }
        return switch (part.type()) {
            case FLOAT32 -> FloatBuffer.wrap((float[]) part.array());
            case FLOAT64 -> DoubleBuffer.wrap((double[]) part.array());
            case FLOAT16, BFLOAT16 -> ShortBuffer.wrap((short[]) part.array());
            case INT32 -> IntBuffer.wrap((int[]) part.array());
            case UINT8 -> ByteBuffer.wrap((byte[]) part.array());
        };
    }

    private static int base(Operand operand) {
        return operand instanceof Operand.OfArray part ? part.offset() : 0;
    }

    private static void copy(Buffer from, int fromAt, Buffer to, int toAt, int length) {
        if (to instanceof FloatBuffer floats) {
            floats.put(toAt, (FloatBuffer) from, fromAt, length);
        } else if (to instanceof DoubleBuffer doubles) {
            doubles.put(toAt, (DoubleBuffer) from, fromAt, length);
        } else if (to instanceof ShortBuffer shorts) {
            shorts.put(toAt, (ShortBuffer) from, fromAt, length);
        } else if (to instanceof IntBuffer ints) {
            ints.put(toAt, (IntBuffer) from, fromAt, length);
        } else {
            ((ByteBuffer) to).put(toAt, (ByteBuffer) from, fromAt, length);
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
