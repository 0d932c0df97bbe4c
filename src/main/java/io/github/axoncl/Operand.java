package io.github.axoncl;

import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * Elements that an operation reads or writes: a part of an array, a NIO buffer or a {@link DeviceBuffer}. Kinds may be mixed in
 * one call.
 *
 * <p><b>Lengths.</b> All operands of a call have the same length and type.
 * <b>Aliasing.</b> An operand refers to its memory, it does not copy it: what is written to one is seen through every other that
 * refers to the same elements. An output may be an input, the same elements exactly, see {@link Backend}.
 * <b>Threads.</b> Operands are immutable, their elements are not: two threads that use the same elements order themselves.
 * <b>Errors.</b> What does not lie within its array, or is not of native byte order, is an {@link IllegalArgumentException} when
 * the operand is made; whether it fits the call is checked by the call.
 */
public sealed interface Operand permits Operand.OfFloats, Operand.OfFloatBuffer, DeviceBuffer {

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
     * @return the operand */
    static Operand of(float[] array) {
        Objects.requireNonNull(array, "array");
        return new OfFloats(array, 0, array.length);
    }

    /** A part of an array.
     *
     * @param array  the array
     * @param offset the index of the first element
     * @param length the number of elements
     * @return the operand
     * @throws IllegalArgumentException if the part does not lie within the array */
    static Operand of(float[] array, int offset, int length) {
        return new OfFloats(array, offset, length);
    }

    /** The elements of a buffer from its position to its limit, as they are now; later changes of position and limit do not
     * matter. A direct buffer crosses to a device with unified memory without a copy.
     *
     * @param buffer the buffer, direct or not
     * @return the operand
     * @throws IllegalArgumentException if the buffer is direct and not of native byte order */
    static Operand of(FloatBuffer buffer) {
        return new OfFloatBuffer(Objects.requireNonNull(buffer, "buffer").slice());
    }

    /** A part of an array.
     *
     * @param array  the array
     * @param offset the index of the first element
     * @param count  the number of elements */
    record OfFloats(float[] array, int offset, int count) implements Operand {

        /** Checks the bounds.
         *
         * @param array  the array
         * @param offset the index of the first element
         * @param count  the number of elements
         * @throws NullPointerException     if the array is null
         * @throws IllegalArgumentException if the part does not lie within the array */
        public OfFloats {
            Objects.requireNonNull(array, "array");
            if (offset < 0 || count < 0 || offset > array.length - count) {
                throw new IllegalArgumentException("offset " + offset + " and length " + count
                        + " do not lie within an array of " + array.length + " elements");
            }
        }

        @Override
        public long length() {
            return count;
        }

        @Override
        public DType type() {
            return DType.FLOAT32;
        }
    }

    /** A buffer, from index 0 to its limit.
     *
     * @param buffer the buffer; its position is 0 */
    record OfFloatBuffer(FloatBuffer buffer) implements Operand {

        /** Checks the byte order.
         *
         * @param buffer the buffer
         * @throws NullPointerException     if the buffer is null
         * @throws IllegalArgumentException if the buffer is direct and not of native byte order, or its position is not 0 */
        public OfFloatBuffer {
            Objects.requireNonNull(buffer, "buffer");
            if (buffer.isDirect() && buffer.order() != ByteOrder.nativeOrder()) {
                throw new IllegalArgumentException("a direct buffer must have native byte order (" + ByteOrder.nativeOrder()
                        + "), but has " + buffer.order());
            }
            if (buffer.position() != 0) {
                throw new IllegalArgumentException("position " + buffer.position() + ": must be 0, use Operand.of(buffer)");
            }
        }

        @Override
        public long length() {
            return buffer.limit();
        }

        @Override
        public DType type() {
            return DType.FLOAT32;
        }
    }
}
