package io.github.axoncl.bench.tools;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.Backends;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.bench.shared.Machine;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows every platform and device, whether AxonCL accepts it, and which backend it would choose. */
@Command(name = "devices", mixinStandardHelpOptions = true,
        description = "Shows every OpenCL platform and device, its capabilities, whether its results are the CPU's bit for "
                + "bit, whether it is accepted and why; then the form of the CPU path and the choice.")
public final class DevicesCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        print(spec.commandLine().getOut());
        return 0;
    }

    /** Prints what there is. */
    public static void print(PrintWriter out) {
        List<DeviceInfo> devices = Backends.devices();
        if (devices.isEmpty()) {
            out.println("No OpenCL platform or device was found.");
        }
        for (DeviceInfo device : devices) {
            print(out, device);
        }
        try (Backend cpu = Machine.cpu(true)) {
            out.println("CPU: " + cpu.info().device() + ", " + cpu.info().driver());
            out.println("  form       " + cpu.info().cpuForm());
        }
        try (Backend chosen = Machine.chosen()) {
            BackendInfo info = chosen.info();
            out.println("Choice: " + info.backend() + ", " + info.device());
            out.println("  because    " + info.reason());
            for (BackendInfo.Fallback fallback : info.fallbacks()) {
                out.println("  fell back  " + fallback.reason() + " (" + fallback.count() + " times)");
            }
        }
        out.flush();
    }

    private static void print(PrintWriter out, DeviceInfo device) {
        out.println(Machine.title(device));
        if (!device.name().isEmpty()) {
            out.printf("  device     %s, %s, driver %s, %s%n", device.type(), device.vendor(), device.driver(),
                    device.version());
            out.printf("  size       %d compute units, %d MiB, largest allocation %d MiB, %s memory%n", device.computeUnits(),
                    device.globalMemory() >> 20, device.maxAllocation() >> 20, device.unifiedMemory() ? "unified" : "discrete");
            out.printf("  float      fp64 %s, correctly rounded division %s%n", device.fp64() ? "yes" : "no",
                    device.correctlyRoundedDivide() ? "offered" : "not offered");
            out.printf("  bit-exact  %s%n", device.bitExact() ? "yes" : "no");
        }
        out.printf("  accepted   %s: %s%n", device.accepted() ? "yes" : "no", device.verdict());
    }
}
