package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Type.Scalar;

/** The vectors of a line: all its values that differ between elements have 32 bits, or all have 64. */
enum Width {
    /** Floats and ints. */
    NARROW("Float", "Int", Scalar.FLOAT, Scalar.INT, "F", "I", 16),
    /** Doubles and longs. */
    WIDE("Double", "Long", Scalar.DOUBLE, Scalar.LONG, "D", "J", 32);

    static final String PACKAGE = "jdk/incubator/vector/";

    /** The class of vectors of reals. */
    final String reals;
    /** The class of vectors of integers. */
    final String ints;
    final Scalar real;
    final Scalar integer;
    /** The descriptor of one real. */
    final String realDescriptor;
    /** The descriptor of one integer. */
    final String intDescriptor;
    /** Half the bits of an element. */
    final int half;
    /** The conversion of signed integers to reals. */
    final String conversion;

    Width(String reals, String ints, Scalar real, Scalar integer, String realDescriptor, String intDescriptor, int half) {
        this.reals = PACKAGE + reals + "Vector";
        this.ints = PACKAGE + ints + "Vector";
        this.real = real;
        this.integer = integer;
        this.realDescriptor = realDescriptor;
        this.intDescriptor = intDescriptor;
        this.half = half;
        this.conversion = intDescriptor.replace('J', 'L') + "2" + realDescriptor;
    }

    static Width of(LoopShape shape) {
        return shape.isWide() ? WIDE : NARROW;
    }

    boolean holds(Scalar type) {
        return type == Scalar.BOOL || type.isWide() == (this == WIDE);
    }
}
