package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.Explanation.Source;
import io.github.axoncl.KernelCall;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.cpu.CpuBackend;
import io.github.axoncl.internal.opencl.OpenClBackend;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Measures what a class of calls costs on both backends: the class's function at three lengths, a few times on both by turns,
 * so that other work on the machine meets both alike. Such work only adds time, so the lower quartile counts, and what
 * differed much from one time to the next is not for keeping. On backends of its own, whose calls, memory and failures are not
 * the user's. Used by one thread.
 */
final class Calibrator implements MeasuredCosts.Measuring {
    private static final int COLUMNS = 1024;
    private static final int SMALL = 1 << 12;
    private static final int MIDDLE = 1 << 16;
    private static final int LARGE = 1 << 21;
    /** A call of the largest length takes no longer, about. */
    private static final double LONGEST_CALL = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int FEWEST_ROUNDS = 3;
    private static final int MOST_ROUNDS = 9;
    private static final long ROUNDS_NANOS = TimeUnit.MILLISECONDS.toNanos(12);
    private static final int WARM_UP_CALLS = 16;
    /** Times are steady when none has been this much shorter than the shortest for so long. */
    private static final double IMPROVEMENT = 0.8;
    private static final long STEADY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** Nanoseconds per element that compiled code does not take on any processor: vector code that is not compiled takes 50 to
     * 100. It serves for a while now and then, because the JVM compiles a loop anew when it is used in another way. */
    private static final double MOST_OF_SIMD = 15;
    private static final double MOST_OF_SCALAR = 100;
    private static final double MOST_SLOWER = 10;
    private static final int ATTEMPTS = 4;
    private static final long COMPILING_MILLIS = 200;
    /** By how much a median may exceed the shortest time. */
    private static final double CALM = 1.5;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Supplier<OpenClBackend> openDevice;
    private final Supplier<CpuBackend> openCpu;
    private final BooleanSupplier stopped;
    private CpuBackend cpu;
    private AutoBackend both;
    private boolean onDevice;
    private long spent;
    private boolean calm;
    private final Set<CostClass> warmKinds = EnumSet.noneOf(CostClass.class);
    private final Set<Residence> warmResidences = EnumSet.noneOf(Residence.class);

    /** Decides as it is told. */
    private final Choice told = new Choice() {
        @Override
        public boolean onDevice(KernelCall call) {
            return onDevice;
        }
    };

    /** Opens nothing yet.
     *
     * @param stopped asked between two measurements */
    Calibrator(Supplier<OpenClBackend> openDevice, Supplier<CpuBackend> openCpu, BooleanSupplier stopped) {
        this.openDevice = openDevice;
        this.openCpu = openCpu;
        this.stopped = stopped;
    }

