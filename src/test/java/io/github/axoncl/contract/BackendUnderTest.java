package io.github.axoncl.contract;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.internal.opencl.WholeWritesCl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Which backend this JVM tests, how it is opened, what it can bear, and how to tell that it is the one. */
public enum BackendUnderTest {
    /** The CPU path without SIMD: the reference of all others. */
    CPU_SCALAR,
    /** The CPU path with {@code jdk.incubator.vector}. */
    CPU_SIMD,
    /** Portable Computing Language. */
    POCL,
    /** Mesa's rusticl on llvmpipe: flushes subnormals, about 100 times slower than PoCL. */
    RUSTICL,
    /** The simulator: finds accesses out of bounds, interprets every work-item, and has a host side for one thread. */
    OCLGRIND,
    /** An OpenCL library that knows no platform. */
    NO_PLATFORM,
    /** No usable OpenCL library at all. */
    NO_LIBRARY;

    /** The system property that names the backend. */
    public static final String PROPERTY = "axoncl.test.backend";
    private static final String CPU_FORM = "axoncl.cpu.form";
    /** Whether a driver for CPUs gets the kernels of GPUs, of which each length of rows has its own program. */
    private static final boolean GPU_KERNELS = "gpu".equals(System.getProperty("axoncl.opencl.form"));
    /** The environment variable with the names of the drivers whose absence is a failure. */
    public static final String REQUIRE = "AXONCL_REQUIRE";

    /** The backend of this JVM.
     *
     * @return the backend */
    public static BackendUnderTest current() {
        String name = System.getProperty(PROPERTY);
        for (BackendUnderTest candidate : values()) {
            if (candidate.id().equals(name)) {
                return candidate;
            }
        }
        throw new IllegalStateException("the system property " + PROPERTY + " is " + name + "; it must be one of "
                + Arrays.stream(values()).map(BackendUnderTest::id).toList());
    }

    /** The name in the property. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether calls are computed by an OpenCL device.
     *
     * @return true for the drivers */
    public boolean isDevice() {
        return this == POCL || this == RUSTICL || this == OCLGRIND;
    }

    boolean isCpu() {
        return !isDevice();
    }

    boolean isWithoutOpenCl() {
        return this == NO_PLATFORM || this == NO_LIBRARY;
    }

    /** Whether every result must be the CPU's, bit for bit.
     *
     * @return true but for a device that flushes subnormals */
    public boolean isBitExact() {
        return this != RUSTICL;
    }

    /** Whether only the ends of the parameters' ranges are tried beside the defaults. */
    boolean isBrief() {
        return this == OCLGRIND || this == RUSTICL || isWithoutOpenCl() || GPU_KERNELS;
    }

    /** Whether the driver's host side bears several threads.
     *
     * @return true but for the simulator */
    public boolean takesThreads() {
        return this != OCLGRIND;
    }

    /** The longest call that keeps the suite within a minute or so. Without OpenCL it is the CPU path again that computes,
     * which two other runs test at length. */
    int longest() {
        return GPU_KERNELS ? 60_000 : switch (this) {
            case OCLGRIND -> 1025;
            case NO_PLATFORM, NO_LIBRARY -> 4097;
            case RUSTICL -> 65537;
            default -> 1_000_003;
        };
    }

    /** The longest call where every function runs with many parameter values or in many mixtures. */
    int longestOfMany() {
        return this == OCLGRIND ? 129 : 4097;
    }

    /** Every how manieth float the results are compared at with the golden ones. */
    long goldenStride() {
        return switch (this) {
            case CPU_SIMD, POCL -> 257;
            case RUSTICL -> 65537;
            default -> 1048583;
        };
    }

    /** What the platform or the driver of a device is called, in lower case. */
    String driverMark() {
        return switch (this) {
            case POCL -> "portable computing language|pocl";
            case RUSTICL -> "rusticl|llvmpipe";
            case OCLGRIND -> "oclgrind";
            default -> throw new IllegalStateException(this + " is no device");
        };
    }

    /** How it is opened.
     *
     * @return the options */
    public BackendOptions options() {
        return switch (this) {
            case CPU_SCALAR -> BackendOptions.defaults().withBackend("cpu").withSimd(false);
            case CPU_SIMD -> BackendOptions.defaults().withBackend("cpu");
            case POCL, RUSTICL, OCLGRIND -> BackendOptions.defaults().withBackend("opencl");
            case NO_PLATFORM, NO_LIBRARY -> BackendOptions.defaults();
        };
    }

    /** Parts of the warnings for which there is a reason here: where no device may be chosen freely, choosing says so, and a
     * device that flushes is named when it is opened. Any other warning is a mistake. */
    List<String> reasonableWarnings() {
        String choosing = "Computing on the CPU: no OpenCL device can be used";
        return switch (this) {
            case POCL -> List.of();
            case RUSTICL -> List.of(choosing, "does not give the same bits as the CPU: accepted, but subnormals are flushed");
            default -> List.of(choosing);
        };
    }

    /** A new backend.
     *
     * @return the backend; close it */
    public Backend open() {
        return open(options());
    }

    /** A new backend with other options. On the CPU with SIMD that form serves from the first call; left to itself it would
     * replace the scalar form when it is compiled, and the tests would be over by then.
     *
     * @param options how to open it
     * @return the backend; close it */
    public Backend open(BackendOptions options) {
        if (this == OCLGRIND && isInstalled()) {
            return WholeWritesCl.open(options);
        } else if (this != CPU_SIMD) {
            return Backends.open(options);
        }
        String before = System.setProperty(CPU_FORM, "simd");
        try {
            return Backends.open(options);
        } finally {
            if (before == null) {
                System.clearProperty(CPU_FORM);
            } else {
                System.setProperty(CPU_FORM, before);
            }
        }
    }

    /** Whether the driver is on this machine: asked of the files, so that a mistake of ours is not taken for its absence. */
    public boolean isInstalled() {
        return isCpu() || driverFiles().stream().anyMatch(Files::exists);
    }

    boolean isRequired() {
        String names = System.getenv(REQUIRE);
        return names != null && List.of(names.trim().toLowerCase(Locale.ROOT).split("\\s*,\\s*")).contains(id());
    }

    /** The one file the OpenCL loader of this JVM was told to read. */
    List<Path> driverFiles() {
        String vendors = System.getenv("OCL_ICD_VENDORS");
        return vendors == null ? List.of() : List.of(Path.of(vendors));
    }
}
