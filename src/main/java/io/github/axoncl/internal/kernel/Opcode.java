package io.github.axoncl.internal.kernel;

/** The operations a kernel function is made of; every one gives the same bits on every conforming executor. */
public enum Opcode {
    /** A number that is known. */
    CONSTANT,
    /** An element of an input, another one in every iteration. */
    INPUT,
    /** A number that is the same for the whole call. */
    PARAMETER,
    /** a + b. */
    ADD,
    /** a - b. */
    SUBTRACT,
    /** a b; the low half for integers. */
    MULTIPLY,
    /** The high half of the integer product. */
    MULTIPLY_HIGH,
    /** -a. */
    NEGATE,
    /** a b + c, rounded once. */
    FMA,
    /** 1 / a, correctly rounded. */
    RECIPROCAL,
    /** a and b, bitwise or logical. */
    AND,
    /** a or b. */
    OR,
    /** a exclusive-or b. */
    XOR,
    /** Not a. */
    NOT,
    /** a << b. */
    SHIFT_LEFT,
    /** a >> b, arithmetic on signed, logical on unsigned. */
    SHIFT_RIGHT,
    /** a < b. */
    LESS,
    /** a <= b. */
    LESS_OR_EQUAL,
    /** a == b. */
    EQUAL,
    /** a != b, true for NaN. */
    NOT_EQUAL,
    /** c ? a : b. */
    SELECT,
    /** The same bits as another type. */
    BITCAST,
    /** The same number as another type; the caller vouches for the range. */
    CONVERT
}
