package io.github.axoncl.internal.opencl;

import io.github.axoncl.ActivationFunction;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.BiasedActivation;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceInfo;
import io.github.axoncl.Operand;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticFunction;
import io.github.axoncl.internal.opencl.WorkloadClass.Work;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Runs calls with any tiling on a backend of its own, whose calls, memory and failures are not the user's, over elements that
 * lie on the device. A timing is that of many calls, submitted one behind the other, and one wait, so that what is measured is
 * the device and not how long it takes to submit and to wait. Nothing is asked of the driver for that, events least of all.
 */
final class TilingRuns implements TilingChoice.Runs, AutoCloseable {
    /** Bytes of an operand where that exceeds the cache. */
    private static final long LEAST = 1 << 25;
    /** An operand has more bytes than the cache by this factor, so that nothing of it is left there for the next call. */
    private static final int TIMES_CACHE = 4;
    /** Of the device's memory, for all operands. */
    private static final int SHARE = 8;
    private static final int OPERANDS = 3;
    /** Elements of a short call; the lengths of others are multiples of it, and it is one of the rows' lengths. */
    private static final int PATTERN = 1 << 18;
    /** So long do the calls of a timing take together, unless a single one takes longer. */
    private static final double TIMING = TimeUnit.MILLISECONDS.toNanos(3);
    private static final int MOST_CALLS = 64;
    /** No call takes longer, about, unless even a short one does: where memory limits it and where it does not. */
    private static final double LONGEST_CALL_OF_MEMORY = TimeUnit.MILLISECONDS.toNanos(50);
    private static final double LONGEST_CALL = TimeUnit.MILLISECONDS.toNanos(5);
    /** The factors by which operands grow at a time. */
    private static final double MOST_GROWTH = 8;
    private static final double LEAST_GROWTH = 1.5;
    /** The axis of the work with a bias. */
    private static final int BIASES = 1024;
    /** In float16. */
    private static final int EIGHTH = 0x3000;
    private static final int FOUR = 0x4400;
    private static final RandomSeed SEED = new RandomSeed(1, 0);

    private final LongSupplier clock;
    private final BooleanSupplier stopped;
    private final Tuning.Turns turns;
    private final OpenClBackend backend;
    private final Map<Work, Integer> calls = new HashMap<>();
    private volatile Tiling tiling = Tiling.DEFAULT;
    private Operands shortOnes;
    private Operands longOnes;

    /** Opens a backend. */
    private TilingRuns(Cl cl, Device device, BackendOptions options, BooleanSupplier stopped, Tuning.Turns turns,
                       LongSupplier clock) {
        this.clock = clock;
        this.turns = turns;
        this.stopped = stopped;
        this.backend = new OpenClBackend(cl, device, options, "beside another", (signature, shape) -> tiling);
    }

    /** Measures all candidates for a class.
     *
     * @param stopped asked between two timings
     * @param turns   keeps other calls away from each timing
     * @return the best tiling, or null if the machine is too busy to tell
     * @throws CancellationException if it is stopped */
    static Tiling best(Cl cl, Device device, BackendOptions options, WorkloadClass workload, BooleanSupplier stopped,
                       Tuning.Turns turns) {
        return best(cl, device, options, workload, stopped, turns, System::nanoTime);
    }

    /** The same by another clock; for tests. */
    static Tiling best(Cl cl, Device device, BackendOptions options, WorkloadClass workload, BooleanSupplier stopped,
                       Tuning.Turns turns, LongSupplier nanoTime) {
        try (TilingRuns runs = new TilingRuns(cl, device, options.withPoolBytes(0), stopped, turns, nanoTime)) {
            long cache = cl.clGetDeviceInfo(device.id(), Cl.DEVICE_GLOBAL_MEM_CACHE_SIZE);
            runs.allocate(workload, operandBytes(cache, device.info()));
            return new TilingChoice(runs, workload).best(workload.candidates(device.form()).stream()
                    .filter(candidate -> candidate.workGroup() <= device.maxWorkGroup()).toList());
        }
    }

    /** The bytes of an operand: more than the cache can have kept of it where memory allows. */
    static long operandBytes(long cache, DeviceInfo info) {
        long unit = (long) PATTERN * Float.BYTES;
        long wanted = Math.max(LEAST, (TIMES_CACHE * cache / unit + 1) * unit);
        return Math.min(wanted, Math.min(info.maxAllocation(), info.globalMemory() / SHARE / OPERANDS) / unit * unit);
    }

    /** Makes the operands, with fewer bytes if a call would take too long. They grow step by step, so that no call on the way
     * there takes longer than those that are measured: a short call spends its time on being begun and tells little. */
    private void allocate(WorkloadClass workload, long bytes) {
        List<Work> works = workload.measured();
        Work slowest = works.get(works.size() - 1);
        double longest = workload.isLimitedByMemory() ? LONGEST_CALL_OF_MEMORY : LONGEST_CALL;
        shortOnes = new Operands(slowest.type(), 0);
        longOnes = shortOnes;
        long now = (long) PATTERN * slowest.type().bytes();
        while (now < bytes) {
            nanos(slowest, Tiling.DEFAULT, longOnes, 1);
            long next = (long) Math.min(bytes, now * Math.min(MOST_GROWTH, longest / usualNanos(slowest, 1)));
            if (next < Math.min(bytes, LEAST_GROWTH * now)) {
                break;
            } else if (longOnes != shortOnes) {
                longOnes.close();
            }
            longOnes = new Operands(slowest.type(), next);
            now = next;
        }
        works.forEach(this::countCalls);
    }

