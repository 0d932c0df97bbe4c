package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.threads.Daemons;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Compiles loops and decides which form runs. The scalar form serves at once; the SIMD form is run on scratch data in the
 * background until the JVM has compiled it, because uncompiled vector code is a thousand times slower, and replaces it then.
 */
final class LoopCompiler implements AutoCloseable {
    /** Beyond this, the JVM's compiler gives up keeping vectors in registers and runs 100 times slower. */
    static final int MAX_SIMD_OPERATIONS = 350;
    /** Two vectors hide the latency of short loops; long ones run out of registers. */
    private static final int MAX_OPERATIONS_OF_TWO = 110;
    /** The same for loops of many operands, which the JVM's compiler gives up otherwise. */
    private static final int MAX_OPERATIONS_OF_TWO_OF_MANY = 40;
    private static final int MANY_OPERANDS = 4;
    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final Form form;
    private final LongAdder simdRuns = new LongAdder();
    /** Loops whose SIMD form is being made. */
    private final AtomicInteger pending = new AtomicInteger();
    /** Functions have loops in common: random words, what is added to the lanes of a sum. */
    private final Map<LoopKey, CompiledLoop> loops = new ConcurrentHashMap<>();
    private ExecutorService background;
    private volatile boolean closed;

    /** The shape of a loop that was compiled of it. */
    private record Known(LoopShape shape) implements Supplier<LoopShape> {
        @Override
        public LoopShape get() {
            return shape;
        }
    }

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
            background = Daemons.executor("axoncl-compile", 1, Thread.MIN_PRIORITY);
            if (closed) {
                background.shutdownNow();
            }
        }
        return background;
    }

    /** Which form the loops take and why, for {@code info()}. */
    String describe() {
        String obstacle = form == Form.SCALAR ? "switched off" : Simd.obstacle();
        if (obstacle != null) {
            return "scalar: " + obstacle;
        }
        int left = pending.get();
        return "SIMD, " + Simd.lanes() + " floats at a time" + (left == 0 ? "" : "; " + left + " loops are being compiled");
    }

    /** How many runs of a loop were in SIMD form. */
    long simdRuns() {
        return simdRuns.sum();
    }

    /** The loop of a shape, made once. */
    CompiledLoop compile(LoopShape shape) {
        LoopKey key = new LoopKey(shape);
        CompiledLoop known = loops.get(key);
        if (known == null) {
            CompiledLoop made = make(LoopClass.scalar(shape), new Known(shape));
            known = loops.putIfAbsent(key, made);
            known = known == null ? made : known;
        }
        return known;
    }

    /** A loop whose scalar form is there.
     *
     * @param shape what it computes, asked for when the SIMD form is made */
    CompiledLoop make(Loop scalar, Supplier<LoopShape> shape) {
        boolean later = form == Form.AUTO && Simd.PRESENT;
        CompiledLoop loop = new CompiledLoop(shape, scalar, simdRuns, later ? this : null);
        if (form == Form.SIMD) {
            LoopShape known = shape.get();
            Loop simd = simd(known);
            if (simd != null) {
                loop.use(simd, known.simdLanes());
            }
        }
        return loop;
    }

    /** The loop in SIMD form, or null if it has none that serves. */
    private static Loop simd(LoopShape shape) {
        int instructions = new Instructions().of(shape.line());
        if (Simd.obstacle() != null || instructions > MAX_SIMD_OPERATIONS || VectorCode.obstacle(shape) != null
                || shape.simdLanes() > shape.longestVector()) {
            return null;
        }
        int most = shape.operands().size() < MANY_OPERANDS ? MAX_OPERATIONS_OF_TWO : MAX_OPERATIONS_OF_TWO_OF_MANY;
        boolean two = instructions <= most && 2 * shape.simdLanes() <= shape.longestStep();
        return LoopClass.simd(shape, two ? 2 : 1);
    }

    /** Makes the SIMD form of a loop in the background and has it used when it is compiled. */
    void improve(CompiledLoop loop) {
        pending.incrementAndGet();
        submit(() -> {
            LoopShape shape = loop.shape();
            Loop simd = simd(shape);
            if (simd == null) {
                pending.decrementAndGet();
            } else {
                goOn(new WarmUp(loop, shape, simd));
            }
        });
    }

    /** A slice of time for one loop; then it is the next one's turn, so that one that is never faster keeps none waiting. */
    private void goOn(WarmUp warmUp) {
        if (!closed && !warmUp.isReadyAfter(SLICE_NANOS) && !warmUp.isOver()) {
            submit(() -> goOn(warmUp));
        } else {
            pending.decrementAndGet();
        }
    }

    private void submit(Runnable task) {
        try {
            background().execute(task);
        } catch (RejectedExecutionException e) {
            // Closed meanwhile: the scalar form serves what is still running.
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (background != null) {
            background.shutdownNow();
        }
    }
}
