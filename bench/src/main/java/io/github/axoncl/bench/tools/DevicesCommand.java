package io.github.axoncl.bench.tools;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.Backends;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.Table;
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
        Table.Lines facts = new Table.Lines(out).column("", "  %-10s").column("", "%s");
        List<DeviceInfo> devices = Backends.devices();
        if (devices.isEmpty()) {
            out.println("No OpenCL platform or device was found.");
        }
        for (DeviceInfo device : devices) {
            out.println(Machine.title(device));
            print(facts, device);
        }
        try (Backend cpu = Machine.cpu(true)) {
            out.println("CPU: " + cpu.info().device() + ", " + cpu.info().driver());
            facts.row("form", cpu.info().cpuForm());
        }
        try (Backend chosen = Machine.chosen()) {
            BackendInfo info = chosen.info();
            out.println("Choice: " + info.backend() + ", " + info.device());
            facts.row("because", info.reason());
            for (BackendInfo.Fallback fallback : info.fallbacks()) {
                facts.row("fell back", fallback.reason() + " (" + fallback.count() + " times)");
            }
        }
    }

    private static void print(Table.Lines facts, DeviceInfo device) {
        if (!device.name().isEmpty()) {
            facts.row("device", device.type() + ", " + device.vendor() + ", driver " + device.driver() + ", " + device.version());
            facts.row("size", device.computeUnits() + " compute units, " + (device.globalMemory() >> 20)
                    + " MiB, largest allocation " + (device.maxAllocation() >> 20) + " MiB, "
                    + (device.unifiedMemory() ? "unified" : "discrete") + " memory");
            facts.row("float", "fp64 " + (device.fp64() ? "yes" : "no") + ", correctly rounded division "
                    + (device.correctlyRoundedDivide() ? "offered" : "not offered"));
            facts.row("bit-exact", device.bitExact() ? "yes" : "no");
        }
        facts.row("accepted", (device.accepted() ? "yes: " : "no: ") + device.verdict());
    }
}