    /** Not reckoned from a single call either, much of whose time may be that of waiting. */
    private void countCalls(Work work) {
        nanos(work, Tiling.DEFAULT, longOnes, 1);
        int count = 1;
        while (count < MOST_CALLS && count * usualNanos(work, count) < TIMING) {
            count *= 2;
        }
        calls.put(work, count);
    }

    private double usualNanos(Work work, int count) {
        double[] nanos = new double[2];
        for (int k = 0; k < nanos.length; k++) {
            int time = k;
            alone(() -> nanos[time] = nanos(work, Tiling.DEFAULT, longOnes, count));
        }
        return Math.min(nanos[0], nanos[1]);
    }

    @Override
    public double nanos(Work work, Tiling candidate) {
        return nanos(work, candidate, longOnes, calls.get(work));
    }

    @Override
    public double shortNanos(Work work, Tiling candidate) {
        return nanos(work, candidate, shortOnes, 1);
    }

    @Override
    public boolean sameBits(Work work, Tiling candidate) {
        return Objects.deepEquals(results(work, candidate), results(work, Tiling.DEFAULT));
    }

    private Object results(Work work, Tiling candidate) {
        // Over what an earlier call has left there.
        shortOnes.y.write(0, pattern(work.type()));
        nanos(work, candidate, shortOnes, 1);
        if (work.type() == DType.FLOAT16) {
            short[] halves = new short[PATTERN];
            shortOnes.y.read(0, Operand.of(halves, work.type()));
            return halves;
        }
        float[] values = new float[PATTERN];
        shortOnes.y.read(values);
        return values;
    }

    @Override
    public void alone(Runnable some) {
        turns.alone(some);
    }

    private double nanos(Work work, Tiling candidate, Operands operands, int count) {
        if (stopped.getAsBoolean()) {
            throw new CancellationException("tuning was stopped");
        }
        tiling = candidate;
        long before = clock.getAsLong();
        for (int k = 0; k < count; k++) {
            run(work, operands);
        }
        backend.settle();
        return (double) (clock.getAsLong() - before) / count;
    }

    private void run(Work work, Operands operands) {
        boolean gradient = work.operation().takesGradient();
        DeviceBuffer x = operands.x;
        DeviceBuffer dy = operands.dy;
        DeviceBuffer y = operands.y;
        Rows rows = new Rows(x.length() / work.axis() / work.inner(), work.axis(), work.inner());
        if (work.function() instanceof ActivationFunction f && gradient) {
            backend.backward(f, x, dy, y);
        } else if (work.function() instanceof ActivationFunction f) {
            backend.forward(f, x, y);
        } else if (work.function() instanceof RowFunction f && gradient) {
            backend.backwardFromOutput(f, rows, x, dy, y);
        } else if (work.function() instanceof RowFunction f) {
            backend.forward(f, rows, x, y);
        } else if (work.function() instanceof BiasedActivation f) {
            backend.forward(f, rows, x, operands.bias, y);
        } else {
            backend.forward((StochasticFunction) work.function(), SEED, x, y);
        }
    }

    @Override
    public void close() {
        // With its buffers.
        backend.close();
    }

    /** Elements on the device: numbers, and room for results. */
    private final class Operands implements AutoCloseable {
        final DeviceBuffer x;
        final DeviceBuffer dy;
        final DeviceBuffer y;
        final DeviceBuffer bias;

        /** Of so many bytes, if that is more than a pattern. */
        Operands(DType type, long bytes) {
            long n = Math.max(1, bytes / type.bytes() / PATTERN) * PATTERN;
            x = backend.allocate(type, n);
            dy = backend.allocate(type, n);
            y = backend.allocate(type, n);
            bias = backend.allocate(DType.FLOAT32, BIASES);
            bias.write(new float[BIASES]);
            Operand pattern = pattern(type);
            for (long at = 0; at < n; at += PATTERN) {
                x.write(at, pattern);
                dy.write(at, pattern);
            }
        }

        @Override
        public void close() {
            x.close();
            dy.close();
            y.close();
            bias.close();
        }
    }

    /** Numbers between -4 and 4. */
    private static Operand pattern(DType type) {
        Random random = new Random(1);
        if (type == DType.FLOAT16) {
            short[] halves = new short[PATTERN];
            for (int i = 0; i < PATTERN; i++) {
                halves[i] = (short) (EIGHTH + random.nextInt(FOUR - EIGHTH) | random.nextInt(2) << Short.SIZE - 1);
            }
            return Operand.of(halves, type);
        }
        float[] values = new float[PATTERN];
        for (int i = 0; i < PATTERN; i++) {
            values[i] = random.nextFloat() * 8 - 4;
        }
        return Operand.of(values);
    }
}
