package io.github.axoncl.internal.auto;

import io.github.axoncl.Explanation.Residence;
import io.github.axoncl.internal.log.Log;
import io.github.axoncl.internal.threads.Measurements;

import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Costs that are measured when they are first wanted, one class and kind of memory at a time, on a thread in the background;
 * the defaults serve until then, and for good where measuring fails. What was measured is kept for later processes, unless the
 * machine was busy: then it serves, and is measured again a few times, with the shortest times to count.
 */
final class MeasuredCosts implements CostModel {
    private static final Log LOG = Log.of(MeasuredCosts.class);
    /** All that is measured without being asked for, the building of programs and waiting for the JVM's compiler left out. */
    private static final long UNASKED_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** How often it is measured on a busy machine, and after what time again. */
    private static final int ATTEMPTS = 3;
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final CostModel defaults;
    private final SavedCosts saved;
    private final Measuring measuring;
    private final long againNanos;
    private final AtomicReferenceArray<Costs> known = new AtomicReferenceArray<>(DefaultCosts.CELLS);
    private final Map<Integer, Future<?>> asked = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor background;
    private final Thread atExit = new Thread(this::stop, "axoncl-exit");
    private volatile boolean stopped;
    private volatile long spent;
    private boolean guarded;

    /** What measures. */
    interface Measuring extends AutoCloseable {
        Costs measure(CostClass kind, Residence residence);

        /** How much of its time it has spent on measuring itself. */
        default long nanos() {
            return 0;
        }

        /** Whether the last measurement may serve other processes: the machine was not busy with something else. */
        default boolean isCalm() {
            return true;
        }

        @Override
        default void close() {
        }
    }

    /** Reads what was kept.
     *
     * @param defaults  what serves meanwhile
     * @param saved     what earlier processes measured
     * @param measuring makes what measures; its argument tells that it is to stop */
    MeasuredCosts(CostModel defaults, SavedCosts saved, Function<BooleanSupplier, Measuring> measuring) {
        this(defaults, saved, measuring, AGAIN_NANOS);
    }

    /** The same with another time after which what was measured on a busy machine is measured again; for tests. */
    MeasuredCosts(CostModel defaults, SavedCosts saved, Function<BooleanSupplier, Measuring> measuring, long againNanos) {
        this.againNanos = againNanos;
        this.defaults = defaults;
        this.saved = saved;
        this.measuring = measuring.apply(() -> stopped);
        background = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "axoncl-calibrate");
            thread.setDaemon(true);
            return thread;
        });
        background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        background.setKeepAliveTime(1, TimeUnit.SECONDS);
        background.allowCoreThreadTimeOut(true);
        load();
    }

    private void load() {
        saved.load().forEach((index, costs) -> known.compareAndSet(index, null, costs));
    }

    @Override
    public Costs costs(CostClass kind, Residence residence) {
        Costs costs = known.get(DefaultCosts.index(kind, residence));
        return costs != null ? costs : defaults.costs(kind, residence);
    }

    @Override
    public void wanted(CostClass kind, Residence residence) {
        int index = DefaultCosts.index(kind, residence);
        if (known.get(index) == null && !asked.containsKey(index)) {
            ask(kind, residence, index, true);
        }
    }

    @Override
    public Costs measured(CostClass kind, Residence residence) {
        int index = DefaultCosts.index(kind, residence);
        if (known.get(index) == null) {
            try {
                Future<?> future = ask(kind, residence, index, false);
                if (future != null) {
                    future.get();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | CancellationException e) {
                LOG.debug("not measured", e);
            }
        }
        return costs(kind, residence);
    }

    private Future<?> ask(CostClass kind, Residence residence, int index, boolean unasked) {
        if (unasked && spent > UNASKED_NANOS) {
            return null;
        }
        try {
            guardExit();
            return asked.computeIfAbsent(index, i -> background.submit(() -> measure(kind, residence, index, 1)));
        } catch (RejectedExecutionException e) {
            return null;
        }
    }

    private void measure(CostClass kind, Residence residence, int index, int attempt) {
        Measurements.ALONE.lock();
        try {
            measureAlone(kind, residence, index, attempt);
        } finally {
            Measurements.ALONE.unlock();
        }
    }

    private void measureAlone(CostClass kind, Residence residence, int index, int attempt) {
        try {
            load();
            boolean needed = attempt == 1 ? known.get(index) == null : spent <= UNASKED_NANOS;
            if (needed && !stopped) {
                Costs costs = measuring.measure(kind, residence);
                Costs earlier = known.get(index);
                Costs best = earlier == null ? costs : costs.orShorter(earlier);
                known.set(index, best);
                LOG.debug("{} {}: {}", kind, residence, costs);
                if (measuring.isCalm()) {
                    saved.add(kind, residence, best);
                } else if (attempt < ATTEMPTS) {
                    background.schedule(() -> measure(kind, residence, index, attempt + 1), againNanos,
                            TimeUnit.NANOSECONDS);
                }
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("{} {} could not be measured", kind, residence, e);
        } finally {
            spent = measuring.nanos();
            if (background.getQueue().isEmpty()) {
                measuring.close();
            }
        }
    }

    /** A process that ends while a thread is inside a driver may crash there. */
    private synchronized void guardExit() {
        if (!guarded && !stopped) {
            guarded = true;
            try {
                Runtime.getRuntime().addShutdownHook(atExit);
            } catch (IllegalStateException e) {
                stopped = true;
            }
        }
    }

    private void stop() {
        stopped = true;
        background.shutdown();
        try {
            if (background.awaitTermination(10, TimeUnit.SECONDS)) {
                measuring.close();
            } else {
                LOG.debug("calibration does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
        synchronized (this) {
            if (guarded) {
                guarded = false;
                try {
                    Runtime.getRuntime().removeShutdownHook(atExit);
                } catch (IllegalStateException e) {
                    LOG.trace("the process is ending", e);
                }
            }
        }
    }
}
