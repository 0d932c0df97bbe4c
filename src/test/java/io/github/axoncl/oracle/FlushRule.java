package io.github.axoncl.oracle;

/**
 * What may differ on a device that flushes subnormal numbers, and how far: the one rule of tests and workbench.
 *
 * <p>Where a number that goes in or comes out is below 2<sup>-90</sup>, intermediate numbers may be subnormal. The result may
 * then be zero, the exact one for flushed inputs, within 2 ULP, or off by what flushing loses, less than 2<sup>-126</sup> for
 * each number. Where one is below 2<sup>-62</sup> its square may be subnormal, which decides how a tie is rounded: 1 ULP.
 */
public final class FlushRule {
    private static final float ZONE = 0x1p-90f;
    private static final float SQUARE_IS_SUBNORMAL = 0x1p-62f;

    private FlushRule() {
    }

    /** Whether flushing explains a difference.
     *
     * @param actual          what the device gave
     * @param expected        the CPU's result
     * @param ofFlushedInputs the CPU's result for inputs in which subnormals are zero; NaN if that is not known
     * @param lost            how many numbers may be flushed on the way, times the factor that multiplies them
     * @param numbers         the numbers that go in and come out
     * @return true if so */
    public static boolean explains(float actual, float expected, float ofFlushedInputs, double lost, float... numbers) {
        float smallest = Math.abs(expected);
        for (float number : numbers) {
            smallest = Math.abs(number) < smallest ? Math.abs(number) : smallest;
        }
        double difference = Math.abs((double) actual - expected);
        boolean small = actual == 0 || actual == ofFlushedInputs
                || difference <= Math.max(2.0 * Math.ulp(expected), lost * Float.MIN_NORMAL);
        return smallest < ZONE && small || smallest < SQUARE_IS_SUBNORMAL && difference <= Math.ulp(expected);
    }
}
