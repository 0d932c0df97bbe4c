package io.github.axoncl;

import java.util.Objects;

/**
 * A parameter of a function: its name in the kernel text, its default and the range in which the function keeps its accuracy.
 *
 * @param name         the name, as in the kernel text
 * @param defaultValue the value used when none is given
 * @param min          the smallest legal value
 * @param max          the largest legal value
 * @param minFromOutput the smallest value for which the derivative can be had from the output
 */
public record Parameter(String name, double defaultValue, double min, double max, double minFromOutput) {

    /** Checks that the default is legal.
     *
     * @throws IllegalArgumentException if the default lies outside the range */
    public Parameter {
        Objects.requireNonNull(name, "name");
        if (!(min <= defaultValue && defaultValue <= max)) {
            throw new IllegalArgumentException("parameter " + name + ": default " + defaultValue + " is not in ["
                    + text(min) + ", " + text(max) + "]");
        }
    }

    /** A parameter whose legal values allow the derivative from the output too.
     *
     * @param name         the name, as in the kernel text
     * @param defaultValue the value used when none is given
     * @param min          the smallest legal value
     * @param max          the largest legal value
     * @return the parameter
     * @throws IllegalArgumentException if the default lies outside the range */
    public static Parameter of(String name, double defaultValue, double min, double max) {
        return new Parameter(name, defaultValue, min, max, min);
    }

    Parameter fromOutputAtLeast(double least) {
        return new Parameter(name, defaultValue, min, max, least);
    }

    /** The float32 nearest to a value, after checking it against the range. */
    float check(String function, double value) {
        float rounded = (float) value;
        if (!(min <= rounded && rounded <= max)) {
            throw new IllegalArgumentException(function + ": parameter " + name + " = " + value + " is not in ["
                    + text(min) + ", " + text(max) + "]");
        }
        return rounded;
    }

    /** A bound as a power of two where it is one: 2^60 is easier to read than 1.152921504606847E18. */
    static String text(double value) {
        double size = Math.abs(value);
        int exponent = Math.getExponent(size);
        if (Math.abs(exponent) >= 10 && size == Math.scalb(1.0, exponent)) {
            return (value < 0 ? "-2^" : "2^") + exponent;
        }
        return value == Math.rint(value) && size < 1e9 ? Long.toString((long) value) : Double.toString(value);
    }
}
