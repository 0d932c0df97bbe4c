package io.github.axoncl;

import java.util.Objects;

/**
 * A parameter of a function: its name in the kernel text, its default and the range in which the function keeps its accuracy.
 * Values are given in double and checked against the range; those outside are an
 * {@link IllegalArgumentException} where the function is made. Immutable.
 *
 * @param name         the name, as in the kernel text
 * @param defaultValue the value used when none is given
 * @param min          the smallest legal value
 * @param max          the largest legal value
 * @param minFromOutput the smallest value for which the derivative can be had from the output
 * @param notAbove     the name of the parameter whose value this one's must not exceed; null if there is none
 */
public record Parameter(String name, double defaultValue, double min, double max, double minFromOutput, String notAbove) {

    /** Checks that the default is legal.
     *
     * @param name          the name
     * @param defaultValue  the value used when none is given
     * @param min           the smallest legal value
     * @param max           the largest legal value
     * @param minFromOutput the smallest value for which the derivative can be had from the output
     * @param notAbove      the name of the parameter whose value this one's must not exceed, or null
     * @throws NullPointerException     if the name is null
     * @throws IllegalArgumentException if the default lies outside the range */
    public Parameter {
        Objects.requireNonNull(name, "name");
        if (!(min <= defaultValue && defaultValue <= max)) {
            throw new IllegalArgumentException("parameter " + name + ": default " + defaultValue + " is not in ["
                    + text(min) + ", " + text(max) + "]");
        }
    }

    /** A parameter whose value does not depend on another's.
     *
     * @param name          the name, as in the kernel text
     * @param defaultValue  the value used when none is given
     * @param min           the smallest legal value
     * @param max           the largest legal value
     * @param minFromOutput the smallest value for which the derivative can be had from the output
     * @throws IllegalArgumentException if the default lies outside the range */
    public Parameter(String name, double defaultValue, double min, double max, double minFromOutput) {
        this(name, defaultValue, min, max, minFromOutput, null);
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

    /** A parameter of which every finite value is legal. */
    static Parameter finite(String name, double defaultValue) {
        return of(name, defaultValue, -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    /** A parameter of which every value but NaN is legal. */
    static Parameter any(String name, double defaultValue) {
        return of(name, defaultValue, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** The same by another name, without the rule that it must not exceed another.
     *
     * @param other the other name
     * @return the parameter */
    public Parameter named(String other) {
        return new Parameter(other, defaultValue, min, max, minFromOutput);
    }

    Parameter fromOutputAtLeast(double least) {
        return new Parameter(name, defaultValue, min, max, least, notAbove);
    }

    /** The same with the rule that its value must not exceed that of another parameter. */
    Parameter notAbove(String other) {
        return new Parameter(name, defaultValue, min, max, minFromOutput, other);
    }

    /** The value, after checking it and the float32 nearest to it against the range. */
    double check(String function, double value) {
        if (!(min <= value && value <= max && min <= (float) value && (float) value <= max)) {
            throw new IllegalArgumentException(function + ": parameter " + name + " = " + value + " is not in ["
                    + text(min) + ", " + text(max) + "]");
        }
        return value;
    }

    /** A bound as a power of two where it is one: 2^60 is easier to read than 1.152921504606847E18. */
    static String text(double value) {
        if (Math.abs(value) >= Float.MAX_VALUE) {
            return Float.toString((float) value);
        }
        double size = Math.abs(value);
        int exponent = Math.getExponent(size);
        if (Math.abs(exponent) >= 10 && size == Math.scalb(1.0, exponent)) {
            return (value < 0 ? "-2^" : "2^") + exponent;
        }
        return value == Math.rint(value) && size < 1e9 ? Long.toString((long) value) : Double.toString(value);
    }
}
