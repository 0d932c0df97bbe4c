package io.github.axoncl.bench.shared;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.Backends;
import io.github.axoncl.DeviceException;
import io.github.axoncl.DeviceInfo;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What this machine has: opens its backends for the commands, and knows its devices by name and speed. */
public final class Machine {
    private static final String CPU_FORM = "axoncl.cpu.form";

    private Machine() {
    }

    /** The devices that can be used, best first. */
    public static List<DeviceInfo> accepted() {
        return Backends.devices().stream().filter(DeviceInfo::accepted).toList();
    }

    /** The CPU backend. */
    public static Backend cpu(boolean simd) {
        return open(BackendOptions.defaults().withBackend("cpu").withSimd(simd));
    }

    /** The CPU backend with its SIMD form from the first call on, where there is one; without this it comes in the
     * background. */
    public static Backend cpuSimdAtOnce() {
        return with(CPU_FORM, "simd", () -> cpu(true));
    }

    /** What a backend's maker gives while a system property has a value; then it has the one before.
     *
     * @param value null for none */
    public static <T> T with(String property, String value, Supplier<T> maker) {
        String before = System.getProperty(property);
        set(property, value);
        try {
            return maker.get();
        } finally {
            set(property, before);
        }
    }

    /** Gives a system property a value, or takes it away for null. */
    public static void set(String property, String value) {
        if (value == null) {
            System.clearProperty(property);
        } else {
            System.setProperty(property, value);
        }
    }

    /** The backend on one device, and no other. */
    public static Backend device(DeviceInfo device) {
        Backend backend = open(BackendOptions.defaults().withBackend("opencl:" + device.name()));
        if (!backend.info().device().contains(device.name())) {
            String got = backend.info().device();
            backend.close();
            throw new FailedException("asked for the device " + device.name() + ", got " + got);
        }
        return backend;
    }

    /** The backend on the best device with this text in its name, or on the best of all, with a pool of so many bytes.
     *
     * @param name a part of a name, or null */
    public static Backend device(String name, long poolBytes) {
        return open(BackendOptions.defaults().withBackend(name == null ? "opencl" : "opencl:" + name).withPoolBytes(poolBytes)
                .withCalibration(false));
    }

    /** The backend that AxonCL chooses when nothing but its property and its environment variable is said. */
    public static Backend chosen() {
        return open(BackendOptions.defaults());
    }

    /** The backend of a text, as users give it: {@code auto}, {@code cpu}, {@code opencl} or {@code opencl:TEXT}. */
    public static Backend named(String text) {
        try {
            return open(BackendOptions.defaults().withBackend(text));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    /** A backend by options. */
    public static Backend open(BackendOptions options) {
        try {
            return Backends.open(options);
        } catch (DeviceException e) {
            throw new NotAvailableException(e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    /** Platform and device in one text. */
    public static String title(DeviceInfo device) {
        return device.name().isEmpty() ? device.platform() : device.platform() + " / " + device.name();
    }

    /** Whether text is a part of the platform's or device's name, in any case. */
    public static boolean matches(DeviceInfo device, String text) {
        return title(device).toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    /** Oclgrind interprets every instruction and rusticl runs on a slow software rasteriser: a hundred times slower. */
    public static boolean slow(DeviceInfo device) {
        return device.type().equals("SIMULATOR") || matches(device, "oclgrind") || matches(device, "rusticl")
                || matches(device, "llvmpipe");
    }
}
