package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.opencl.OpenClBackend;

/** Lets tests of other packages put the falling over on a device of their own. */
public final class AutoBackends {
    private AutoBackends() {
    }

    /** The backend that computes on a device and falls over to the CPU.
     *
     * @param device the device's backend
     * @return the backend; closing it closes the device's */
    public static Backend over(OpenClBackend device) {
        return new AutoBackend(device, new CpuBackend("the fallback", false), Choice.DEVICE);
    }
}
