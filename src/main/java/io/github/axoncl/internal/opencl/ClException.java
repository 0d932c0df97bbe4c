package io.github.axoncl.internal.opencl;

/** One OpenCL call that failed: its name and the error code. Never leaves this package. */
final class ClException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String call;
    private final int code;

    ClException(String call, int code) {
        this(call, ClErrors.describe(code), code, null);
    }

    ClException(String call, String what, int code, Throwable cause) {
        super(call + ": " + what, cause);
        this.call = call;
        this.code = code;
    }

    String call() {
        return call;
    }

    int code() {
        return code;
    }

    /** No memory for a buffer, or for what a kernel needs at its start: worth another try with less. */
    boolean isOutOfMemory() {
        return ClErrors.isOutOfMemory(code) && (call.equals("clCreateBuffer") || call.equals("clEnqueueNDRangeKernel"));
    }

    /** After this nothing in the context can be relied on. */
    boolean isDeviceLost() {
        return ClErrors.isAlwaysFatal(code) || ClErrors.isFatalWhileRunning(code) && (call.equals("clFinish")
                || call.equals("clFlush") || call.startsWith("clEnqueue") && !call.equals("clEnqueueNDRangeKernel"));
    }
}
