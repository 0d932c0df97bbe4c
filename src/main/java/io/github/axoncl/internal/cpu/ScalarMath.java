package io.github.axoncl.internal.cpu;

/** What generated scalar code calls because Java 17 has no instruction or method for it. */
final class ScalarMath {
    private ScalarMath() {
    }

    static int multiplyHigh(int a, int b) {
        return (int) ((long) a * b >> 32);
    }

    static int multiplyHighUnsigned(int a, int b) {
        return (int) (Integer.toUnsignedLong(a) * Integer.toUnsignedLong(b) >>> 32);
    }

    static long multiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b);
    }

    static long multiplyHighUnsigned(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }
}
