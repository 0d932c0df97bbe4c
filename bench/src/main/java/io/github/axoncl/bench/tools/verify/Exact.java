package io.github.axoncl.bench.tools.verify;

import java.util.Arrays;

/** The exact elements of an output, and the numbers whose last places are the units of their errors. */
final class Exact {
    private final double[] values;
    /** NaN where the error is not judged. */
    private final double[] magnitudes;

    Exact(int length) {
        values = new double[length];
        magnitudes = new double[length];
        Arrays.fill(magnitudes, Double.NaN);
    }

    /** Says what is exact; until then, an element is not judged. */
    void set(int index, double value, double magnitude) {
        values[index] = value;
        magnitudes[index] = Double.isNaN(magnitude) ? 0 : magnitude;
    }

    void set(int index, double value) {
        set(index, value, value);
    }

    boolean isJudged(int index) {
        return !Double.isNaN(magnitudes[index]);
    }

    double value(int index) {
        return values[index];
    }

    double magnitude(int index) {
        return magnitudes[index];
    }
}
