package io.github.axoncl;

/** The type of the elements of an {@link Operand}. All operands of a call have the same. */
public enum DType {
    /** IEEE 754 binary32, Java's {@code float}. */
    FLOAT32(4);

    private final int bytes;

    DType(int bytes) {
        this.bytes = bytes;
    }

    /** The size of one element.
     *
     * @return the number of bytes */
    public int bytes() {
        return bytes;
    }
}
