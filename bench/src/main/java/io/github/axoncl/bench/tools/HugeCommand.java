package io.github.axoncl.bench.tools;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Operand;
import io.github.axoncl.bench.shared.FailedException;
import io.github.axoncl.bench.shared.Machine;
import io.github.axoncl.bench.shared.UsageException;
import java.io.PrintWriter;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** One buffer with more elements than an int counts, computed in place. */
@Command(name = "huge", mixinStandardHelpOptions = true,
        description = "Computes gelu in place on one DeviceBuffer with more than 2^31 float32 elements, 9 GiB of them, and "
                + "compares samples from all over it with the CPU's scalar form, bit for bit.",
        footer = {"", "The CPU needs a heap that holds them: java -Xmx11g -jar axoncl-bench.jar huge --backend cpu"})
public final class HugeCommand implements Callable<Integer> {
    private static final int PIECE = 1 << 22;
    /** Every how manieth piece is compared. */
    private static final int STRIDE = 32;

    @Spec
    private CommandSpec spec;

    @Option(names = "--backend", paramLabel = "TEXT", defaultValue = "opencl",
            description = "auto, cpu, opencl, or opencl:TEXT with a part of a device's name (default: ${DEFAULT-VALUE}).")
    private String wanted;

    @Option(names = "--elements", paramLabel = "N", defaultValue = "2415919104",
            description = "The length of the buffer (default: ${DEFAULT-VALUE}).")
    private long elements;

    private PrintWriter out;

    @Override
    public Integer call() {
        out = spec.commandLine().getOut();
        if (elements < 1) {
            throw new UsageException("--elements " + elements + ": must be at least 1");
        }
        try (Backend backend = Machine.named(wanted);
             Backend reference = Machine.cpu(false);
             DeviceBuffer buffer = backend.allocate(DType.FLOAT32, elements)) {
            out.printf("%s: %,d elements, %.1f GiB%n", backend.info().device(), elements, elements * 4.0 / (1 << 30));
            long written = copyAll(buffer);
            long start = System.nanoTime();
            backend.forward(Activation.GELU, buffer, buffer);
            // The call may return earlier; reading waits.
            buffer.read(0, Operand.of(new float[1]));
            long computed = System.nanoTime() - start;
            out.printf("written in %.2f ns/element, computed in %.2f ns/element, %.2f of the writing%n",
                    written / (double) elements, computed / (double) elements, computed / (double) written);
            long compared = compare(buffer, reference);
            out.printf("%,d samples compared: the same bits%n", compared);
            out.flush();
        }
        return 0;
    }

    private long copyAll(DeviceBuffer buffer) {
        long nanos = 0;
        float[] piece = new float[PIECE];
        for (long at = 0; at < elements; at += PIECE) {
            Operand part = Operand.of(piece, 0, fill(piece, at));
            long start = System.nanoTime();
            buffer.write(at, part);
            nanos += System.nanoTime() - start;
        }
        return nanos;
    }

    /** Values that tell their place, from -8 to 8. */
    private int fill(float[] piece, long at) {
        int length = (int) Math.min(PIECE, elements - at);
        for (int i = 0; i < length; i++) {
            piece[i] = (int) ((at + i) * 0x9E3779B97F4A7C15L >>> 40) * 0x1p-20f - 8;
        }
        return length;
    }

    private long compare(DeviceBuffer buffer, Backend reference) {
        float[] expected = new float[PIECE];
        float[] actual = new float[PIECE];
        long compared = 0;
        for (long at : samples()) {
            int length = fill(expected, at);
            reference.forward(Activation.GELU, Operand.of(expected, 0, length), Operand.of(expected, 0, length));
            buffer.read(at, Operand.of(actual, 0, length));
            for (int i = 0; i < length; i++) {
                if (Float.floatToIntBits(actual[i]) != Float.floatToIntBits(expected[i])) {
                    throw new FailedException("element " + (at + i) + " is " + actual[i] + " instead of " + expected[i]);
                }
            }
            compared += length;
        }
        return compared;
    }

    /** Where compared pieces begin: all over, across each power of two at which an index could overflow, and the end. */
    private SortedSet<Long> samples() {
        SortedSet<Long> starts = new TreeSet<>();
        for (long at = 0; at < elements; at += (long) PIECE * STRIDE) {
            starts.add(at);
        }
        for (long power = 1L << 28; power < elements; power *= 2) {
            starts.add(power - PIECE / 2);
        }
        starts.add(Math.max(0, elements - PIECE));
        return starts;
    }
}
