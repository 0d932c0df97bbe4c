package io.github.axoncl;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.ShortBuffer;
import java.util.Objects;

/**
 * Elements that an operation reads or writes: a part of an array, a NIO buffer or a {@link DeviceBuffer}. Kinds may be mixed in
 * one call.
 *
 * <p><b>Lengths.</b> All operands of a call have the same length and type.
 * <b>Aliasing.</b> An operand refers to its memory, it does not copy it: what is written to one is seen through every other
 * that refers to the same elements. An output may be an input, the same elements exactly, see {@link Backend}.
 * <b>Threads.</b> Operands are immutable, their elements are not: two threads that use the same elements order themselves.
 * <b>Errors.</b> What does not lie within its array, or is not of native byte order, is an {@link IllegalArgumentException}
 * when the operand is made; whether it fits the call is checked by the call.
 */
public sealed interface Operand permits Operand.OfArray, Operand.OfBuffer, DeviceBuffer {

    /** The number of elements; may be 0.
     *
     * @return the length */
    long length();

    /** The type of the elements.
     *
     * @return the type */
    DType type();

    /** A whole array.
     *
     * @param array the elements
     * @return the operand, of type {@link DType#FLOAT32} */
    static Operand of(float[] array) {
        Objects.requireNonNull(array, "array");
        return new OfArray(array, 0, array.length, DType.FLOAT32);
    }

    /** A part of an array.
     *
     * @param array  the array
     * @param offset the index of the first element
     * @param length the number of elements
     * @return the operand, of type {@link DType#FLOAT32}
     * @throws IllegalArgumentException if the part does not lie within the array */
    static Operand of(float[] array, int offset, int length) {
        return new OfArray(array, offset, length, DType.FLOAT32);
    }

    /** A whole array.
     *
     * @param array the elements
     * @return the operand, of type {@link DType#FLOAT64} */
    static Operand of(double[] array) {
        Objects.requireNonNull(array, "array");
        return new OfArray(array, 0, array.length, DType.FLOAT64);
    }

    /** A part of an array.
     *
     * @param array  the array
     * @param offset the index of the first element
     * @param length the number of elements
     * @return the operand, of type {@link DType#FLOAT64}
     * @throws IllegalArgumentException if the part does not lie within the array */
    static Operand of(double[] array, int offset, int length) {
        return new OfArray(array, offset, length, DType.FLOAT64);
    }

    /** A whole array of 16-bit numbers.
     *
     * @param array the bits of the elements
     * @param type  {@link DType#FLOAT16} or {@link DType#BFLOAT16}
     * @return the operand
     * @throws IllegalArgumentException if the type has not 16 bits */
    static Operand of(short[] array, DType type) {
        Objects.requireNonNull(array, "array");
        return new OfArray(array, 0, array.length, type);
    }

    /** A part of an array of 16-bit numbers.
     *
     * @param array  the array with the bits of the elements
     * @param offset the index of the first element
     * @param length the number of elements
     * @param type   {@link DType#FLOAT16} or {@link DType#BFLOAT16}
     * @return the operand
     * @throws IllegalArgumentException if the part does not lie within the array, or the type has not 16 bits */
    static Operand of(short[] array, int offset, int length, DType type) {
        return new OfArray(array, offset, length, type);
    }

    /** A whole array of indices.
     *
     * @param array the elements
     * @return the operand, of type {@link DType#INT32} */
    static Operand of(int[] array) {
        Objects.requireNonNull(array, "array");
        return new OfArray(array, 0, array.length, DType.INT32);
    }

    /** A part of an array of indices.
     *
     * @param array  the array
     * @param offset the index of the first element
     * @param length the number of elements
     * @return the operand, of type {@link DType#INT32}
     * @throws IllegalArgumentException if the part does not lie within the array */
    static Operand of(int[] array, int offset, int length) {
        return new OfArray(array, offset, length, DType.INT32);
    }

    /** A whole array of bytes.
     *
     * @param array the elements
     * @return the operand, of type {@link DType#UINT8} */
    static Operand of(byte[] array) {
        Objects.requireNonNull(array, "array");
        return new OfArray(array, 0, array.length, DType.UINT8);
    }

    /** A part of an array of bytes.
     *
     * @param array  the array
     * @param offset the index of the first element
     * @param length the number of elements
     * @return the operand, of type {@link DType#UINT8}
     * @throws IllegalArgumentException if the part does not lie within the array */
    static Operand of(byte[] array, int offset, int length) {
        return new OfArray(array, offset, length, DType.UINT8);
    }

    /** The elements of a buffer from its position to its limit, as they are now; later changes of position and limit do not
     * matter. A direct buffer crosses to a device with unified memory without a copy.
     *
     * @param buffer the buffer, direct or not
     * @return the operand, of type {@link DType#FLOAT32}
     * @throws IllegalArgumentException if the buffer is direct and not of native byte order */
    static Operand of(FloatBuffer buffer) {
        return new OfBuffer(Objects.requireNonNull(buffer, "buffer").slice(), DType.FLOAT32);
    }

    /** The elements of a buffer from its position to its limit, see {@link #of(FloatBuffer)}.
     *
     * @param buffer the buffer, direct or not
     * @return the operand, of type {@link DType#FLOAT64}
     * @throws IllegalArgumentException if the buffer is direct and not of native byte order */
    static Operand of(DoubleBuffer buffer) {
        return new OfBuffer(Objects.requireNonNull(buffer, "buffer").slice(), DType.FLOAT64);
    }

