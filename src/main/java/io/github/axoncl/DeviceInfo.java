package io.github.axoncl;

/**
 * What is known of an OpenCL device, whether AxonCL accepts it, and why. Immutable. What a driver reports of its arithmetic is
 * not relied on: {@code accepted} and {@code bitExact} are the outcome of computing test cases on the device.
 *
 * @param platform              the name of its platform
 * @param name                  its own name; for a platform that failed, empty
 * @param vendor                its vendor
 * @param driver                the driver's version
 * @param version               the OpenCL version it reports
 * @param type                  {@code GPU}, {@code CPU}, {@code ACCELERATOR} or {@code OTHER}; a simulator is {@code SIMULATOR}
 * @param computeUnits          the number of compute units
 * @param globalMemory          the size of its memory in bytes
 * @param maxAllocation         the largest single allocation in bytes
 * @param unifiedMemory         whether it reports memory shared with the host
 * @param fp64                  whether it computes in double
 * @param correctlyRoundedDivide whether it offers correctly rounded float32 division
 * @param accepted              whether it can be used
 * @param bitExact              whether its results were the CPU's, bit for bit, in the smoke test
 * @param verdict               why it was accepted, or not, or in what it deviates
 */
public record DeviceInfo(String platform, String name, String vendor, String driver, String version, String type,
                         int computeUnits, long globalMemory, long maxAllocation, boolean unifiedMemory, boolean fp64,
                         boolean correctlyRoundedDivide, boolean accepted, boolean bitExact, String verdict) {
}
