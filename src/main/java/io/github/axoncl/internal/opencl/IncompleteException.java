package io.github.axoncl.internal.opencl;

/**
 * A call that a device did not finish, and how far it came: what another backend needs to finish it. The inputs of all elements
 * from {@link #completed()} on are as they were, and {@link #failure()} is what a caller without another backend throws.
 *
 * <p>For rows, {@code completed} is a multiple of the row's length.
 */
public final class IncompleteException extends Exception {
    private static final long serialVersionUID = 1L;
    private final long completed;
    private final RuntimeException failure;

    IncompleteException(long completed, RuntimeException failure) {
        super(failure.getMessage(), failure);
        this.completed = completed;
        this.failure = failure;
    }

    /** How many leading elements of the output are complete.
     *
     * @return a number of elements, less than the call's length */
    public long completed() {
        return completed;
    }

    /** The failure as users know it.
     *
     * @return a {@link io.github.axoncl.DeviceException} or a {@link io.github.axoncl.KernelBuildException} */
    public RuntimeException failure() {
        return failure;
    }
}
