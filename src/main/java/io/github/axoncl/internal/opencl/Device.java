package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceInfo;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

import java.util.Locale;

/**
 * What was discovered: a device with its capabilities and the verdict on it, or a platform that failed ({@code id} is null).
 * Decides how devices rank, and nothing by the flags that drivers report about their arithmetic: those are wrong on some.
 *
 * @param platform     its platform, null if not even that could be had
 * @param id           the device, null for a platform that failed
 * @param info         what is told to users
 * @param maxWorkGroup the largest work-group of any kernel
 * @param form         the form of the kernels that it gets
 */
public record Device(cl_platform_id platform, cl_device_id id, DeviceInfo info, long maxWorkGroup, KernelForm form) {
    static final String SIMULATOR = "SIMULATOR";
    /** The system property that says of every device, {@code true} or {@code false}, whether it shares its memory with the
     * host: to test and measure transfers to a discrete GPU on the driver of a CPU. */
    static final String UNIFIED_PROPERTY = "axoncl.opencl.unified";

    /** A device with the kernels that are usual for its kind. */
    Device(cl_platform_id platform, cl_device_id id, DeviceInfo info, long maxWorkGroup) {
        this(platform, id, info, maxWorkGroup, KernelForm.of(info));
    }

    /** Whether a backend can be opened on it.
     *
     * @return true after a passed smoke test */
    public boolean accepted() {
        return info.accepted();
    }

    /** Whether it may be chosen without being asked for: no simulator, and the same bits as everywhere.
     *
     * @return true if so */
    public boolean eligible() {
        return info.accepted() && info.bitExact() && !isSimulator() && reservation() == null;
    }

    /** Why it must not be chosen without being asked for although it computes well.
     *
     * @return the reason, or null */
    public String reservation() {
        return PlatformRule.reservation(info.platform());
    }

    boolean isSimulator() {
        return info.type().equals(SIMULATOR);
    }

    /** Whether the compiler makes vector code of a loop in one work-item. */
    boolean vectorisesLanes() {
        return form == KernelForm.CPU;
    }

    /** Whether reciprocals are divisions: only where the driver rounds them correctly, and not on GPUs, whose correctly rounded
     * division branches and takes more instructions than {@code reciprocal_by_fma}. */
    boolean divides() {
        return form == KernelForm.CPU && info.correctlyRoundedDivide();
    }

    /** The same device with the other kernels. */
    Device with(KernelForm other) {
        return new Device(platform, id, info, maxWorkGroup, other);
    }

    /** Whether clFinish still waits for work that clFlush has sent on. In rusticl (seen with Mesa 22.3) it waits only for what
     * was not flushed; without a flush it waits for everything. */
    boolean mayFlush() {
        return !info.platform().equalsIgnoreCase("rusticl");
    }

    /** Whether programs with several elements per work-item, and one for each length of rows, are worth while to build. rusticl
     * (seen with Mesa 22.3) takes seconds for a program whose loops are unrolled. */
    boolean buildsQuickly() {
        return !info.platform().equalsIgnoreCase("rusticl");
    }

    /** The longest row that one launch gets right. rusticl on llvmpipe returns other values, without an error, for rows of a
     * million elements (seen with Mesa 22.3; 262,145 were right): its loops seem to end after some 65,000 rounds. */
    long longestRow() {
        return info.platform().equalsIgnoreCase("rusticl") ? 1L << 18 : Long.MAX_VALUE;
    }

    /** The public description.
     *
     * @return the info */
    public DeviceInfo toInfo() {
        return info;
    }

    /** Whether the text occurs in the name of the platform or the device, whatever the case.
     *
     * @param text a part of a name
     * @return true if so */
    public boolean matches(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        return info.platform().toLowerCase(Locale.ROOT).contains(wanted)
                || info.name().toLowerCase(Locale.ROOT).contains(wanted);
    }

