package io.github.axoncl.bench.tools.npy;

/** The element types that are read; what is written is float32. */
public enum NpyType {
    /** Numbers. */
    FLOAT32("<f4", Float.BYTES, "float32, little endian"),
    /** Class indices. */
    INT32("<i4", Integer.BYTES, "int32, little endian"),
    /** Masks. */
    BOOL("|b1", Byte.BYTES, "bool"),
    /** Masks too. */
    UINT8("|u1", Byte.BYTES, "uint8");

    private final String descr;
    private final int bytes;
    private final String title;

    NpyType(String descr, int bytes, String title) {
        this.descr = descr;
        this.bytes = bytes;
        this.title = title;
    }

    /** What a header's dictionary calls it. */
    String descr() {
        return descr;
    }

    /** The size of one element.
     *
     * @return the number of bytes */
    public int bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "'" + descr + "' (" + title + ")";
    }
}
