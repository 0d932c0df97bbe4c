package io.github.axoncl.internal.opencl;

/** Says with which tiling a backend computes its element-wise calls. */
interface Tilings extends AutoCloseable {
    /** The system property with the numbers of a {@link Tiling} for all such calls, for example {@code 256,4,1}: to compare
     * with what is chosen otherwise. */
    String PROPERTY = "axoncl.opencl.tiling";

    /** Always the usual one. */
    Tilings USUAL = always(Tiling.DEFAULT);

    /** The tiling for a call of so many elements that is about to be computed. Returns at once. */
    Tiling of(long elements);

    /** The tiling for long calls as far as it is known. */
    default Tiling forLongCalls() {
        return of(Long.MAX_VALUE);
    }

    @Override
    default void close() {
    }

    /** The same one for all calls. */
    static Tilings always(Tiling tiling) {
        return elements -> tiling;
    }
}
