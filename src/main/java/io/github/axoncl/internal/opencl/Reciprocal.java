package io.github.axoncl.internal.opencl;

/** What {@code lib/map.cl} multiplies by in place of dividing. */
final class Reciprocal {
    /** The bits of the numbers that are divided: 2^31 and more are not. */
    private static final int BITS = 31;

    private Reciprocal() {
    }

    /** The reciprocal of a number d from 1 to 2^30, as m + 2^32 s with s = ceil(log2 d) and m = ceil(2^(31 + s) / d).
     *
     * <p>For g < 2^31, floor(g m / 2^(31 + s)) = floor(g / d), since m d exceeds 2^(31 + s) by less than d <= 2^s.
     * <br>Source: Granlund and Montgomery, Division by invariant integers using multiplication, 1994 */
    static long of(long divisor) {
        int shift = Long.SIZE - Long.numberOfLeadingZeros(divisor - 1);
        long power = 1L << BITS + shift;
        return (power + divisor - 1) / divisor | (long) shift << Integer.SIZE;
    }
}
