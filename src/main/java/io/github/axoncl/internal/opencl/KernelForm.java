package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceInfo;

import java.util.Locale;

/** The two forms in which a driver gets the kernels. Their results have the same bits. */
public enum KernelForm {
    /** A work-item is a loop over many elements, of which the compiler makes vectors: for drivers that compile for CPUs. */
    CPU,
    /** Many work-items with a few elements each, which check bounds: for GPUs and for everything that is not known to
     * vectorise loops. Standard OpenCL C 1.2 without pragmas of a compiler. */
    GPU;

    /** The system property that gives every device one form, {@code cpu} or {@code gpu}: to test the GPU's form on the driver
     * of a CPU. */
    static final String PROPERTY = "axoncl.opencl.form";

    /** The form for a device. rusticl is a CPU's driver, but unrolls loops, which takes seconds. */
    static KernelForm of(DeviceInfo info) {
        String forced = System.getProperty(PROPERTY);
        if (forced != null) {
            return valueOf(forced.toUpperCase(Locale.ROOT));
        }
        return info.type().equals("CPU") && !info.platform().equalsIgnoreCase("rusticl") ? CPU : GPU;
    }
}
