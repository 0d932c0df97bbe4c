package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.opencl.OpenClBackend;

import java.util.List;

/** Lets tests of other packages divide calls among devices of their own. */
public final class SplitBackends {
    private SplitBackends() {
    }

    /** The backend that divides long calls and sends all others to the first device.
     *
     * @param devices      the devices' backends
     * @param cpuTakesPart whether the CPU computes beside them
     * @return the backend; closing it closes the devices' */
    public static Backend over(List<OpenClBackend> devices, boolean cpuTakesPart) {
        return new SplitBackend(devices, new CpuBackend("the fallback", false), cpuTakesPart, Choice.DEVICE);
    }
}
