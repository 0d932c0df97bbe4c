package io.github.axoncl.oracle;

import io.github.axoncl.oracle.RowOracle.Judged;

import java.util.Arrays;

import static java.lang.StrictMath.abs;
import static java.lang.StrictMath.exp;
import static java.lang.StrictMath.log;
import static java.lang.StrictMath.log1p;

/** The functions of rows in double, with compensated sums. */
final class RowMath {
    private RowMath() {
    }

    static float[] negated(float... x) {
        float[] y = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            y[i] = -x[i];
        }
        return y;
    }

    /** NaN wins. */
    private static double maximum(float... x) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (float value : x) {
            maximum = Math.max(maximum, value);
        }
        return maximum;
    }

    /** e^(z - maximum); +inf - +inf is NaN, as such a row shall be, and so is a row of -inf. */
    private static double[] terms(float... z) {
        double maximum = maximum(z);
        double[] terms = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            terms[i] = exp(z[i] - maximum);
        }
        return terms;
    }

    private static double sum(double... terms) {
        CompensatedSum sum = new CompensatedSum();
        for (double term : terms) {
            sum.add(term);
        }
        return sum.value();
    }

    /** The logarithm of the sum of e^(z - maximum), to its own last place where one element is far above the rest. */
    private static double logSum(float... z) {
        double[] terms = terms(z);
        int largest = 0;
        for (int i = 1; i < z.length; i++) {
            largest = z[i] > z[largest] ? i : largest;
        }
        double[] others = terms.clone();
        others[largest] = 0;
        return terms[largest] == 1 ? log1p(sum(others)) : log(sum(terms));
    }

    static Judged softmax(float... z) {
        double[] y = terms(z);
        double sum = sum(y);
        for (int i = 0; i < y.length; i++) {
            y[i] /= sum;
        }
        return Judged.of(y);
    }

    static Judged centred(float[] y, float... dy) {
        double[] products = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            products[i] = (double) dy[i] * y[i];
        }
        double d = sum(products);
        double[] value = new double[y.length];
        double[] magnitude = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            value[i] = y[i] * (dy[i] - d);
            magnitude[i] = Math.max(abs(products[i]), abs(y[i] * d));
        }
        return new Judged(value, magnitude);
    }

    static Judged logSoftmax(float... z) {
        double maximum = maximum(z);
        double logSum = logSum(z);
        double[] y = new double[z.length];
        for (int i = 0; i < z.length; i++) {
            y[i] = z[i] - maximum - logSum;
        }
        return Judged.of(y);
    }

    static Judged logSoftmaxGradient(float[] y, float... dy) {
        double total = sum(doubles(dy));
        double[] value = new double[y.length];
        double[] magnitude = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            double product = exp(y[i]) * total;
            value[i] = dy[i] - product;
            magnitude[i] = Math.max(abs((double) dy[i]), abs(product));
        }
        return new Judged(value, magnitude);
    }

    static double[] doubles(float... values) {
        double[] wide = new double[values.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = values[i];
        }
        return wide;
    }

    static Judged logSumExp(float... z) {
        double maximum = maximum(z);
        if (Double.isInfinite(maximum) || Double.isNaN(maximum)) {
            return Judged.of(maximum);
        }
        double logSum = logSum(z);
        return new Judged(new double[] {maximum + logSum}, new double[] {Math.max(abs(maximum), logSum)});
    }

    static Judged logSumExpGradient(float[] z, float... dy) {
        double[] value = softmax(z).value();
        double[] magnitude = new double[z.length];
        for (int i = 0; i < value.length; i++) {
            value[i] *= dy[0];
            // A share of less than e^-104 of the largest counts as 0, whatever it is multiplied by.
            magnitude[i] = Math.max(abs(value[i]), abs(dy[0]) * Float.MIN_NORMAL);
        }
        return new Judged(value, magnitude);
    }

    static Judged hardmax(float... x) {
        double maximum = maximum(x);
        double[] y = new double[x.length];
        boolean found = false;
        for (int i = 0; i < y.length; i++) {
            y[i] = Double.isNaN(maximum) ? Double.NaN : !found && x[i] == maximum ? 1 : 0;
            found |= x[i] == maximum;
        }
        return Judged.of(y);
    }

    /** 0 wherever there is a gradient, which a NaN says there is not. */
    static Judged hardmaxGradient(float[] y, float... dy) {
        double[] gradient = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            gradient[i] = Float.isNaN(y[i]) || Float.isNaN(dy[i]) ? Double.NaN : 0;
        }
        return Judged.of(gradient);
    }

    /** By sorting, as the paper does. */
    static Judged sparsemax(float... x) {
        double maximum = maximum(x);
        double[] y = new double[x.length];
        if (Double.isNaN(maximum) || Double.isInfinite(maximum)) {
            Arrays.fill(y, Double.NaN);
            return Judged.of(y);
        }
        double[] sorted = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            sorted[i] = maximum - x[i];
        }
        Arrays.sort(sorted);
        CompensatedSum sum = new CompensatedSum();
        double threshold = 0;
        for (int k = 0; k < sorted.length; k++) {
            double z = -sorted[k];
            sum.add(z);
            if (1 + (k + 1) * z <= sum.value()) {
                break;
            }
            threshold = (sum.value() - 1) / (k + 1);
        }
        double[] magnitude = new double[x.length];
        for (int i = 0; i < x.length; i++) {
            double z = x[i] - maximum;
            y[i] = Math.max(0, z - threshold);
            // Where z and t nearly cancel, what is left has the places of pairs of floats, 2^-44 of them.
            magnitude[i] = Math.max(y[i], 0x1p-20 * abs(threshold));
        }
        return new Judged(y, magnitude);
    }

    static Judged sparsemaxGradient(float[] y, float... dy) {
        CompensatedSum sum = new CompensatedSum();
        int size = 0;
        for (int i = 0; i < y.length; i++) {
            if (y[i] > 0) {
                sum.add(dy[i]);
                size++;
            }
        }
        double mean = sum.value() / size;
        double[] value = new double[y.length];
        double[] magnitude = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            value[i] = y[i] > 0 ? dy[i] - mean : y[i] <= 0 ? 0 : Double.NaN;
            magnitude[i] = Math.max(abs(value[i]), Math.max(abs((double) dy[i]), abs(mean)));
        }
        return new Judged(value, magnitude);
    }
}
