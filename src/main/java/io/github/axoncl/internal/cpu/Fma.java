package io.github.axoncl.internal.cpu;

/** The fused multiply-add where the processor has none: {@link Math#fma} would go through BigDecimal, thousands of times
 * slower. */
final class Fma {
    /** Whether {@link Math#fma} is an instruction on this machine; measured once. */
    static final boolean HARDWARE = probe();

    private Fma() {
    }

    /** a b + c, rounded once. The product of two floats is exact in double; the sum is rounded to odd there, which makes the
     * second rounding, to float, the only one that counts. */
    static float fma(float a, float b, float c) {
        double product = (double) a * b;
        double sum = product + c;
        double bits = sum - product;
        double error = (product - (sum - bits)) + (c - bits);
        if (error != 0 && Math.abs(sum) <= Double.MAX_VALUE) {
            long odd = Double.doubleToRawLongBits(sum);
            if ((odd & 1) == 0) {
                // Towards the error: one step away from zero if it has the sum's sign, one towards zero otherwise.
                odd += (error > 0) == (sum > 0) ? 1 : -1;
                sum = Double.longBitsToDouble(odd);
            }
        }
        return (float) sum;
    }

    /** A BigDecimal takes about a microsecond, an instruction behind the slowest interpreter a tenth of that. */
    private static boolean probe() {
        final int calls = 200;
        long best = Long.MAX_VALUE;
        float sum = 1;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                sum = Math.fma(sum, 0.9990234f, 1.0000001f);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best < calls * 250L && sum > 0;
    }
}
