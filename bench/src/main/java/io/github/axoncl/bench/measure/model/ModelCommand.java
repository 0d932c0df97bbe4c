package io.github.axoncl.bench.measure.model;

import io.github.axoncl.Operation;
import io.github.axoncl.bench.shared.Markers;
import io.github.axoncl.bench.shared.Table;
import io.github.axoncl.bench.shared.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what kernels do for an element, and an estimate of what that allows on a device of which only figures are known. */
@Command(name = "model", mixinStandardHelpOptions = true,
        description = {"Counts loads, stores and operations of every element-wise kernel for an element, with the simulator "
            + "Oclgrind. With the published figures of a device it prints the least time that they allow: an ESTIMATE by a model "
            + "of two limits (memory and arithmetic), not a measurement, and no device's real speed.", "",
            "For example: model --bandwidth 1000 --gflops 40000", "",
            "With --gpus it does so for some GPUs, from the instructions that the vendors' compilers make. That needs no "
            + "driver."})
public final class ModelCommand implements Callable<Integer> {
    private static final Markers MARKERS = new Markers("model");

    @Option(names = "--bandwidth", paramLabel = "GB/S", description = "Bytes to and from global memory, in 10^9 per second.")
    private double bandwidth;

    @Option(names = "--gflops", paramLabel = "GFLOPS",
            description = "Float32 operations in 10^9 per second, as data sheets give "
            + "them: a fused multiply-add counted as two.")
    private double gflops;

    @ArgGroup
    private Gpus gpus;

    @Spec
    private CommandSpec spec;

    /** What to do with the estimate for GPUs; one of them. */
    static final class Gpus {
        @Option(names = "--gpus", description = "Print it for every counted kernel.")
        boolean print;

        @Option(names = "--check", paramLabel = "FILE",
                description = "Fail (exit code 1) if the estimate for GPUs between the markers in FILE is another one.")
        Path check;

        @Option(names = "--write", paramLabel = "FILE",
                description = "Put the estimate of a few kernels between the markers in FILE, as Markdown.")
        Path write;
    }

    @Override
    public Integer call() throws IOException {
        boolean estimate = bandwidth != 0 || gflops != 0;
        if (estimate && !(bandwidth > 0 && gflops > 0)) {
            throw new UsageException("--bandwidth " + bandwidth + " --gflops " + gflops + ": both must be given and positive");
        }
        if (gpus != null) {
            if (estimate) {
                throw new UsageException("--bandwidth and --gflops are of a device that is not one of --gpus");
            }
            estimateForGpus();
            return 0;
        }
        Map<Counted, Counts> all = Counting.count();
        PrintWriter out = spec.commandLine().getOut();
        Table.Lines table = new Table.Lines(out).column("for one element", "%-34s").column("loads", "%7.2f")
                .column("stores", "%7.2f").column("flops", "%7.1f").column("others", "%7.1f");
        if (estimate) {
            table.column("ESTIMATE: ns", "%14.4f").column("x copy", "%7.2f").column("limited by", " %s");
        }
        table.head();
        all.forEach((counted, counts) -> {
            List<Object> row = new ArrayList<>(List.of(counted.title(), counts.loads(), counts.stores(), counts.flops(),
                    counts.others()));
            if (estimate) {
                // A multiply-add is one instruction here, as is anything else.
                double bound = counts.bound(bandwidth, gflops / 2);
                double copy = counts.bytes() / bandwidth;
                row.addAll(List.of(bound, bound / copy, bound > copy ? "arithmetic" : "memory"));
            }
            table.row(row.toArray());
        });
        double most = all.entrySet().stream().filter(e -> e.getKey().operation() == Operation.FORWARD)
                .mapToDouble(e -> e.getValue().flops()).max().orElse(0);
        double mostBackward = all.values().stream().mapToDouble(Counts::flops).max().orElse(0);
        out.printf("most floating point operations: %.0f forward, %.0f in all%n", most, mostBackward);
        out.flush();
        return 0;
    }

    private void estimateForGpus() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<GpuCounts> kernels = GpuCounts.read();
        if (gpus.check != null) {
            out.println(MARKERS.check(gpus.check, GpuEstimate.markdown(kernels), "the estimate for GPUs"));
        } else if (gpus.write != null) {
            MARKERS.write(gpus.write, GpuEstimate.markdown(kernels));
        } else {
            out.print(GpuEstimate.plain(kernels));
        }
        out.flush();
    }
}
