package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.internal.cpu.CpuBackend;

import java.util.List;

/** Chooses the backend that is opened. What only devices need is not even loaded before
 * there is need. */
public final class Opening {
    /** The system property that makes every call of a backend that chooses go one way, {@code device} or {@code cpu}: to
     * compare with what is chosen otherwise. */
    static final String CHOICE = "axoncl.auto.choice";

    private Opening() {
    }

    /** Opens what was chosen.
     *
     * @param choice  {@code auto}, {@code all}, {@code cpu}, {@code opencl} or {@code opencl:TEXT}, in any case
     * @param origin  who chose, for messages
     * @param options everything else
     * @return the backend
     * @throws io.github.axoncl.DeviceException if a forced choice cannot be honoured */
    public static Backend open(String choice, String origin, BackendOptions options) {
        if (choice.equalsIgnoreCase("cpu")) {
            return new CpuBackend("\"cpu\" was chosen by " + origin, options.simd());
        }
        // Where every call must go one way there is nothing to be gained by waiting.
        boolean free = choice.equalsIgnoreCase("auto") && System.getProperty(CHOICE) == null;
        return free ? LazyBackend.open(options) : DeviceOpening.open(choice, origin, options);
    }

    /** Every platform and device, tested anew. */
    public static List<DeviceInfo> devices() {
        return DeviceOpening.devices();
    }
}
