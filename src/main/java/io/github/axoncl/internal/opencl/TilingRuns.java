package io.github.axoncl.internal.opencl;

import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.opencl.Effort.Work;

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
    private static final int PATTERN = 1 << 18;
    /** No call takes longer, about, unless even a short one does. */
    private static final double LONGEST_CALL = TimeUnit.MILLISECONDS.toNanos(5);

    private final BooleanSupplier stopped;
    private final Tuning.Turns turns;
    private final OpenClBackend backend;
    private final float[] one = new float[1];
    private volatile Tiling tiling = Tiling.DEFAULT;
    private Operands shortOnes;
    private Operands longOnes;

    /** Opens a backend. */
    private TilingRuns(Cl cl, Device device, BackendOptions options, BooleanSupplier stopped, Tuning.Turns turns) {
        this.turns = turns;
        this.stopped = stopped;
        this.backend = new OpenClBackend(cl, device, options, "beside another", (signature, elements) -> tiling);
    }

    /** Measures all candidates.
     *
     * @param candidates the tilings to compare with the usual one
     * @param stopped    asked between two calls
     * @param turns      keeps other calls away from each that is measured
     * @return the best tilings, or null if the machine is too busy to tell
     * @throws CancellationException if it is stopped */
    static Tuned best(Cl cl, Device device, BackendOptions options, List<Tiling> candidates, BooleanSupplier stopped,
                      Tuning.Turns turns) {
        try (TilingRuns runs = new TilingRuns(cl, device, options.withPoolBytes(0), stopped, turns)) {
            List<Tiling> allowed = candidates.stream().filter(c -> c.workGroup() <= device.maxWorkGroup()).toList();
            Tiling light = runs.best(Effort.LIGHT, allowed);
            Tiling heavy = light == null ? null : runs.best(Effort.HEAVY, allowed);
            return heavy == null ? null : new Tuned(light, heavy);
        }
    }

    private Tiling best(Effort effort, List<Tiling> candidates) {
        long n = affordable(effort);
        try (Operands few = new Operands(PATTERN); Operands many = new Operands(n)) {
            shortOnes = few;
            longOnes = many;
            return new TilingChoice(this, effort).best(candidates);
        }
    }

    /** So many elements as a call may have. Not reckoned from a short one, which spends its time on being begun. */
    private long affordable(Effort effort) {
        DeviceInfo info = backend.device().info();
        long n = Math.min(MOST, Math.min(info.maxAllocation(), info.globalMemory() / 8) / Float.BYTES);
        // The second one takes longer.
        Work work = effort.measured().get(1);
        try (Operands most = new Operands(n)) {
            nanos(work, Tiling.DEFAULT, most);
            double[] nanos = new double[1];
            alone(() -> nanos[0] = Math.min(nanos(work, Tiling.DEFAULT, most), nanos(work, Tiling.DEFAULT, most)));
            return nanos[0] <= LONGEST_CALL ? n : Math.max(PATTERN, (long) (n * LONGEST_CALL / nanos[0]));
        }
    }

    @Override
    public double nanos(Work work, Tiling candidate) {
        return nanos(work, candidate, longOnes);
    }

    @Override
    public double shortNanos(Work work, Tiling candidate) {
        return nanos(work, candidate, shortOnes);
    }

    @Override
    public void alone(Runnable some) {
        turns.alone(some);
    }

    private double nanos(Work work, Tiling candidate, Operands operands) {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("tuning was stopped");
        }
        tiling = candidate;
        long before = System.nanoTime();
        if (work.operation().takesGradient()) {
            backend.backward(work.function(), operands.x, operands.dy, operands.y);
        } else {
            backend.forward(work.function(), operands.x, operands.y);
        }
        // Waits until it is computed.
        operands.y.read(0, Operand.of(one));
        return System.nanoTime() - before;
    }

    @Override
    public void close() {
        backend.close();
    }

    /** Elements on the device: numbers, and room for results. */
    private final class Operands implements AutoCloseable {
        final DeviceBuffer x;
        final DeviceBuffer dy;
        final DeviceBuffer y;

        Operands(long n) {
            x = backend.allocate(DType.FLOAT32, n);
            dy = backend.allocate(DType.FLOAT32, n);
            y = backend.allocate(DType.FLOAT32, n);
            Random random = new Random(1);
            float[] values = new float[PATTERN];
            for (int i = 0; i < PATTERN; i++) {
                values[i] = random.nextFloat() * 8 - 4;
            }
            for (long at = 0; at < n; at += PATTERN) {
                Operand part = Operand.of(values, 0, (int) Math.min(PATTERN, n - at));
                x.write(at, part);
                dy.write(at, part);
            }
        }

        @Override
        public void close() {
            x.close();
            dy.close();
            y.close();
        }
    }
}
