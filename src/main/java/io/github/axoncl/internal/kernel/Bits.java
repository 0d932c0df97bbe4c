package io.github.axoncl.internal.kernel;

/** Scalars as 64 bits: 32-bit types in the low half with zeros above, a bool as 0 or 1. */
public final class Bits {
    private Bits() {
    }

    static long of(float value) {
        return Float.floatToRawIntBits(value) & 0xFFFFFFFFL;
    }

    static long of(double value) {
        return Double.doubleToRawLongBits(value);
    }

    static long of(int value) {
        return value & 0xFFFFFFFFL;
    }

    static long of(boolean value) {
        return value ? 1 : 0;
    }

    /** The float that the bits are. */
    public static float toFloat(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    /** The double that the bits are. */
    public static double toDouble(long bits) {
        return Double.longBitsToDouble(bits);
    }
}
