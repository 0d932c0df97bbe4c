package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DeviceException;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.opencl.Device;
import io.github.axoncl.internal.opencl.OpenCl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.stream.Collectors;

/** Opens backends that use devices, or would if there were any. */
final class DeviceOpening {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceOpening.class);

    private DeviceOpening() {
    }

    /** Opens what was chosen: {@code auto}, {@code opencl} or {@code opencl:TEXT}. */
    static Backend open(String choice, String origin, BackendOptions options) {
        OpenCl openCl = OpenCl.load();
        return choice.equalsIgnoreCase("auto") ? automatic(openCl, options) : forced(openCl, choice, origin, options);
    }

    private static Backend automatic(OpenCl openCl, BackendOptions options) {
        List<Device> devices = discover(openCl);
        StringBuilder failures = new StringBuilder();
        for (Device device : devices) {
            if (device.eligible()) {
                try {
                    return new AutoBackend(openCl.open(device, options, "the best device that gives the same bits as the CPU"),
                            new CpuBackend("the fallback", options.simd()));
                } catch (DeviceException e) {
                    failures.append(e.getMessage()).append("; ");
                }
            }
        }
        String obstacle = "no OpenCL device can be used: " + failures + why(openCl, devices);
        LOG.warn("Computing on the CPU: {}", obstacle);
        return new CpuBackend(obstacle, options.simd());
    }

    /** The reference of the smoke test is a backend of its own, so that its calls are not counted as a user's. */
    private static List<Device> discover(OpenCl openCl) {
        try (CpuBackend reference = new CpuBackend("the reference of the smoke test", false)) {
            return openCl.discover(reference);
        }
    }

    private static Backend forced(OpenCl openCl, String choice, String origin, BackendOptions options) {
        int colon = choice.indexOf(':');
        String text = colon < 0 ? "" : choice.substring(colon + 1);
        List<Device> devices = discover(openCl);
        Device device = devices.stream().filter(d -> d.accepted() && d.matches(text)).findFirst()
                .orElseThrow(() -> new DeviceException("\"" + choice + "\" was chosen by " + origin
                        + ", but there is no such device: " + why(openCl, devices), null));
        return openCl.open(device, options, "\"" + choice + "\" was chosen by " + origin);
    }

    private static String why(OpenCl openCl, List<Device> devices) {
        if (devices.isEmpty()) {
            return openCl.unavailable() == null ? "there is none" : openCl.unavailable();
        }
        return devices.stream().map(DeviceOpening::describe).collect(Collectors.joining("; "));
    }

    private static String describe(Device device) {
        DeviceInfo info = device.info();
        String name = info.name().isEmpty() ? info.platform() : info.name() + " (" + info.platform() + ")";
        boolean onRequestOnly = device.accepted() && !device.eligible();
        return name + ": " + info.verdict() + (onRequestOnly ? "; used on request only" : "")
                + (device.reservation() != null ? ": " + device.reservation() : "");
    }

    /** Every platform and device, tested. */
    static List<DeviceInfo> devices() {
        return discover(OpenCl.load()).stream().map(Device::info).toList();
    }
}
