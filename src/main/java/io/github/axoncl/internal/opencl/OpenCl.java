package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DeviceException;
import io.github.axoncl.internal.cache.UserCache;
import io.github.axoncl.internal.log.Log;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The way into this package: whether there is OpenCL, which devices, and a backend on one of them. */
public final class OpenCl {
    private static final Log LOG = Log.of(OpenCl.class);
    private static final AtomicBoolean WARNED_OF_DEVIATION = new AtomicBoolean();
    private static final AtomicBoolean WARNED_OF_SIGNALS = new AtomicBoolean();

    private final Cl cl;
    private volatile String unavailable;

    /** Over any implementation of the calls; for tests. */
    OpenCl(Cl cl) {
        this.cl = cl;
    }

    private OpenCl(String unavailable) {
        this.cl = null;
        this.unavailable = unavailable;
    }

    /** Loads the OpenCL library. Never throws: where there is none, {@link #unavailable()} says why.
     *
     * @return the entry */
    public static OpenCl load() {
        String failure = PlatformRule.refusalToList();
        if (failure == null) {
            failure = JoclLibrary.load();
        }
        return failure == null ? new OpenCl(new JoclCl()) : new OpenCl(failure);
    }

    /** Why there are no devices.
     *
     * @return null if nothing is known to be wrong; after {@link #discover} also what kept the platforms from being listed */
    public String unavailable() {
        return unavailable;
    }

    /** Finds and tests the devices of all platforms. Never throws for what it finds.
     *
     * @param reference computes on the CPU what the devices are compared with; null lists without testing, nothing is accepted
     * @return devices and failed platforms, best first; empty if there are none */
    public List<Device> discover(Backend reference) {
        return discover(reference, null);
    }

    /** Finds the devices of all platforms and tests those that were not found good lately. Never throws for what it finds.
     *
     * @param reference computes on the CPU what the devices are compared with; null lists without testing, nothing is accepted
     * @param cache     keeps what was found, or null
     * @return devices and failed platforms, best first; empty if there are none */
    public List<Device> discover(Backend reference, UserCache cache) {
        if (cl == null) {
            return List.of();
        }
        try {
            SavedVerdicts saved = new SavedVerdicts(cache);
            List<Device> devices = new Devices(cl, System.getenv(PlatformRule.VARIABLE), saved).discover(reference);
            unavailable = devices.isEmpty() ? "there is no OpenCL platform" : null;
            return devices;
        } catch (ClException e) {
            unavailable = e.code() == ClErrors.PLATFORM_NOT_FOUND ? "there is no OpenCL platform: " + e.getMessage()
                    : e.getMessage();
            return List.of();
        }
    }

    /** Opens a backend on an accepted device.
     *
     * @param device  one of {@link #discover}
     * @param options how bytes cross and how much is kept
     * @param reason  why this device, for {@link io.github.axoncl.BackendInfo#reason()}
     * @return the backend
     * @throws DeviceException if the device was refused or cannot be opened */
    public OpenClBackend open(Device device, BackendOptions options, String reason) {
        String name = device.info().name() + " (" + device.info().platform() + ")";
        if (cl == null || !device.accepted()) {
            throw new DeviceException(name + " cannot be used: " + device.info().verdict(), null);
        }
        try {
            OpenClBackend backend = new OpenClBackend(cl, device, options, reason, tilings(device, options, true));
            if (device.reservation() != null && WARNED_OF_SIGNALS.compareAndSet(false, true)) {
                LOG.warn("{}: {}", name, device.reservation());
            }
            if (!device.info().bitExact() && WARNED_OF_DEVIATION.compareAndSet(false, true)) {
                LOG.warn("{} does not give the same bits as the CPU: {}", name, device.info().verdict());
            }
            LOG.info("Computing on {}: {}", name, reason);
            return backend;
        } catch (ClException e) {
            throw new DeviceException(e.getMessage() + " when opening " + name, e);
        }
    }

    private Tilings tilings(Device device, BackendOptions options, boolean mayMeasure) {
        String told = System.getProperty(Tilings.PROPERTY);
        if (told != null) {
            return Tilings.always(Tiling.parse(told));
        }
        if (device.isSimulator() || !options.calibration()) {
            return new Tuning(null, device.form(), null);
        }
        return new Tuning(new SavedTiling(UserCache.ofUser(), device), device.form(), !mayMeasure ? null
                : (workload, stopped, turns) -> TilingRuns.best(cl, device, options, workload, stopped, turns));
    }

    /** Opens another backend on a device that was opened before, for work of the library's own: nobody is told.
     *
     * @param device  the device
     * @param options how bytes cross and how much is kept
     * @return the backend
     * @throws DeviceException if the device cannot be opened */
    public OpenClBackend openBeside(Device device, BackendOptions options) {
        try {
            return new OpenClBackend(cl, device, options, "beside another", tilings(device, options, false));
        } catch (ClException e) {
            throw new DeviceException(e.getMessage() + " when opening " + device.info().name() + " once more", e);
        }
    }
}
