package io.github.axoncl;

import java.util.List;

/**
 * The state of a {@link Backend} at one moment. Immutable; calls that run meanwhile may be counted or not.
 *
 * @param backend     {@code "opencl"} or {@code "cpu"}: where calls are computed while nothing fails; with {@code "opencl"} a
 *                    backend that chooses for each call computes some on the CPU, see {@link Backend#explain}
 * @param device      the name of the device
 * @param driver      platform and driver version, or the Java version on the CPU
 * @param reason      why this backend was chosen, and with which work-groups it computes where that was measured
 * @param bitExact    whether results are the same bits as everywhere else
 * @param cpuForm     which form the CPU path runs, and why: SIMD with its width, or scalar
 * @param deviceCalls the number of calls that were computed on the device; of a call that was divided, each part counts
 * @param cpuCalls    the number of calls that were computed on the CPU, those that a device began and the CPU finished included
 * @param simdRuns    the number of loops on the CPU path that ran in SIMD form
 * @param fallbacks   what fell back to the CPU, by distinct reason
 * @param memory      the device memory in use
 * @param shares      what each device has computed, where there are several; else empty
 */
public record BackendInfo(String backend, String device, String driver, String reason, boolean bitExact, String cpuForm,
                          long deviceCalls, long cpuCalls, long simdRuns, List<Fallback> fallbacks,
                          MemoryStatistics memory, List<Share> shares) {

    /** Keeps an unmodifiable copy of the list.
     *
     * @param backend     where calls are computed
     * @param device      the name of the device
     * @param driver      platform and driver version
     * @param reason      why this backend was chosen
     * @param bitExact    whether results are the same bits as everywhere else
     * @param cpuForm     which form the CPU path runs
     * @param deviceCalls the number of calls on the device
     * @param cpuCalls    the number of calls on the CPU
     * @param simdRuns    the number of loops in SIMD form
     * @param fallbacks   what fell back to the CPU
     * @param memory      the device memory in use
     * @param shares      what each of several devices has computed */
    public BackendInfo {
        fallbacks = List.copyOf(fallbacks);
        shares = List.copyOf(shares);
    }

    /** The state of a backend with one device or none.
     *
     * @param backend     where calls are computed
     * @param device      the name of the device
     * @param driver      platform and driver version
     * @param reason      why this backend was chosen
     * @param bitExact    whether results are the same bits as everywhere else
     * @param cpuForm     which form the CPU path runs
     * @param deviceCalls the number of calls on the device
     * @param cpuCalls    the number of calls on the CPU
     * @param simdRuns    the number of loops in SIMD form
     * @param fallbacks   what fell back to the CPU
     * @param memory      the device memory in use */
    public BackendInfo(String backend, String device, String driver, String reason, boolean bitExact, String cpuForm,
                       long deviceCalls, long cpuCalls, long simdRuns, List<Fallback> fallbacks, MemoryStatistics memory) {
        this(backend, device, driver, reason, bitExact, cpuForm, deviceCalls, cpuCalls, simdRuns, fallbacks, memory,
                List.of());
    }

    /**
     * What one of several devices has computed.
     *
     * @param device its name
     * @param calls  the number of calls and parts of calls
     */
    public record Share(String device, long calls) {
    }

    /**
     * One reason for computing on the CPU instead of a device.
     *
     * @param reason what failed
     * @param count  how often
     */
    public record Fallback(String reason, long count) {
    }

    /**
     * Device memory that a backend holds.
     *
     * @param liveBytes   in buffers that are in use, by users or by calls that are running
     * @param pooledBytes kept for reuse
     * @param peakBytes   the largest sum of the two so far
     * @param allocations how often the driver was asked for memory
     * @param reuses      how often a kept buffer served instead
     * @param trims       how often kept buffers were given back because memory was short
     */
    public record MemoryStatistics(long liveBytes, long pooledBytes, long peakBytes, long allocations, long reuses,
                                   long trims) {
        /** Nothing held, nothing done. */
        public static final MemoryStatistics NONE = new MemoryStatistics(0, 0, 0, 0, 0, 0);
    }
}
