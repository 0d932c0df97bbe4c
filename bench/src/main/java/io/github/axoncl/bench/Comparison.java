package io.github.axoncl.bench;

import io.github.axoncl.bench.VerifyCase.Exact;
import io.github.axoncl.bench.VerifyCase.Inputs;
import io.github.axoncl.oracle.FlushRule;
import io.github.axoncl.oracle.Ulp;

/**
 * What comes of comparing one case's results with the CPU's scalar ones, in bits, and with the exact ones.
 *
 * @param values    how many were compared
 * @param differing how many differ in bits beyond what flushing explains
 * @param flushed   how many differ as a device may that flushes subnormals; 0 where that is not allowed
 * @param maxUlp    the largest error against the exact values, those that flushing explains left out
 * @param worst     the input of the largest error, or of the first value that differs
 */
record Comparison(long values, long differing, long flushed, double maxUlp, String worst) {
    /** Compares; {@code flushes} is how many numbers may be flushed on the way to one result, 0 on a bit-exact device. */
    static Comparison of(Inputs in, float[] expected, float[] actual, Exact exact, int flushes) {
        long differing = 0;
        long flushed = 0;
        double maxUlp = -1;
        int worst = 0;
        int first = -1;
        for (int i = 0; i < actual.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                if (flushes > 0 && flushed(in, i, actual.length, expected[i], actual[i], flushes)) {
                    flushed++;
                    continue;
                }
                differing++;
                first = first < 0 ? i : first;
            }
            if (!Double.isNaN(exact.magnitude()[i])) {
                double ulp = Ulp.error(actual[i], exact.value()[i], exact.magnitude()[i]);
                if (ulp > maxUlp) {
                    maxUlp = ulp;
                    worst = i;
                }
            }
        }
        String text = first < 0 ? in.text(worst, actual.length)
                : in.text(first, actual.length) + " gave " + actual[first] + ", not " + expected[first];
        return new Comparison(actual.length, differing, flushed, Math.max(maxUlp, 0), text);
    }

    /** A gradient above 1 multiplies what was lost. */
    private static boolean flushed(Inputs in, int i, int results, float expected, float actual, int flushes) {
        float gradient = in.dy() == null ? 1 : Inputs.at(in.dy(), i, results);
        return FlushRule.explains(actual, expected, Float.NaN, flushes * Math.max(1.0, Math.abs(gradient)),
                Inputs.at(in.x(), i, results), gradient);
    }
}
