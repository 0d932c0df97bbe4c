package io.github.axoncl;

/** The type of the elements of an {@link Operand}. All operands of an element-wise call have the same. */
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
    BFLOAT16(2),
    /** Indices, Java's {@code int}: the classes of a loss. Not a type to compute with. */
    INT32(4),
    /** A Java {@code byte} from 0 to 255: masks, where 0 hides an element and everything else keeps it. Not a type to compute
     * with. */
    UINT8(1);

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

    /** Whether functions take elements of this type.
     *
     * @return false for indices and masks */
    public boolean isReal() {
        return this != INT32 && this != UINT8;
    }

    /** The name as users write it.
     *
     * @return for example {@code float32} */
    public String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
