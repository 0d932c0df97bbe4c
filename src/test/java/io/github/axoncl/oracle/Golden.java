package io.github.axoncl.oracle;

import io.github.axoncl.Backend;
import io.github.axoncl.Operand;

import java.util.List;

/**
 * The golden checksum of a function and operation: one number for its results at the bit patterns p = 0, s, 2s, ... below
 * 2<sup>32</sup>, s being the stride.
 *
 * <p>It is the sum modulo 2<sup>64</sup> of mix(p 2<sup>32</sup> + r), where r is the result's bit pattern, every NaN being
 * 7fc00000, and mix is the last step of SplitMix64 (Steele et al. 2014). A sum, so it depends neither on the order nor on how
 * the patterns are shared among calls and threads.
 */
public final class Golden {
    /** The strides for which checksums are kept: every float, and subsets that slower backends can compute. */
    public static final List<Long> STRIDES = List.of(1L, 257L, 65537L, 1048583L);
    /** The number of bit patterns. */
    public static final long PATTERNS = 1L << 32;

    private Golden() {
    }

    /** How many patterns have a stride as divisor.
     *
     * @param stride the stride
     * @return the number of patterns, 0 included */
    public static long count(long stride) {
        return (PATTERNS + stride - 1) / stride;
    }

    /** Fills an array with the floats of consecutive multiples of the stride.
     *
     * @param first  the first pattern
     * @param stride the stride
     * @param x      the array
     * @param length how many are filled */
    public static void inputs(long first, long stride, float[] x, int length) {
        for (int i = 0; i < length; i++) {
            x[i] = Float.intBitsToFloat((int) (first + i * stride));
        }
    }

    /** A part of the sum.
     *
     * @param first   the pattern to which the first result belongs
     * @param stride  the stride
     * @param results the results
     * @param length  how many are added
     * @return their sum */
    public static long sum(long first, long stride, float[] results, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += mix(first + i * stride << 32 | Float.floatToIntBits(results[i]) & 0xFFFFFFFFL);
        }
        return sum;
    }

    /** The checksum of a function.
     *
     * @param backend what computes it
     * @param tested  the function and operation
     * @param stride  the stride
     * @param batch   the largest number of elements in one call
     * @return the checksum */
    public static long checksum(Backend backend, GoldenCase tested, long stride, int batch) {
        float[] x = new float[(int) Math.min(batch, count(stride))];
        float[] y = new float[x.length];
        long sum = 0;
        long count = count(stride);
        for (long done = 0; done < count; done += x.length) {
            int length = (int) Math.min(x.length, count - done);
            inputs(done * stride, stride, x, length);
            compute(backend, tested, Operand.of(x, 0, length), Operand.of(y, 0, length));
            sum += sum(done * stride, stride, y, length);
        }
        return sum;
    }

    /** Computes one of the operations that have checksums.
     *
     * @param backend what computes it
     * @param tested  the function and operation
     * @param x       the input
     * @param y       the output */
    public static void compute(Backend backend, GoldenCase tested, Operand x, Operand y) {
        switch (tested.operation()) {
            case FORWARD -> backend.forward(tested.function(), x, y);
            case DERIVATIVE -> backend.derivative(tested.function(), x, y);
            default -> throw new IllegalArgumentException(tested + " has no golden checksum");
        }
    }

    /** A checksum as it is written.
     *
     * @param checksum the sum
     * @return 16 hexadecimal digits */
    public static String text(long checksum) {
        return String.format("%016x", checksum);
    }

    private static long mix(long z) {
        long a = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ a >>> 27) * 0x94D049BB133111EBL;
        return b ^ b >>> 31;
    }
}
