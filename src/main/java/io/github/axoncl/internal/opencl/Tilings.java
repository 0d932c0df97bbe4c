package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.Rows;

/** Says with which tiling a backend computes its calls. */
interface Tilings extends AutoCloseable {
    /** The system property with the numbers of a {@link Tiling} for all element-wise calls, for example {@code 256,4,1}: to
     * compare with what is chosen otherwise. */
    String PROPERTY = "axoncl.opencl.tiling";

    /** Always the usual one. */
    Tilings USUAL = (signature, shape) -> Tiling.DEFAULT;

    /** The tiling for a call that is about to be computed. Returns at once. */
    Tiling of(KernelSignature signature, Rows shape);

    /** Tells how to wait until nothing of the backend's runs on the device. */
    default void opened(Runnable settle) {
    }

    /** Waits while calls would disturb a measurement.
     *
     * @return whether {@link #end} must be called when the call was submitted */
    default boolean begin() {
        return false;
    }

    /** Ends what {@link #begin} began. */
    default void end() {
    }

    /** What is in use, in words; empty if it is the usual one. */
    default String describe() {
        return "";
    }

    @Override
    default void close() {
    }

    /** The same one for all element-wise calls. */
    static Tilings always(Tiling tiling) {
        return new Tilings() {
            @Override
            public Tiling of(KernelSignature signature, Rows shape) {
                return Programs.isElementwise(signature) ? tiling : Tiling.DEFAULT;
            }

            @Override
            public String describe() {
                return "element-wise calls in " + tiling;
            }
        };
    }
}
