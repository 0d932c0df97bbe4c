package io.github.axoncl.bench.tools.demo;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.NotAvailableException;
import io.github.axoncl.bench.shared.network.Digits;
import io.github.axoncl.bench.tools.DevicesCommand;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The whole way on real data: train on the device and on the CPU, compare the weights, then measure every function. */
@Command(name = "demo", mixinStandardHelpOptions = true,
        description = "Trains a network on 8,000 real handwritten digits, once on the first accepted device and once on the "
                + "CPU, compares accuracy and weights, and measures every function on both. Completes on the CPU "
                + "without a device.")
public final class DemoCommand implements Callable<Integer> {
    private static final double LEAST_ACCURACY = 0.95;
    private static final int MANY = 8 << 20;
    private static final int FEW = 65_536;

    @Spec
    private CommandSpec spec;

    @Option(names = "--device", paramLabel = "NAME",
            description = "Use the first accepted device with this part in its platform's or its own name.")
    private String wanted;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "12",
            description = "Passes over the training images (default: ${DEFAULT-VALUE}).")
    private int epochs;

    private PrintWriter out;

    @Override
    public Integer call() {
        out = spec.commandLine().getOut();
        long start = System.nanoTime();
        heading("Devices");
        DevicesCommand.print(out);
        Optional<DeviceInfo> device = device();

        Digits train = Digits.load("train");
        Digits test = Digits.load("t10k");
        try (Backend cpu = Machine.cpu(true); Backend scalar = Machine.cpu(false);
             Backend onDevice = device.map(Machine::device).orElse(null)) {
            if (onDevice == null) {
                out.println("\nNo accepted OpenCL device: the device parts are left out, everything runs on the CPU.");
            }
            Training byDevice = onDevice == null ? null : train(onDevice, train, test);
            Training byCpu = train(cpu, train, test);
            check(byDevice, byCpu, device);

            Map<String, Backend> backends = new LinkedHashMap<>();
            backends.put("CPU scalar", scalar);
            if (cpu.info().cpuForm().startsWith("SIMD")) {
                backends.put("CPU SIMD", cpu);
            } else {
                out.println("\nNo SIMD form on this CPU path: " + cpu.info().cpuForm());
            }
            device.ifPresent(d -> backends.put(d.name(), onDevice));
            measure(backends, hidden(byCpu, train, test), device);
        }
        out.printf("%nDone in %.0f s.%n", (System.nanoTime() - start) / 1e9);
        out.flush();
        return 0;
    }

    private Optional<DeviceInfo> device() {
        List<DeviceInfo> accepted = Machine.accepted();
        Optional<DeviceInfo> found = accepted.stream().filter(d -> wanted == null || Machine.matches(d, wanted)).findFirst();
        if (wanted != null && found.isEmpty()) {
            throw new NotAvailableException("no accepted device has \"" + wanted + "\" in its name; accepted: "
                    + accepted.stream().map(Machine::title).toList(), null);
        }
        return found;
    }

    private Training train(Backend backend, Digits train, Digits test) {
        BackendInfo before = backend.info();
        heading("Training 784-256-10 on " + before.backend() + ", " + before.device() + " (forced)");
        Training training = Training.run(backend, train, test, epochs, out);
        BackendInfo info = backend.info();
        out.printf("  test accuracy %.2f %%; calls: %d on the device, %d on the CPU; %.1f s%n", 100 * training.accuracy(),
                info.deviceCalls(), info.cpuCalls(), training.seconds());
        out.println("  SHA-256 of the weights: " + training.weights());
        boolean onDevice = info.backend().equals("opencl");
        if ((onDevice ? info.deviceCalls() : info.cpuCalls()) == 0 || (onDevice ? info.cpuCalls() : info.deviceCalls()) != 0) {
            throw new FailedException(info.backend() + " was forced, but the calls were computed elsewhere: " + info);
        }
        if (training.accuracy() < LEAST_ACCURACY) {
            throw new FailedException("the accuracy is below " + 100 * LEAST_ACCURACY + " %");
        }
        return training;
    }

    private void check(Training byDevice, Training byCpu, Optional<DeviceInfo> device) {
        heading("Weights of both runs");
        if (byDevice == null) {
            out.println("There is no device to compare the CPU with.");
        } else if (byDevice.weights().equals(byCpu.weights())) {
            out.println("Equal, bit for bit.");
        } else if (device.orElseThrow().bitExact()) {
            throw new FailedException("the weights differ, but the device counts as bit-exact");
        } else {
            out.println("They differ, as they may: this device is not bit-exact (" + device.orElseThrow().verdict() + ").");
        }
        out.flush();
    }

    /** The hidden layer's pre-activations of all images in the trained network. */
    private static float[] hidden(Training training, Digits train, Digits test) {
        float[] first = training.network().forward(train.images()).z().get(0).data;
        float[] second = training.network().forward(test.images()).z().get(0).data;
        float[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private void measure(Map<String, Backend> backends, float[] hidden, Optional<DeviceInfo> device) {
        heading("Every function on the trained network's hidden pre-activations");
        int length = device.filter(Machine::slow).isPresent() ? FEW : MANY;
        long differing = new Throughput(backends, hidden, length, Training.HIDDEN, out).run();
        out.printf("%nValues that differ between the backends: %d%n", differing);
        if (differing > 0 && device.map(DeviceInfo::bitExact).orElse(true)) {
            throw new FailedException(differing + " values differ");
        }
    }

    private void heading(String text) {
        out.println("\n== " + text);
        out.flush();
    }
}
