package io.github.axoncl;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * How {@link Backends#open(BackendOptions)} chooses and what the backend may use. Immutable; the {@code with} methods return
 * changed copies.
 *
 * @param backend   {@code "auto"}, the best device or the CPU for each call; {@code "all"}, every device that gives the same
 *                  bits: long calls on host memory are divided among them and, unless one of them is a CPU, the CPU, all
 *                  others go to the first one, to which device buffers belong, or the CPU; {@code "cpu"}; {@code "opencl"};
 *                  {@code "opencl:TEXT"} with a part of the name of a platform or device; null means the system property
 *                  {@code axoncl.backend}, else the environment variable {@code AXONCL_BACKEND}, else auto
 * @param transfer  how host memory reaches a device
 * @param poolBytes the most bytes of device memory kept for reuse; -1 for an eighth of the device's memory
 * @param simd      whether the CPU path may use {@code jdk.incubator.vector}
 * @param calibration whether a backend that chooses between a device and the CPU may measure both, in the background: about a
 *                  second in total, to which building programs and waiting for the JVM's compiler come; kept in the user's
 *                  cache directory. Without it rough defaults decide. Likewise which work-groups are best on a device for long
 *                  calls of each class: seconds, once so much was computed in such calls that it is little beside
 *                  it; {@link BackendInfo#reason()} says what is in use. The system property {@code axoncl.calibration=off}
 *                  forbids it for all backends
 */
public record BackendOptions(String backend, Transfer transfer, long poolBytes, boolean simd, boolean calibration) {
    private static final Set<String> CHOICES = Set.of("auto", "all", "cpu", "opencl");
    private static final String CHOSEN_DEVICE = "opencl:";

    /** How host memory reaches a device. */
    public enum Transfer {
        /** Zero copy for direct buffers where device and host share memory, staged copies elsewhere. */
        AUTO,
        /** Zero copy for direct buffers on every device. */
        ZERO_COPY,
        /** Staged copies on every device. */
        STAGED
    }

    /** Checks the values.
     *
     * @param backend   what to choose, or null
     * @param transfer  how host memory reaches a device
     * @param poolBytes the most bytes kept for reuse, or -1
     * @param simd      whether the CPU path may use SIMD
     * @param calibration whether measuring is allowed
     * @throws IllegalArgumentException if the backend is none of the known texts or poolBytes is below -1 */
    public BackendOptions {
        if (backend != null) {
            checkChoice(backend, "backend");
        }
        Objects.requireNonNull(transfer, "transfer");
        if (poolBytes < -1) {
            throw new IllegalArgumentException("poolBytes " + poolBytes + ": must be -1 (automatic) or at least 0");
        }
    }

    static String checkChoice(String backend, String origin) {
        String choice = backend.toLowerCase(Locale.ROOT);
        if (!CHOICES.contains(choice) && !(choice.startsWith(CHOSEN_DEVICE) && choice.length() > CHOSEN_DEVICE.length())) {
            throw new IllegalArgumentException(origin + " \"" + backend
                    + "\": must be auto, all, cpu, opencl or opencl:TEXT with a part of a platform's or device's name");
        }
        return backend;
    }

    /** The options when none are given.
     *
     * @return backend from the surroundings, automatic transfers, pool of an eighth of the memory, SIMD where there is any,
     *         calibration */
    public static BackendOptions defaults() {
        return new BackendOptions(null, Transfer.AUTO, -1, true, true);
    }

    /** These options with another backend.
     *
     * @param value {@code "auto"}, {@code "all"}, {@code "cpu"}, {@code "opencl"} or {@code "opencl:TEXT"}
     * @return the changed copy */
    public BackendOptions withBackend(String value) {
        return new BackendOptions(Objects.requireNonNull(value, "backend"), transfer, poolBytes, simd, calibration);
    }

    /** These options with another way of transfer.
     *
     * @param value how host memory reaches a device
     * @return the changed copy */
    public BackendOptions withTransfer(Transfer value) {
        return new BackendOptions(backend, value, poolBytes, simd, calibration);
    }

    /** These options with another limit of the pool.
     *
     * @param value the most bytes kept for reuse, -1 for the default
     * @return the changed copy */
    public BackendOptions withPoolBytes(long value) {
        return new BackendOptions(backend, transfer, value, simd, calibration);
    }

    /** These options with or without SIMD on the CPU path.
     *
     * @param value whether {@code jdk.incubator.vector} may be used
     * @return the changed copy */
    public BackendOptions withSimd(boolean value) {
        return new BackendOptions(backend, transfer, poolBytes, value, calibration);
    }

    /** These options with or without measuring what the CPU and a device cost, and how a device works best.
     *
     * @param value whether a backend may measure
     * @return the changed copy */
    public BackendOptions withCalibration(boolean value) {
        return new BackendOptions(backend, transfer, poolBytes, simd, value);
    }
}
