package io.github.axoncl;

/**
 * A failure of the environment: a device, a driver or the OpenCL library. The message names the call, the OpenCL error and its
 * code, the function, the length and the device.
 *
 * <p>Thrown where a device was asked for and cannot be used, when one that was asked for fails, and by a {@link DeviceBuffer}
 * whose content was lost with its device. After a failed call the message says which leading elements of the output are
 * complete and which may have been written; elements of the inputs from there on are as they were. A backend that chose its
 * device itself computes the call on the CPU instead of throwing.
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
