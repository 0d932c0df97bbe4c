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
    private static final int MAX_OPERATIONS_OF_TWO = 50;
    private static final long WARM_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Form form;
    private final LongAdder simdRuns = new LongAdder();
    private ExecutorService background;
    private volatile boolean closed;

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
            for (Form form : values()) {
                if (form.name().equalsIgnoreCase(text)) {
                    return form;
                }
            }
            throw new IllegalArgumentException("system property axoncl.cpu.form = \"" + text
                    + "\": must be auto, scalar or simd");
        }
    }

    LoopCompiler(Form form) {
        this.form = form;
    }

    /** Made when it is first needed. */
    private synchronized ExecutorService background() {
        if (background == null) {
            ThreadPoolExecutor executor = new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                    task -> {
                Thread thread = new Thread(task, "axoncl-compile");
                thread.setDaemon(true);
                thread.setPriority(Thread.MIN_PRIORITY);
                return thread;
            });
            executor.allowCoreThreadTimeOut(true);
            background = executor;
            if (closed) {
                executor.shutdownNow();
            }
        }
        return background;
    }

    /** Which form the loops take and why, for {@code info()}. */
    String describe() {
        String obstacle = form == Form.SCALAR ? "switched off" : Simd.obstacle();
        return obstacle == null ? "SIMD, " + Simd.lanes() + " floats at a time" : "scalar: " + obstacle;
    }

    /** How many runs of a loop were in SIMD form. */
    long simdRuns() {
        return simdRuns.sum();
    }

    CompiledLoop compile(LoopShape shape) {
        boolean later = form == Form.AUTO && Simd.PRESENT;
        CompiledLoop loop = new CompiledLoop(shape, LoopClass.scalar(shape), simdRuns, later ? this : null);
        if (form == Form.SIMD) {
            Loop simd = simd(shape);
            if (simd != null) {
                loop.use(simd);
            }
        }
        return loop;
    }

    /** The loop in SIMD form, or null if it has none that serves. */
    private static Loop simd(LoopShape shape) {
        int instructions = new Instructions().of(shape.line());
        int period = shape.shortestPeriod();
        if (Simd.obstacle() != null || instructions > MAX_SIMD_OPERATIONS || VectorCode.obstacle(shape) != null
                || period > 0 && shape.simdLanes() > period) {
            return null;
        }
        int written = shape.shortestWrittenPeriod();
        boolean two = instructions <= MAX_OPERATIONS_OF_TWO && (written == 0 || 2 * shape.simdLanes() <= written);
        return LoopClass.simd(shape, two ? 2 : 1);
    }

    /** Makes the SIMD form of a loop in the background and has it used when it is compiled. */
    void improve(CompiledLoop loop) {
        try {
            background().execute(() -> {
                Loop simd = simd(loop.shape());
                if (simd != null && warmUp(loop.shape(), loop.scalar(), simd)) {
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
        while (System.nanoTime() - start < WARM_UP_NANOS && !closed) {
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
    public synchronized void close() {
        closed = true;
        if (background != null) {
            background.shutdownNow();
        }
    }
}
