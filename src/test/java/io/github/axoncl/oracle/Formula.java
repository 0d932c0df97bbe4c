package io.github.axoncl.oracle;

/** A function of one real number and parameters, in double. */
@FunctionalInterface
public interface Formula {

    /** The value, with a relative error below 2<sup>-34</sup>: a thousandth of a float32 ULP.
     *
     * @param x          the argument; NaN and the infinities too
     * @param parameters the values of the function's parameters
     * @return the value; the limit at the infinities, NaN for NaN */
    double at(double x, double... parameters);
}
