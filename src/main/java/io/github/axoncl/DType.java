package io.github.axoncl;

/** The type of the elements of an {@link Operand}. All operands of a call have the same. */
public enum DType {
    /** IEEE 754 binary32, Java's {@code float}. */
    FLOAT32(4),
    /** IEEE 754 binary64, Java's {@code double}. Functions are computed in double; a device without it leaves such calls to the
     * CPU. */
    FLOAT64(8),
    /** IEEE 754 binary16, the bits of an element in a Java {@code short}. For storage: functions are computed in float32 and
     * rounded once, to nearest even; every device can do that. */
    FLOAT16(2),
    /** bfloat16, the upper half of a binary32, in a Java {@code short}. For storage, as {@link #FLOAT16}. */
    BFLOAT16(2);

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

    /** The name as users write it.
     *
     * @return for example {@code float32} */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