    /** The elements of a buffer of 16-bit numbers from its position to its limit, see {@link #of(FloatBuffer)}.
     *
     * @param buffer the buffer, direct or not, with the bits of the elements
     * @param type   {@link DType#FLOAT16} or {@link DType#BFLOAT16}
     * @return the operand
     * @throws IllegalArgumentException if the buffer is direct and not of native byte order, or the type has not 16 bits */
    static Operand of(ShortBuffer buffer, DType type) {
        return new OfBuffer(Objects.requireNonNull(buffer, "buffer").slice(), type);
    }

    /** The indices in a buffer from its position to its limit, see {@link #of(FloatBuffer)}.
     *
     * @param buffer the buffer, direct or not
     * @return the operand, of type {@link DType#INT32}
     * @throws IllegalArgumentException if the buffer is direct and not of native byte order */
    static Operand of(IntBuffer buffer) {
        return new OfBuffer(Objects.requireNonNull(buffer, "buffer").slice(), DType.INT32);
    }

    /** The bytes of a buffer from its position to its limit, see {@link #of(FloatBuffer)}.
     *
     * @param buffer the buffer, direct or not
     * @return the operand, of type {@link DType#UINT8} */
    static Operand of(ByteBuffer buffer) {
        return new OfBuffer(Objects.requireNonNull(buffer, "buffer").slice(), DType.UINT8);
    }

    /** A part of an array. Compared by identity. */
    final class OfArray implements Operand {
        // Not final for the sake of {@link CallScratch}: those that users see never change.
        private Object array;
        private int offset;
        private int count;
        private DType type;

        /** One that refers to nothing yet. */
        OfArray() {
        }

        /** Checks the type and the bounds.
         *
         * @param array  the array: {@code float[]}, {@code double[]}, {@code short[]}, {@code int[]} or {@code byte[]}, as the
         *               type asks for
         * @param offset the index of the first element
         * @param count  the number of elements
         * @param type   the type of the elements
         * @throws NullPointerException     if the array or the type is null
         * @throws IllegalArgumentException if the part does not lie within the array, or the array is of another type */
        public OfArray(Object array, int offset, int count, DType type) {
            Objects.requireNonNull(array, "array");
            Objects.requireNonNull(type, "type");
            boolean fits = array instanceof float[] ? type == DType.FLOAT32 : array instanceof double[] ? type == DType.FLOAT64
                    : array instanceof int[] ? type == DType.INT32 : array instanceof byte[] ? type == DType.UINT8
                    : array instanceof short[] && type.bytes() == Short.BYTES;
            if (!fits) {
                throw new IllegalArgumentException("a " + array.getClass().getSimpleName() + " does not hold " + type);
            }
            int size = java.lang.reflect.Array.getLength(array);
            if (offset < 0 || count < 0 || offset > size - count) {
                throw new IllegalArgumentException("offset " + offset + " and length " + count
                        + " do not lie within an array of " + size + " elements");
            }
            this.array = array;
            this.offset = offset;
            this.count = count;
            this.type = type;
        }

        Operand refer(float[] whole) {
            array = whole;
            count = whole.length;
            type = DType.FLOAT32;
            return this;
        }

        void forget() {
            array = null;
        }

        /** The array.
         *
         * @return an array of the type's elements */
        public Object array() {
            return array;
        }

        /** Where the part begins.
         *
         * @return the index of its first element in the array */
        public int offset() {
            return offset;
        }

        /** How long the part is.
         *
         * @return the number of elements */
        public int count() {
            return count;
        }

        @Override
        public DType type() {
            return type;
        }

        @Override
        public long length() {
            return count;
        }

        @Override
        public String toString() {
            return count + " " + type + " of an array, from index " + offset;
        }
    }

    /** A buffer, from index 0 to its limit.
     *
     * @param buffer the buffer: a FloatBuffer, DoubleBuffer, ShortBuffer, IntBuffer or ByteBuffer, as the type asks for; its
     *               position is 0
     * @param type   the type of the elements */
    record OfBuffer(Buffer buffer, DType type) implements Operand {

        /** Checks the type and the byte order.
         *
         * @param buffer the buffer
         * @param type   the type of the elements
         * @throws NullPointerException     if the buffer or the type is null
         * @throws IllegalArgumentException if the buffer is of another type, or direct and not of native byte order, or its
         *                                  position is not 0 */
        public OfBuffer {
            Objects.requireNonNull(buffer, "buffer");
            Objects.requireNonNull(type, "type");
            ByteOrder order = ByteOrder.nativeOrder();
            boolean fits;
            if (buffer instanceof FloatBuffer floats) {
                order = floats.order();
                fits = type == DType.FLOAT32;
            } else if (buffer instanceof DoubleBuffer doubles) {
                order = doubles.order();
                fits = type == DType.FLOAT64;
            } else if (buffer instanceof IntBuffer ints) {
                order = ints.order();
                fits = type == DType.INT32;
            } else if (buffer instanceof ShortBuffer shorts) {
                order = shorts.order();
                fits = type.bytes() == Short.BYTES;
            } else {
                fits = buffer instanceof ByteBuffer && type == DType.UINT8;
            }
            if (!fits) {
                throw new IllegalArgumentException("a " + buffer.getClass().getSimpleName() + " does not hold " + type);
            }
            if (buffer.isDirect() && order != ByteOrder.nativeOrder()) {
                throw new IllegalArgumentException("a direct buffer must have native byte order (" + ByteOrder.nativeOrder()
                        + "), but has " + order);
            }
            if (buffer.position() != 0) {
                throw new IllegalArgumentException("position " + buffer.position() + ": must be 0, use Operand.of(buffer)");
            }
        }

        @Override
        public long length() {
            return buffer.limit();
        }
    }
}
