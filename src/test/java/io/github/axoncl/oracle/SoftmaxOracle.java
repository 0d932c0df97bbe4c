package io.github.axoncl.oracle;

import static java.lang.StrictMath.abs;
import static java.lang.StrictMath.exp;

/** e<sup>x<sub>i</sub></sup> / Σ e<sup>x<sub>j</sub></sup> and its gradient, in double with compensated sums. */
final class SoftmaxOracle implements RowOracle {

    @Override
    public double[] forward(float... x) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (float value : x) {
            maximum = Math.max(maximum, value);
        }
        double[] y = new double[x.length];
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < x.length; i++) {
            // +inf - +inf is NaN, as the row shall be; a row of -inf likewise
            y[i] = exp(x[i] - maximum);
            sum.add(y[i]);
        }
        for (int i = 0; i < x.length; i++) {
            y[i] /= sum.value();
        }
        return y;
    }

    @Override
    public Gradient backward(float[] y, float[] dy) {
        CompensatedSum sum = new CompensatedSum();
        for (int i = 0; i < y.length; i++) {
            sum.add((double) dy[i] * y[i]);
        }
        double d = sum.value();
        double[] value = new double[y.length];
        double[] magnitude = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            value[i] = y[i] * (dy[i] - d);
            magnitude[i] = Math.max(abs((double) y[i] * dy[i]), abs(y[i] * d));
        }
        return new Gradient(value, magnitude);
    }
}
