package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.DType;
import io.github.axoncl.bench.tools.verify.Trial.Output;
import io.github.axoncl.oracle.FlushRule;
import io.github.axoncl.oracle.Ulp;

/**
 * What comes of comparing one output with the CPU's scalar one, in bits, and with the exact one.
 *
 * @param values    how many were compared
 * @param differing how many differ in bits beyond what flushing explains
 * @param flushed   how many differ as a device may that flushes subnormals; 0 where that is not allowed
 * @param judged    how many could be judged by their error or by what flushing explains
 * @param maxUlp    the largest error against the exact values, those that flushing explains left out
 * @param limit     the largest error allowed; infinite where none is judged
 * @param worst     the inputs of the largest error, or of the first value that differs
 */
record Comparison(long values, long differing, long flushed, long judged, double maxUlp, double limit, String worst) {

    /** Compares.
     *
     * @param trial     what was computed
     * @param output    which of its outputs
     * @param expected  the CPU's scalar result
     * @param actual    what is compared with it
     * @param exact     the exact one
     * @param ofFlushed the scalar result for flushed inputs; null on a bit-exact device, where flushing explains nothing */
    static Comparison of(Trial trial, Output output, Values expected, Values actual, Exact exact, Values ofFlushed) {
        long differing = 0;
        long flushed = 0;
        long judged = 0;
        double maxUlp = -1;
        int worst = 0;
        int first = -1;
        for (int i = 0; i < output.length(); i++) {
            if (!actual.same(i, expected, i)) {
                if (ofFlushed != null && isFlushed(trial, output, i, expected, actual, ofFlushed)) {
                    flushed++;
                    continue;
                }
                differing++;
                first = first < 0 ? i : first;
            }
            if (exact.isJudged(i)) {
                judged++;
                double ulp = Ulp.error(actual.number(i), exact.value(i), exact.magnitude(i));
                if (ulp > maxUlp) {
                    maxUlp = ulp;
                    worst = i;
                }
            }
        }
        String text = first >= 0 ? trial.text(output, first) + " gave " + actual.text(first) + ", not " + expected.text(first)
                : maxUlp > 0 ? trial.text(output, worst) : "";
        return new Comparison(output.length(), differing, flushed, judged + flushed, Math.max(maxUlp, 0), output.limit(), text);
    }

    /** Whether every bit is as it should be and no error above its limit. Where there is a limit, something must be judged. */
    boolean isGood() {
        return differing == 0 && maxUlp <= limit && (judged > 0 || Double.isInfinite(limit));
    }

    /** A factor above 1 multiplies what was lost. Numbers of bfloat16, but not of float16, may be subnormal in float32. */
    private static boolean isFlushed(Trial trial, Output output, int i, Values expected, Values actual, Values ofFlushed) {
        if (output.type() != DType.FLOAT32 && output.type() != DType.BFLOAT16) {
            return false;
        }
        float[] numbers = trial.numbers(output, i);
        float other = Float.NaN;
        if (output.type() == DType.BFLOAT16) {
            for (float number : numbers) {
                if (Math.abs(number) < Float.MIN_NORMAL && actual.same(i, ofFlushed, i)) {
                    return true;
                }
            }
            other = ofFlushed.number(i);
        }
        return FlushRule.explains(actual.number(i), expected.number(i), other, output.flushes() * trial.factor(output, i),
                numbers);
    }
}
