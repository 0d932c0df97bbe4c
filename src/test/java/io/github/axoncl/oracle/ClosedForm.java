package io.github.axoncl.oracle;

/**
 * What a function is on one interval, to a relative error below 2<sup>-40</sup>, or to 2<sup>-12</sup> of the smallest float32
 * number: a polynomial of at most the third degree. Near 0 it is the beginning of the Taylor series; far out a constant or x.
 *
 * @param from  the lower end, included
 * @param to    the upper end, included
 * @param c0    f(0)
 * @param c1    the coefficient of x
 * @param c2    of x²
 * @param c3    of x³
 */
public record ClosedForm(double from, double to, double c0, double c1, double c2, double c3) {

    static ClosedForm of(double from, double to, double... c) {
        return new ClosedForm(from, to, c[0], c.length > 1 ? c[1] : 0, c.length > 2 ? c[2] : 0, c.length > 3 ? c[3] : 0);
    }

    /** Whether the interval contains a number.
     *
     * @param x the number
     * @return true if so */
    public boolean contains(double x) {
        return from <= x && x <= to;
    }

    /** The value.
     *
     * @param x a finite number in the interval
     * @return f(x) */
    public double at(double x) {
        return ((c3 * x + c2) * x + c1) * x + c0;
    }
}
