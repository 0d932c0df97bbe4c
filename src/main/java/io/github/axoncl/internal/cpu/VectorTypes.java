package io.github.axoncl.internal.cpu;

/**
 * The classes of vectors and masks, which are not public and so cannot be named in a cast. As constants, they tell the JVM's
 * compiler by {@link Class#cast} what it would have to guess from a profile that all loops share. It tries once to make an
 * instruction of an operation, and where it does not know the exact classes of all vectors by then, one operation takes longer
 * than the rest of the loop.
 */
final class VectorTypes {
    static final Class<?> FLOAT = Simd.vectorType("Float", Simd.PREFERRED);
    static final Class<?> INT = Simd.vectorType("Int", Simd.PREFERRED);
    static final Class<?> DOUBLE = Simd.vectorType("Double", Simd.PREFERRED);
    static final Class<?> LONG = Simd.vectorType("Long", Simd.PREFERRED);
    /** As many as there are floats. */
    static final Class<?> SHORT = Simd.vectorType("Short", "SPECIES_" + Simd.lanes() * Short.SIZE);
    static final Class<?> FLOAT_MASK = Simd.maskType("Float");
    static final Class<?> DOUBLE_MASK = Simd.maskType("Double");

    private VectorTypes() {
    }
}
