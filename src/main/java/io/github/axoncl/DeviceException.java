package io.github.axoncl;

/**
 * A failure of the environment: a device, a driver or the OpenCL library. The message names the call, the OpenCL error and its
 * code, the function, the length and the device.
 */
public final class DeviceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception.
     *
     * @param message what failed
     * @param cause   the failure underneath, or null */
    public DeviceException(String message, Throwable cause) {
        super(message, cause);
    }
}
