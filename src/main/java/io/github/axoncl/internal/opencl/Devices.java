package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.DeviceException;
import io.github.axoncl.KernelBuildException;
import io.github.axoncl.internal.log.Log;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the devices of all platforms; one that fails is listed with its reason and keeps no other from being found. */
final class Devices {
    private static final Log LOG = Log.of(Devices.class);

    private final Cl cl;
    private final String sigfpeHandler;
    private final SavedVerdicts saved;

    Devices(Cl cl) {
        this(cl, System.getenv(PlatformRule.VARIABLE));
    }

    /** As if the environment held this value of {@link PlatformRule#VARIABLE}, or none. */
    Devices(Cl cl, String sigfpeHandler) {
        this(cl, sigfpeHandler, new SavedVerdicts(null));
    }

    /** The same with verdicts from earlier. */
    Devices(Cl cl, String sigfpeHandler, SavedVerdicts saved) {
        this.cl = cl;
        this.sigfpeHandler = sigfpeHandler;
        this.saved = saved;
    }

    /** All devices and failed platforms, best first.
     *
     * @param reference computes what the devices are compared with, or null to test nothing and accept nothing
     * @return an unmodifiable list
     * @throws ClException if not even the platforms can be listed */
    List<Device> discover(Backend reference) {
        List<Device> found = new ArrayList<>();
        for (cl_platform_id platform : cl.clGetPlatformIDs()) {
            addPlatform(platform, reference, found);
        }
        found.sort(Comparator.comparingDouble(Device::score).reversed());
        return List.copyOf(found);
    }

    private void addPlatform(cl_platform_id platform, Backend reference, List<Device> found) {
        String name = "unknown platform";
        String version = "";
        try {
            name = cl.clGetPlatformInfo(platform, Cl.PLATFORM_NAME);
            version = cl.clGetPlatformInfo(platform, Cl.PLATFORM_VERSION);
            String refusal = PlatformRule.refuse(version, sigfpeHandler);
            if (refusal != null) {
                found.add(Device.refusedPlatform(platform, name, version, refusal));
                return;
            }
            cl_device_id[] ids = cl.clGetDeviceIDs(platform, Cl.DEVICE_TYPE_ALL);
            if (!PlatformRule.divisionWorks()) {
                LOG.error("OpenCL platform \"{}\" ({}) has broken Java's integer division by zero", name, version);
                found.add(Device.refusedPlatform(platform, name, version,
                        "refused: integer division by zero no longer throws"));
                return;
            }
            for (cl_device_id id : ids) {
                found.add(examine(platform, name, id, reference));
            }
        } catch (ClException e) {
            found.add(Device.refusedPlatform(platform, name, version, "refused: " + e.getMessage()));
        }
    }

    private Device tested(Device device, Backend reference) {
        Device known = saved.recall(device);
        if (known != null) {
            return known;
        }
        Device tested = new SmokeTest(cl, device, reference).run();
        saved.keep(device, tested);
        return tested;
    }

    private Device examine(cl_platform_id platform, String platformName, cl_device_id id, Backend reference) {
        Device device = null;
        try {
            device = Device.query(cl, platform, platformName, id);
            if (cl.clGetDeviceInfo(id, Cl.DEVICE_AVAILABLE) == 0) {
                return device.withVerdict(false, false, "refused: not available");
            }
            if (cl.clGetDeviceInfo(id, Cl.DEVICE_COMPILER_AVAILABLE) == 0) {
                return device.withVerdict(false, false, "refused: it has no compiler");
            }
            return reference == null ? device : tested(device, reference);
        } catch (ClException | DeviceException | KernelBuildException e) {
            return device == null ? Device.refusedPlatform(platform, platformName, "", "refused: " + e.getMessage())
                    : device.withVerdict(false, false, "refused: " + e.getMessage());
        }
    }
}