    /** Measures.
     *
     * @throws DeviceException       if the device fails
     * @throws CancellationException if it is stopped */
    @Override
    public Costs measure(CostClass kind, Residence residence) {
        if (both == null) {
            cpu = openCpu.get();
            both = new AutoBackend(openDevice.get(), cpu, told);
        }
        calm = true;
        double[] n = {SMALL, MIDDLE, LARGE};
        double[][] nanos = new double[2][n.length];
        for (int i = 0; i < n.length; i++) {
            if (i == 2) {
                double slope = Math.max(nanos[0][1], nanos[1][1]) / MIDDLE;
                n[2] = Math.floor(Math.max(4 * MIDDLE, Math.min(LARGE, LONGEST_CALL / slope)) / COLUMNS) * COLUMNS;
            }
            try (Work work = new Work(kind, residence, (int) n[i])) {
                if (i == 0) {
                    warmUp(work, kind, residence);
                }
                for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
                    double[] times = rounds(work, Math.max(1, MIDDLE / 4 / (int) n[i]));
                    nanos[0][i] = times[0];
                    nanos[1][i] = times[1];
                    boolean compiled = isCompiled(kind, times[0] / n[i])
                            && (i == 0 || isPlausible(n, nanos[0], i) && isPlausible(n, nanos[1], i));
                    if (compiled) {
                        break;
                    }
                    calm &= attempt < ATTEMPTS;
                    pause(COMPILING_MILLIS);
                }
            }
        }
        if (!both.info().fallbacks().isEmpty()) {
            throw new DeviceException("the device failed: " + both.info().fallbacks(), null);
        }
        return new Costs(new Cost(n[0], n[1], n[2], nanos[0][0], nanos[0][1], nanos[0][2]),
                new Cost(n[0], n[1], n[2], nanos[1][0], nanos[1][1], nanos[1][2]), Source.MEASURED);
    }

    @Override
    public long nanos() {
        return spent;
    }

    /** Whether so many nanoseconds per element on the CPU may be those of compiled code. */
    private boolean isCompiled(CostClass kind, double nanos) {
        double most = kind.measured() == null || !isSimd() ? MOST_OF_SCALAR : MOST_OF_SIMD;
        return nanos <= most;
    }

    private boolean isSimd() {
        return cpu.info().cpuForm().startsWith("SIMD");
    }

    /** Whether an element costs not much more than in a shorter call. Caches account for a factor of 7; the JVM may compile a
     * loop anew when it first runs for long, and vector code that is not compiled is a hundred times slower. */
    private static boolean isPlausible(double[] n, double[] nanos, int i) {
        return nanos[i] / n[i] <= MOST_SLOWER * nanos[i - 1] / n[i - 1];
    }

    /** Waits for the SIMD form, where there is one, and until nothing gets faster any more: a loop that serves is now and then
     * compiled anew. */
    private void warmUp(Work work, CostClass kind, Residence residence) {
        if (warmKinds.contains(kind) && warmResidences.contains(residence)) {
            return;
        }
        boolean simd = isSimd();
        for (int side = 1; side >= 0; side--) {
            onDevice = side == 1;
            long start = System.nanoTime();
            long improved = start;
            double best = Double.POSITIVE_INFINITY;
            while (System.nanoTime() - improved < STEADY_NANOS && System.nanoTime() - start < WARM_UP_NANOS) {
                long before = cpu.info().simdRuns();
                double nanos = time(work, WARM_UP_CALLS);
                boolean simdAwaited = simd && !onDevice && cpu.info().simdRuns() == before;
                if (simdAwaited) {
                    pause(5);
                }
                boolean awaited = simdAwaited || !onDevice && !isCompiled(kind, nanos / work.n);
                improved = awaited || nanos < IMPROVEMENT * best ? System.nanoTime() : improved;
                best = Math.min(best, nanos);
                checkStop();
            }
        }
        warmKinds.add(kind);
        warmResidences.add(residence);
    }

    private double time(Work work, int calls) {
        long before = System.nanoTime();
        work.run(calls);
        return (System.nanoTime() - before) / (double) calls;
    }

    private void checkStop() {
        if (stopped.getAsBoolean()) {
            throw stop();
        }
    }

    private void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stop();
        }
        checkStop();
    }

    private static CancellationException stop() {
        return new CancellationException("calibration was stopped");
    }

    @Override
    public boolean isCalm() {
        return calm;
    }

    /** The nanoseconds of a call on the CPU and on the device. */
    private double[] rounds(Work work, int calls) {
        double[][] nanos = new double[2][MOST_ROUNDS];
        long start = System.nanoTime();
        int round = -1;
        while (round < FEWEST_ROUNDS || round < MOST_ROUNDS && System.nanoTime() - start < ROUNDS_NANOS) {
            checkStop();
            for (int side = 0; side < 2; side++) {
                onDevice = side == 1;
                // The first round finds memory, pools and caches cold.
                nanos[side][Math.max(0, round)] = time(work, calls);
            }
            round++;
        }
        spent += System.nanoTime() - start;
        return new double[] {lowerQuartile(nanos[0], round), lowerQuartile(nanos[1], round)};
    }

    private double lowerQuartile(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        calm &= sorted[count / 2] <= CALM * sorted[0];
        return sorted[count / 4];
    }

    /** Closes the backends; the next measurement opens new ones. */
    @Override
    public void close() {
        warmKinds.clear();
        if (both != null) {
            both.close();
            both = null;
            cpu = null;
        } else if (cpu != null) {
            cpu.close();
            cpu = null;
        }
    }

    /** The call that stands for a class, with its operands. */
    private final class Work implements AutoCloseable {
        private final CostClass kind;
        private final int n;
        private final List<Operand> operands = new ArrayList<>();
        private final float[] one = new float[1];

        Work(CostClass kind, Residence residence, int n) {
            this.kind = kind;
            this.n = n;
            Random random = new Random(n);
            float[] values = new float[n];
            for (int i = 0; i < n; i++) {
                values[i] = random.nextFloat() * 8 - 4;
            }
            for (int k = kind.isGradient() ? 3 : 2; k > 0; k--) {
                operands.add(operand(residence, values));
            }
        }

        private Operand operand(Residence residence, float... values) {
            switch (residence) {
                case HEAP:
                    return Operand.of(values.clone());
                case DIRECT:
                    return Operand.of(ByteBuffer.allocateDirect(n * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer()
                            .put(0, values));
                default:
                    DeviceBuffer buffer = both.allocate(DType.FLOAT32, n);
                    buffer.write(values);
                    return buffer;
            }
        }

        /** So many calls, and waits for the last one. */
        void run(int calls) {
            for (int i = 0; i < calls; i++) {
                call(both);
            }
            if (operands.get(operands.size() - 1) instanceof DeviceBuffer out) {
                out.read(n - 1L, Operand.of(one));
            }
        }

        private void call(Backend backend) {
            Operand x = operands.get(0);
            Operand second = operands.get(1);
            Operand out = operands.get(operands.size() - 1);
            Rows rows = Rows.of(n / COLUMNS, COLUMNS);
            if (kind.measured() == null && kind.isGradient()) {
                backend.backwardFromOutput(RowActivation.SOFTMAX, rows, x, second, out);
            } else if (kind.measured() == null) {
                backend.forward(RowActivation.SOFTMAX, rows, x, out);
            } else if (kind.isGradient()) {
                backend.backward(kind.measured(), x, second, out);
            } else {
                backend.forward(kind.measured(), x, out);
            }
        }

        @Override
        public void close() {
            for (Operand operand : operands) {
                if (operand instanceof DeviceBuffer buffer) {
                    buffer.close();
                }
            }
        }
    }
}