    /** The rank: usable before refused, real before simulated, GPU before accelerator before CPU, same bits before others, then
     * compute units, then memory.
     *
     * @return a number, larger is better */
    public double score() {
        double type = switch (info.type()) {
            case "GPU" -> 4;
            case "ACCELERATOR" -> 3;
            case "CPU" -> 2;
            case SIMULATOR -> 0;
            default -> 1;
        };
        double units = Math.min(info.computeUnits(), 9_999);
        double gibibytes = Math.min(info.globalMemory() / 0x1p30, 9_999);
        return (info.accepted() ? 1e12 : 0) + (info.bitExact() ? 1e11 : 0) + type * 1e9 + units * 1e5 + gibibytes;
    }

    Device withVerdict(boolean accepted, boolean bitExact, String verdict) {
        return with(info.fp64(), accepted, bitExact, verdict);
    }

    /** The same without computing in double, which it says that it can. */
    Device withoutDouble(String reason) {
        return with(false, info.accepted(), info.bitExact(), info.verdict() + "; float64 is left to the CPU: " + reason);
    }

    /** The same with what testing has found. */
    Device with(boolean fp64, boolean accepted, boolean bitExact, String verdict) {
        DeviceInfo i = info;
        return new Device(platform, id, new DeviceInfo(i.platform(), i.name(), i.vendor(), i.driver(), i.version(), i.type(),
                i.computeUnits(), i.globalMemory(), i.maxAllocation(), i.unifiedMemory(), fp64, i.correctlyRoundedDivide(),
                accepted, bitExact, verdict), maxWorkGroup, form);
    }

    /** A platform that cannot be used. */
    static Device refusedPlatform(cl_platform_id platform, String name, String version, String reason) {
        return new Device(platform, null, new DeviceInfo(name, "", "", "", version, "OTHER", 0, 0, 0, false, false, false,
                false, false, reason), 0);
    }

    /** Asks for everything that is known before any test. */
    static Device query(Cl cl, cl_platform_id platform, String platformName, cl_device_id id) {
        long type = cl.clGetDeviceInfo(id, Cl.DEVICE_TYPE);
        String name = cl.clGetDeviceInfoText(id, Cl.DEVICE_NAME);
        boolean simulator = platformName.toLowerCase(Locale.ROOT).contains("oclgrind");
        DeviceInfo info = new DeviceInfo(platformName, name, cl.clGetDeviceInfoText(id, Cl.DEVICE_VENDOR),
                cl.clGetDeviceInfoText(id, Cl.DRIVER_VERSION), cl.clGetDeviceInfoText(id, Cl.DEVICE_VERSION),
                simulator ? SIMULATOR : typeName(type), (int) cl.clGetDeviceInfo(id, Cl.DEVICE_MAX_COMPUTE_UNITS),
                cl.clGetDeviceInfo(id, Cl.DEVICE_GLOBAL_MEM_SIZE), cl.clGetDeviceInfo(id, Cl.DEVICE_MAX_MEM_ALLOC_SIZE),
                unified(cl, id),
                cl.clGetDeviceInfoText(id, Cl.DEVICE_EXTENSIONS).contains("cl_khr_fp64"),
                (cl.clGetDeviceInfo(id, Cl.DEVICE_SINGLE_FP_CONFIG) & Cl.FP_CORRECTLY_ROUNDED_DIVIDE_SQRT) != 0,
                false, false, "not tested");
        return new Device(platform, id, info, cl.clGetDeviceInfo(id, Cl.DEVICE_MAX_WORK_GROUP_SIZE));
    }

    private static boolean unified(Cl cl, cl_device_id id) {
        String forced = System.getProperty(UNIFIED_PROPERTY);
        return forced == null ? cl.clGetDeviceInfo(id, Cl.DEVICE_HOST_UNIFIED_MEMORY) != 0 : Boolean.parseBoolean(forced);
    }

    // Oclgrind reports itself as every type at once, hence the test of its name comes first.
    private static String typeName(long type) {
        if ((type & Cl.DEVICE_TYPE_GPU) != 0) {
            return "GPU";
        }
        if ((type & Cl.DEVICE_TYPE_ACCELERATOR) != 0) {
            return "ACCELERATOR";
        }
        return (type & Cl.DEVICE_TYPE_CPU) != 0 ? "CPU" : "OTHER";
    }
}
