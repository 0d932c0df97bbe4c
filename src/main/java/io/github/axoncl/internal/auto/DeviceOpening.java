package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DeviceException;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.Explanation.Source;
import io.github.axoncl.internal.cache.UserCache;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.log.Log;
import io.github.axoncl.internal.opencl.Device;
import io.github.axoncl.internal.opencl.OpenCl;
import io.github.axoncl.internal.opencl.OpenClBackend;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Opens backends that use devices, or would if there were any. */
final class DeviceOpening {
    /** The system property that forbids measuring, {@code off}. */
    private static final String CALIBRATION = "axoncl.calibration";
    private static final Log LOG = Log.of(DeviceOpening.class);

    private DeviceOpening() {
    }

    /** Opens what was chosen: {@code auto}, {@code all}, {@code opencl} or {@code opencl:TEXT}. */
    static Backend open(String choice, String origin, BackendOptions given) {
        BackendOptions options = permitted(given);
        String wanted = choice.toLowerCase(Locale.ROOT);
        OpenCl openCl = OpenCl.load();
        boolean all = wanted.equals("all");
        return !all && !wanted.equals("auto") ? forced(openCl, choice, origin, options)
                : automatic(openCl, all, options, new CpuBackend("the fallback", options.simd()));
    }

    /** Opens the best eligible device for a backend that computes on the CPU already.
     *
     * @return the backend over both; null if there is no such device, which is logged and said by the CPU's backend. Never
     *         throws for what it finds */
    static AutoBackend beside(BackendOptions options, CpuBackend cpu) {
        try {
            return automatic(OpenCl.load(), false, permitted(options), cpu) instanceof AutoBackend auto ? auto : null;
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("Computing on the CPU: looking for OpenCL devices failed", e);
            cpu.because("looking for OpenCL devices failed: " + e);
            return null;
        }
    }

    /** The options without what the property forbids. */
    private static BackendOptions permitted(BackendOptions options) {
        return System.getProperty(CALIBRATION, "on").equalsIgnoreCase("off") ? options.withCalibration(false) : options;
    }

    /** The best eligible device, or all of them, with the CPU for the rest; the CPU alone if there is none. */
    private static Backend automatic(OpenCl openCl, boolean all, BackendOptions options, CpuBackend cpu) {
        Choice forced = forcedChoice();
        List<Device> devices = discover(openCl, UserCache.ofUser());
        List<OpenClBackend> opened = new ArrayList<>();
        StringBuilder failures = new StringBuilder();
        for (Device device : devices) {
            if (device.eligible() && (all || opened.isEmpty())) {
                try {
                    opened.add(openCl.open(device, options, all ? "one of all devices that give the same bits as the CPU"
                            : "the best device that gives the same bits as the CPU"));
                } catch (DeviceException e) {
                    failures.append(e.getMessage()).append("; ");
                    if (all) {
                        LOG.warn("Computing without a device: {}", e.getMessage());
                    }
                }
            }
        }
        if (!opened.isEmpty()) {
            OpenClBackend first = opened.get(0);
            Choice choice = forced != null ? forced : choice(openCl, first.device(), cpu, options);
            boolean sameProcessor = opened.stream().anyMatch(one -> one.device().info().type().equals("CPU"));
            return opened.size() == 1 && (!all || sameProcessor) ? new AutoBackend(first, cpu, choice)
                    : new SplitBackend(opened, cpu, !sameProcessor, choice);
        }
        String obstacle = "no OpenCL device can be used: " + failures + why(openCl, devices);
        LOG.warn("Computing on the CPU: {}", obstacle);
        cpu.because(obstacle);
        return cpu;
    }

    /** What {@link #CHOICE} asks for, or null. */
    private static Choice forcedChoice() {
        String text = System.getProperty(Opening.CHOICE, "measured");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "device" -> Choice.DEVICE;
            case "cpu" -> Choice.CPU;
            case "measured" -> null;
            default -> throw new IllegalArgumentException("the system property " + Opening.CHOICE + " \"" + text
                    + "\": must be measured, device or cpu");
        };
    }

    private static Choice choice(OpenCl openCl, Device device, CpuBackend cpu, BackendOptions options) {
        String form = cpu.info().cpuForm();
        int threads = Runtime.getRuntime().availableProcessors();
        boolean measure = options.calibration();
        CostModel defaults = new DefaultCosts(device.info(), threads, form.startsWith("SIMD"),
                measure ? Source.DEFAULTS : Source.SWITCHED_OFF);
        if (!measure) {
            return new CostChoice(defaults);
        }
        SavedCosts saved = new SavedCosts(UserCache.ofUser(),
                SavedCosts.key(device.info(), form, threads, options.transfer().toString()));
        return new CostChoice(new MeasuredCosts(defaults, saved, stopped -> new Calibrator(
                () -> openCl.openBeside(device, options), () -> new CpuBackend("calibration", options.simd()), stopped)));
    }

    /** The reference of the smoke test is a backend of its own, so that its calls are not counted as a user's. */
    private static List<Device> discover(OpenCl openCl, UserCache cache) {
        try (CpuBackend reference = new CpuBackend("the reference of the smoke test", false)) {
            return openCl.discover(reference, cache);
        }
    }

    private static Backend forced(OpenCl openCl, String choice, String origin, BackendOptions options) {
        int colon = choice.indexOf(':');
        String text = colon < 0 ? "" : choice.substring(colon + 1);
        List<Device> devices = discover(openCl, UserCache.ofUser());
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

    /** Every platform and device, tested anew. */
    static List<DeviceInfo> devices() {
        return discover(OpenCl.load(), null).stream().map(Device::info).toList();
    }
}
