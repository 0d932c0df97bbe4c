package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Value;

import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Compiles loops and decides which form runs. The scalar form serves at once; the SIMD form is run on scratch data in the
 * background until the JVM has compiled it, because uncompiled vector code is a thousand times slower, and replaces it then.
 */
final class LoopCompiler implements AutoCloseable {
    /** Beyond this, the JVM's compiler gives up keeping vectors in registers and runs 100 times slower. */
    static final int MAX_SIMD_OPERATIONS = 350;
    /** Two vectors hide the latency of short functions; long ones run out of registers. */
    private static final int MAX_OPERATIONS_OF_TWO = 40;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Form form;
    private final String obstacle;
    private final LongAdder simdRuns = new LongAdder();
    private final ExecutorService background = background();

    /** Which form runs. */
    enum Form {
        /** Scalar first, SIMD when compiled. */
        AUTO,
        /** Scalar only. */
        SCALAR,
        /** SIMD from the first call, for tests: slow until compiled. */
        SIMD;

        /** From the system property {@code axoncl.cpu.form}. */
        static Form fromProperty() {
            String text = System.getProperty("axoncl.cpu.form", "auto");
            return Arrays.stream(values()).filter(f -> f.name().equalsIgnoreCase(text)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("system property axoncl.cpu.form = \"" + text
                            + "\": must be auto, scalar or simd"));
        }
    }

    LoopCompiler(Form form) {
        this.form = form;
        this.obstacle = form == Form.SCALAR ? "switched off" : Simd.OBSTACLE;
    }

    private static ExecutorService background() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "axoncl-compile");
            thread.setDaemon(true);
            thread.setPriority(Thread.MIN_PRIORITY);
            return thread;
        });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Which form the loops take and why, for {@code info()}. */
    String describe() {
        return obstacle == null ? "SIMD, " + Simd.LANES + " floats at a time" : "scalar: " + obstacle;
    }

    /** How many runs of a loop were in SIMD form. */
    long simdRuns() {
        return simdRuns.sum();
    }

    CompiledLoop compile(LoopShape shape) {
        CompiledLoop loop = new CompiledLoop(shape, LoopClass.scalar(shape), simdRuns);
        int period = shape.shortestPeriod();
        boolean fits = VectorCode.operations(shape) <= MAX_SIMD_OPERATIONS && VectorCode.obstacle(shape) == null
                && (period == 0 || shape.simdLanes() <= period);
        if (obstacle == null && fits) {
            boolean two = VectorCode.operations(shape) <= MAX_OPERATIONS_OF_TWO
                    && (shape.shortestWrittenPeriod() == 0 || 2 * shape.simdLanes() <= shape.shortestWrittenPeriod());
            Loop simd = LoopClass.simd(shape, two ? 2 : 1);
            if (form == Form.SIMD) {
                loop.use(simd);
            } else {
                warmUpInBackground(loop, simd);
            }
        }
        return loop;
    }

    private void warmUpInBackground(CompiledLoop loop, Loop simd) {
        try {
            background.execute(() -> {
                if (warmUp(loop.shape(), loop.scalar(), simd)) {
                    loop.use(simd);
                }
            });
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: the scalar form serves what is still running.
        }
    }

    /** Runs both forms until SIMD is the faster one, which it is only when compiled; false if it never is. */
    private boolean warmUp(LoopShape shape, Loop scalar, Loop simd) {
        int operands = shape.operands().size();
        int parameters = 0;
        for (Value value : shape.line().values()) {
            if (value.code() == Opcode.PARAMETER) {
                parameters = Math.max(parameters, (int) value.bits() + 1);
            }
        }
        final int length = Math.max(4 * LoopShape.LANES,
                shape.operands().stream().mapToInt(LoopShape.Port::period).max().orElse(0));
        Random random = new Random(1);
        Object[] arrays = new Object[operands];
        for (int k = 0; k < operands; k++) {
            arrays[k] = scratch(shape.operands().get(k).element(), length, random);
        }
        int[] offsets = new int[operands];
        double[] values = new double[parameters];
        Arrays.fill(values, 1);
        long start = System.nanoTime();
        while (System.nanoTime() - start < WARM_UP_NANOS && !background.isShutdown()) {
            long scalarTime = time(scalar, arrays, offsets, length, values);
            if (time(simd, arrays, offsets, length, values) < scalarTime) {
                return true;
            }
        }
        return false;
    }

    private static Object scratch(Element element, int length, Random random) {
        Object array = element.newArray(length);
        for (int i = 0; i < length; i++) {
            switch (element) {
                case FLOAT -> ((float[]) array)[i] = (float) (random.nextGaussian() * 10);
                case DOUBLE -> ((double[]) array)[i] = random.nextGaussian() * 10;
                case SHORT -> ((short[]) array)[i] = (short) random.nextInt();
                case INT -> ((int[]) array)[i] = random.nextInt();
                case BYTE -> ((byte[]) array)[i] = (byte) random.nextInt();
                case LONG -> ((long[]) array)[i] = random.nextLong();
            }
        }
        return array;
    }

    private static long time(Loop loop, Object[] arrays, int[] offsets, int length, double[] parameters) {
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 5; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 40; i++) {
                loop.run(arrays, offsets, 0, length, parameters);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        return best;
    }

    @Override
    public void close() {
        background.shutdownNow();
    }
}
