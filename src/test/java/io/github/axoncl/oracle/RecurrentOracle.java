package io.github.axoncl.oracle;

import static java.lang.StrictMath.abs;
import static java.lang.StrictMath.cosh;
import static java.lang.StrictMath.max;
import static java.lang.StrictMath.tanh;

/**
 * One step of the gates of recurrent networks in double, element by element: values, and the magnitudes whose last places are
 * the units of the errors, since sums may cancel and what they give goes into the next function.
 */
public final class RecurrentOracle {
    /** The largest error allowed, in ULP of the magnitude. On the longest way, that to dz of the cell gate, lie four functions
     * of 0.8 ULP and five roundings of half a one: 5.7. */
    public static final double LIMIT = 5.7;

    private RecurrentOracle() {
    }

    /**
     * Exact numbers.
     *
     * @param value     the values
     * @param magnitude the larger of what they are made of
     */
    public record Exact(double[] value, double[] magnitude) {
    }

    private static double tanhSlope(double x) {
        double c = cosh(x);
        return 1 / c / c;
    }

    /** c and h.
     *
     * @param z the four gates: input, forget, cell, output
     * @param before the content before
     * @return the state */
    public static Exact lstm(double[] z, double before) {
        double kept = WideMath.sigmoid(z[1]) * before;
        double added = WideMath.sigmoid(z[0]) * tanh(z[2]);
        double c = kept + added;
        double o = WideMath.sigmoid(z[3]);
        double size = max(abs(kept), abs(added));
        return new Exact(new double[] {c, o * tanh(c)}, new double[] {size, max(o * abs(tanh(c)), o * tanhSlope(c) * size)});
    }

    /** Gradients with respect to the four gates and the content before.
     *
     * @param z      the gates
     * @param before the content before
     * @param c      the content after, as it was rounded
     * @param dh     the gradient with respect to h
     * @param dc     that with respect to c
     * @return the gradients */
    public static Exact lstmGradients(double[] z, double before, double c, double dh, double dc) {
        double through = dh * WideMath.sigmoid(z[3]) * tanhSlope(c);
        double total = through + dc;
        double size = max(abs(through), abs(dc));
        double[] factor = {tanh(z[2]) * WideMath.logisticDensity(z[0]), before * WideMath.logisticDensity(z[1]),
            WideMath.sigmoid(z[0]) * tanhSlope(z[2]), 0, WideMath.sigmoid(z[1])};
        double[] value = new double[5];
        double[] magnitude = new double[5];
        for (int k = 0; k < 5; k++) {
            value[k] = total * factor[k];
            magnitude[k] = size * abs(factor[k]);
        }
        value[3] = dh * tanh(c) * WideMath.logisticDensity(z[3]);
        magnitude[3] = abs(value[3]);
        return new Exact(value, magnitude);
    }

    /** h.
     *
     * @param x      the three gates' part from the input: reset, update, new
     * @param s      their part from the state
     * @param before the state before
     * @return the state */
    public static Exact gru(double[] x, double[] s, double before) {
        double r = WideMath.sigmoid(x[0] + s[0]);
        double u = WideMath.sigmoid(x[1] + s[1]);
        double v = r * s[2] + x[2];
        double n = tanh(v);
        return new Exact(new double[] {n + u * (before - n)}, new double[] {size(x, s, r, v, n, before)});
    }

    /** How large the numbers are that new and old state are made of. */
    private static double size(double[] x, double[] s, double r, double v, double n, double before) {
        double argument = max(abs(r * s[2]) * (1 + abs(x[0]) + abs(s[0])), abs(x[2])) * tanhSlope(v);
        return max(max(abs(n), argument), abs(before)) * (1 + abs(x[1]) + abs(s[1]));
    }

    /** Gradients with respect to the input's part of the three gates, the state's part, and the state before.
     *
     * @param x      the input's part
     * @param s      the state's part
     * @param before the state before
     * @param dh     the gradient with respect to h
     * @return seven gradients */
    public static Exact gruGradients(double[] x, double[] s, double before, double dh) {
        double r = WideMath.sigmoid(x[0] + s[0]);
        double u = WideMath.sigmoid(x[1] + s[1]);
        double v = r * s[2] + x[2];
        double n = tanh(v);
        double dn = dh * WideMath.sigmoid(-(x[1] + s[1])) * tanhSlope(v);
        double dr = dn * s[2] * WideMath.logisticDensity(x[0] + s[0]);
        double du = dh * (before - n) * WideMath.logisticDensity(x[1] + s[1]);
        double[] value = {dr, du, dn, dr, du, dn * r, dh * u};
        // An error of a sum of gates, and of v, is multiplied by at most 1 and 2 on its way through a slope.
        double gates = 1 + abs(x[0]) + abs(s[0]) + abs(x[1]) + abs(s[1]) + 2 * max(abs(r * s[2]), abs(x[2]))
                * (1 + abs(x[0]) + abs(s[0]));
        double[] magnitude = new double[7];
        for (int k = 0; k < 7; k++) {
            magnitude[k] = abs(value[k]) * gates;
        }
        double change = size(x, s, r, v, n, before) * abs(dh) * WideMath.logisticDensity(x[1] + s[1]) * gates;
        magnitude[1] = change;
        magnitude[4] = change;
        return new Exact(value, magnitude);
    }
}
