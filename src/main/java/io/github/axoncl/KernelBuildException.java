package io.github.axoncl;

/**
 * Kernel text that could not be compiled, by AxonCL's own compiler or by an OpenCL driver. The message names file, line and
 * column where they are known; {@link #log()} is everything the compiler said. Nothing was written when it is thrown. A failed
 * build is not tried again by the same backend.
 */
public final class KernelBuildException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    /** Everything the compiler said. */
    private final String log;

    /** Makes the exception.
     *
     * @param message what failed and where
     * @param log     the compiler's whole output, empty if there was none */
    public KernelBuildException(String message, String log) {
        super(message);
        this.log = log;
    }

    /** The compiler's whole output.
     *
     * @return the log, empty if there was none */
    public String log() {
        return log;
    }
}
