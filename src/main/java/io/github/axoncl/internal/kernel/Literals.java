package io.github.axoncl.internal.kernel;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads number literals with C's meaning: the suffix gives the type, floats are rounded once to the nearest. */
final class Literals {
    private static final Pattern REAL = Pattern.compile(
            "((?:0[xX](?:[0-9a-fA-F]+\\.?[0-9a-fA-F]*|\\.[0-9a-fA-F]+)[pP][+-]?[0-9]+)"
            + "|(?:(?:[0-9]+\\.[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+))([fF]?)");
    private static final Pattern INTEGER = Pattern.compile("(0[xX][0-9a-fA-F]+|0|[1-9][0-9]*)([uU]?)([lL]?)");

    private Literals() {
    }

    static Expression.Literal read(SourceText source, Token token) {
        Matcher real = REAL.matcher(token.text());
        if (real.matches()) {
            return real(source, token, real);
        }
        Matcher integer = INTEGER.matcher(token.text());
        if (integer.matches()) {
            return integer(source, token, integer);
        }
        throw source.error(token.offset(), "\"" + token.text() + "\" is not a number of the kernel language");
    }

    private static Expression.Literal real(SourceText source, Token token, Matcher real) {
        String digits = real.group(1);
        if (real.group(2).isEmpty()) {
            double value = Double.parseDouble(digits);
            if (Double.isInfinite(value)) {
                throw source.error(token.offset(), "\"" + token.text() + "\" exceeds the range of double");
            }
            return new Expression.Literal(Type.Scalar.DOUBLE, Double.doubleToRawLongBits(value));
        }
        float value = Float.parseFloat(digits);
        if (Float.isInfinite(value)) {
            throw source.error(token.offset(), "\"" + token.text() + "\" exceeds the range of float");
        }
        return new Expression.Literal(Type.Scalar.FLOAT, Bits.of(value));
    }

    private static Expression.Literal integer(SourceText source, Token token, Matcher integer) {
        String digits = integer.group(1);
        BigInteger value = digits.length() > 1 && digits.charAt(0) == '0' ? new BigInteger(digits.substring(2), 16)
                : new BigInteger(digits);
        boolean unsigned = !integer.group(2).isEmpty();
        boolean wide = !integer.group(3).isEmpty();
        Type.Scalar type = wide ? unsigned ? Type.Scalar.ULONG : Type.Scalar.LONG
                : unsigned ? Type.Scalar.UINT : Type.Scalar.INT;
        int bits = (wide ? 64 : 32) - (unsigned ? 0 : 1);
        if (value.bitLength() > bits) {
            throw source.error(token.offset(), "\"" + token.text() + "\" exceeds the range of " + type.text());
        }
        return new Expression.Literal(type, value.longValue());
    }
}
