package io.github.axoncl.bench.measure.staging;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.bench.shared.UsageException;
import io.github.axoncl.internal.opencl.SimulatedBus;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Median;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares calls on arrays, which are staged through pinned memory, with the copies and with the kernels alone. */
@Command(name = "staging", mixinStandardHelpOptions = true,
        description = {"Computes arrays of four times the size of the memory pool on a device, and measures by turns: a copy "
            + "of the same bytes each way between arrays by all cores, the kernel on buffers that lie on the device, and the "
            + "call on arrays. Prints medians, and the call's time over the longer of the two others and over their sum.",
            "1 in the first ratio means that all copies and kernels overlap. A driver whose kernels and transfers use the "
            + "host's cores (PoCL) cannot overlap them with the host's own copies: there the sum is the yardstick."})
public final class StagingCommand implements Callable<Integer> {
    /** See {@code Device} in the library: whether every device is said to share its memory with the host. */
    private static final String UNIFIED = "axoncl.opencl.unified";
    private static final int POOL_SHARES = 4;
    private static final int PIECE = 1 << 18;

    @Spec
    private CommandSpec spec;

    @Option(names = "--device", paramLabel = "TEXT", description = "A part of the device's name; the best device without it.")
    private String device;

    @Option(names = "--discrete", description = "Treat the device as one with memory of its own, whatever it says.")
    private boolean discrete;

    @Option(names = "--pool", paramLabel = "MIB", defaultValue = "64",
            description = "The size of the pool of device memory (default: ${DEFAULT-VALUE}); arrays have four times as much.")
    private int pool;

    @Option(names = "--simulate", split = ",", paramLabel = "GB/S",
            description = "Two rates in 10^9 bytes per second, of transfers in each direction and of kernels over their input: "
                + "the device's transfers and kernels take that long, but no processor, and do nothing.")
    private double[] simulated;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "9",
            description = "How often each is measured (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() {
        if (pool < 1 || pool > 1024 || rounds < 1) {
            throw new UsageException("--pool " + pool + " --rounds " + rounds + ": must be from 1 to 1024, and at least 1");
        }
        if (simulated != null && (simulated.length != 2 || !(simulated[0] > 0 && simulated[1] > 0))) {
            throw new UsageException("--simulate " + Arrays.toString(simulated) + ": must be two positive rates");
        }
        if (simulated != null) {
            BackendOptions options = BackendOptions.defaults().withPoolBytes((long) pool << 20);
            try (Backend backend = new SimulatedBus(simulated[0], simulated[1]).open(options)) {
                measure(backend);
            }
            return 0;
        }
        return Machine.with(UNIFIED, discrete ? "false" : System.getProperty(UNIFIED), () -> {
            try (Backend backend = Machine.device(device, (long) pool << 20)) {
                measure(backend);
                return 0;
            }
        });
    }

    private void measure(Backend backend) {
        PrintWriter out = spec.commandLine().getOut();
        int length = (int) (((long) pool << 20) * POOL_SHARES / Float.BYTES - 1);
        out.printf("%s, %,d elements, %d cores, medians of %d%n", backend.info().device(), length,
                Runtime.getRuntime().availableProcessors(), rounds);
        Table.Lines table = new Table.Lines(out).column("function", "%-10s").column("copy ms", "%9.1f")
                .column("kernel ms", "%10.1f").column("call ms", "%9.1f").column("call GB/s", "%10.1f")
                .column("call over the longer one", "%25.2f").column("over the sum", "%13.2f").head();
        float[] x = filled(length, 0.37f);
        float[] dy = filled(length, 0.11f);
        float[] result = filled(length, 0);
        // What a copy has on the other side; touched, since the first use of a page costs more.
        List<float[]> mirrors = List.of(filled(length, 0), filled(length, 0), filled(length, 0));
        for (StagedWork work : StagedWork.values()) {
            try (DeviceBuffer deviceX = backend.allocate(DType.FLOAT32, length);
                 DeviceBuffer deviceDy = backend.allocate(DType.FLOAT32, length);
                 DeviceBuffer deviceResult = backend.allocate(DType.FLOAT32, length)) {
                deviceX.write(x);
                deviceDy.write(dy);
                deviceResult.write(result);
                Runnable copy = () -> {
                    copy(x, mirrors.get(0));
                    if (work.inputs() == 2) {
                        copy(dy, mirrors.get(1));
                    }
                    copy(mirrors.get(2), result);
                };
                Runnable kernel = simulated != null ? () -> sleep(work, length) : () -> {
                    work.run(backend, deviceX, deviceDy, deviceResult);
                    deviceResult.read(0, Operand.of(new float[1]));
                };
                Runnable call = () -> work.run(backend, Operand.of(x), Operand.of(dy), Operand.of(result));
                double[] millis = medians(copy, kernel, call);
                double longer = Math.max(millis[0], millis[1]);
                double bytes = (work.inputs() + 1.0) * Float.BYTES * length;
                table.row(work.title(), millis[0], millis[1], millis[2], bytes / millis[2] / 1e6, millis[2] / longer,
                        millis[2] / (millis[0] + millis[1]));
            }
        }
    }

    /** The medians in milliseconds of runs by turns, after one that does not count. */
    private double[] medians(Runnable... all) {
        double[][] millis = new double[all.length][rounds];
        for (int round = -1; round < rounds; round++) {
            for (int i = 0; i < all.length; i++) {
                long start = System.nanoTime();
                all[i].run();
                millis[i][Math.max(round, 0)] = (System.nanoTime() - start) / 1e6;
            }
        }
        return Arrays.stream(millis).mapToDouble(Median.withDefaults()::evaluate).toArray();
    }

    /** What the busiest of the simulated engines takes. */
    private void sleep(StagedWork work, int length) {
        double bytes = (double) Float.BYTES * length * work.inputs();
        LockSupport.parkNanos((long) (bytes / Math.min(simulated[0], simulated[1])));
    }

    private static void copy(float[] from, float[] to) {
        IntStream.range(0, (from.length + PIECE - 1) / PIECE).parallel().forEach(piece -> {
            int first = piece * PIECE;
            System.arraycopy(from, first, to, first, Math.min(PIECE, from.length - first));
        });
    }

    private static float[] filled(int length, float step) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i % 1024 * step % 6 - 3;
        }
        return values;
    }
}
