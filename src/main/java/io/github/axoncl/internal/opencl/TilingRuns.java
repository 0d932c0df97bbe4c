package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.Operand;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Runs functions with any tiling on a backend of its own, whose calls, memory and failures are not the user's, over elements
 * that lie on the device. Half a second for all candidates, building their programs left out.
 */
final class TilingRuns implements TilingChoice.Runs, AutoCloseable {
    private static final long MOST = 1 << 23;
    /** Elements of a short call. */
    private static final int PATTERN = 1 << 16;
    /** A call of the dear function takes no longer, about, unless even the shortest of long calls does. */
    private static final double LONGEST_CALL = TimeUnit.MILLISECONDS.toNanos(5);

    private final BooleanSupplier stopped;
    private final OpenClBackend backend;
    private final float[] one = new float[1];
    private volatile Tiling tiling = Tiling.DEFAULT;
    private Operands shortOnes;
    private Operands longOnes;

    /** Opens a backend. */
    private TilingRuns(Cl cl, Device device, BackendOptions options, BooleanSupplier stopped) {
        this.stopped = stopped;
        this.backend = new OpenClBackend(cl, device, options, "beside another", elements -> tiling);
    }

    /** Measures all candidates.
     *
     * @param candidates the tilings to compare with the usual one
     * @param stopped    asked between two calls
     * @return the best tiling, or null if the machine is too busy to tell
     * @throws CancellationException if it is stopped */
    static Tiling best(Cl cl, Device device, BackendOptions options, List<Tiling> candidates, BooleanSupplier stopped) {
        try (TilingRuns runs = new TilingRuns(cl, device, options.withPoolBytes(0), stopped)) {
            runs.allocate();
            return new TilingChoice(runs).best(candidates.stream()
                    .filter(candidate -> candidate.workGroup() <= device.maxWorkGroup()).toList());
        }
    }

    private void allocate() {
        DeviceInfo info = backend.device().info();
        long n = Math.min(MOST, Math.min(info.maxAllocation(), info.globalMemory() / 8) / Float.BYTES);
        shortOnes = new Operands(PATTERN);
        longOnes = new Operands(n);
        Activation dear = TilingChoice.FUNCTIONS.get(1);
        nanos(dear, Tiling.DEFAULT);
        double nanos = nanos(dear, Tiling.DEFAULT);
        if (nanos > LONGEST_CALL) {
            longOnes.close();
            longOnes = new Operands(Math.max(Tuning.LONG, (long) (n * LONGEST_CALL / nanos)));
        }
    }

    @Override
    public double nanos(Activation function, Tiling candidate) {
        return nanos(function, candidate, longOnes);
    }

    @Override
    public double shortNanos(Activation function, Tiling candidate) {
        nanos(function, candidate, shortOnes);
        return nanos(function, candidate, shortOnes);
    }

    private double nanos(Activation function, Tiling candidate, Operands operands) {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("tuning was stopped");
        }
        tiling = candidate;
        long before = System.nanoTime();
        backend.forward(function, operands.x, operands.y);
        // Waits until it is computed.
        operands.y.read(0, Operand.of(one));
        return System.nanoTime() - before;
    }

    @Override
    public void close() {
        for (Operands operands : new Operands[] {shortOnes, longOnes}) {
            if (operands != null) {
                operands.close();
            }
        }
        backend.close();
    }

    /** Elements on the device: numbers, and room for results. */
    private final class Operands implements AutoCloseable {
        final DeviceBuffer x;
        final DeviceBuffer y;

        Operands(long n) {
            x = backend.allocate(DType.FLOAT32, n);
            y = backend.allocate(DType.FLOAT32, n);
            Random random = new Random(1);
            float[] values = new float[PATTERN];
            for (int i = 0; i < PATTERN; i++) {
                values[i] = random.nextFloat() * 8 - 4;
            }
            for (long at = 0; at < n; at += PATTERN) {
                x.write(at, Operand.of(values, 0, (int) Math.min(PATTERN, n - at)));
            }
        }

        @Override
        public void close() {
            x.close();
            y.close();
        }
    }
}
