package io.github.axoncl.internal.kernel;

/**
 * Reads number literals with C's meaning: the suffix gives the type, floats are rounded once to the nearest. Written without
 * regular expressions, which the JVM's own {@link Float#parseFloat} uses for hexadecimal numbers: a first call reads hundreds.
 */
final class Literals {
    /** The most hexadecimal digits that are exact in double whatever they are. */
    private static final int EXACT_DIGITS = 13;
    /** Exponents up to this keep that product normal. */
    private static final int EXACT_EXPONENT = 900;

    private final SourceText source;
    private final Token token;
    private final String text;
    private final boolean hexadecimal;
    private int at;
    private int digits;
    private int fraction;
    private boolean point;

    private Literals(SourceText source, Token token) {
        this.source = source;
        this.token = token;
        this.text = token.text();
        this.hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        this.at = hexadecimal ? 2 : 0;
    }

    static Expression.Literal read(SourceText source, Token token) {
        Literals literal = new Literals(source, token);
        literal.digits();
        return literal.isAt('p', 'P') && literal.hexadecimal || literal.isAt('e', 'E') || literal.point ? literal.real()
                : literal.integer();
    }

    /** Goes behind the digits and the point. */
    private void digits() {
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (Character.digit(c, hexadecimal ? 16 : 10) >= 0) {
                digits++;
                fraction += point ? 1 : 0;
            } else if (c == '.' && !point) {
                point = true;
            } else {
                return;
            }
        }
    }

    private boolean isAt(char lower, char upper) {
        return at < text.length() && (text.charAt(at) == lower || text.charAt(at) == upper);
    }

    private Expression.Literal real() {
        int mantissaEnd = at;
        boolean hasExponent = hexadecimal ? isAt('p', 'P') : isAt('e', 'E');
        int exponent = hasExponent ? exponent() : 0;
        String number = text.substring(0, at);
        boolean isFloat = isAt('f', 'F');
        at += isFloat ? 1 : 0;
        if (digits == 0 || at < text.length() || hexadecimal && !hasExponent) {
            throw malformed();
        }
        boolean exact = hexadecimal && digits <= EXACT_DIGITS && Math.abs(exponent) <= EXACT_EXPONENT;
        double value = exact ? Math.scalb((double) mantissa(mantissaEnd), exponent - 4 * fraction)
                : isFloat ? Float.parseFloat(number) : Double.parseDouble(number);
        if (Double.isInfinite(isFloat ? (float) value : value)) {
            throw source.error(token.offset(), "\"" + text + "\" exceeds the range of " + (isFloat ? "float" : "double"));
        }
        return isFloat ? new Expression.Literal(Type.Scalar.FLOAT, Bits.of((float) value))
                : new Expression.Literal(Type.Scalar.DOUBLE, Bits.of(value));
    }

    /** Reads the exponent and goes behind it; one that is far too large is any such number. */
    private int exponent() {
        at++;
        boolean negative = isAt('-', '-');
        at += negative || isAt('+', '+') ? 1 : 0;
        int first = at;
        int exponent = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            exponent = Math.min(10 * exponent + text.charAt(at) - '0', 1 << 24);
            at++;
        }
        if (at == first) {
            throw malformed();
        }
        return negative ? -exponent : exponent;
    }

    private long mantissa(int end) {
        long mantissa = 0;
        for (int i = 2; i < end; i++) {
            if (text.charAt(i) != '.') {
                mantissa = mantissa << 4 | Character.digit(text.charAt(i), 16);
            }
        }
        return mantissa;
    }

    private Expression.Literal integer() {
        int end = at;
        boolean unsigned = isAt('u', 'U');
        at += unsigned ? 1 : 0;
        boolean wide = isAt('l', 'L');
        at += wide ? 1 : 0;
        boolean octal = !hexadecimal && digits > 1 && text.charAt(0) == '0';
        if (digits == 0 || at < text.length() || octal) {
            throw malformed();
        }
        Type.Scalar type = wide ? unsigned ? Type.Scalar.ULONG : Type.Scalar.LONG
                : unsigned ? Type.Scalar.UINT : Type.Scalar.INT;
        int bits = (wide ? 64 : 32) - (unsigned ? 0 : 1);
        long value;
        try {
            value = Long.parseUnsignedLong(text, hexadecimal ? 2 : 0, end, hexadecimal ? 16 : 10);
        } catch (NumberFormatException e) {
            throw tooLarge(type);
        }
        if (bits < 64 && value >>> bits != 0) {
            throw tooLarge(type);
        }
        return new Expression.Literal(type, value);
    }

    private RuntimeException tooLarge(Type.Scalar type) {
        return source.error(token.offset(), "\"" + text + "\" exceeds the range of " + type.text());
    }

    private RuntimeException malformed() {
        return source.error(token.offset(), "\"" + text + "\" is not a number of the kernel language");
    }
}
