package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.log.Log;
import io.github.axoncl.internal.threads.Measurements;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Finds the tilings for long calls, one for each {@link WorkloadClass}: what an earlier process measured, else the usual one,
 * until so much was computed in long calls of the class that measuring is little beside it. It is measured then, on a thread in
 * the background, and the backend's calls take turns with the timings; what they wait for each time is a few milliseconds, or
 * tens where a single call takes as long. Where the machine is too busy to tell, it is measured again a little later, a few
 * times, and else by the next process. Short calls, and with them every start, have nothing to do with it.
 */
final class Tuning implements Tilings {
    /** Elements from which on a call is long: more than caches hold, and work-groups enough for any tiling. */
    static final long LONG = 1 << 20;
    /** Elements in long calls of a class after which it is measured. */
    static final long WORTH_MEASURING = 1L << 30;

    private static final Log LOG = Log.of(Tuning.class);
    /** How often it is measured on a busy machine, and after what time again. */
    private static final int ATTEMPTS = 3;
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long CLOSING_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final SavedTiling saved;
    private final KernelForm form;
    private final Measuring measuring;
    private final Map<WorkloadClass, Choice> choices = new EnumMap<>(WorkloadClass.class);
    private final Map<KernelSignature, WorkloadClass> elementwise = new ConcurrentHashMap<>();
    /** What is still to be measured. */
    private final Queue<Choice> wanted = new ArrayDeque<>();
    /** Fair, so that calls and measurements take turns. */
    private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock(true);
    private volatile boolean measuringNow;
    private volatile Runnable settle = () -> { };
    private final CountDownLatch closing = new CountDownLatch(1);
    private final long againNanos;
    /** Null while nothing is measured. */
    private Thread background;
    private Thread atExit;

    /** What is known of a class. */
    private static final class Choice {
        final WorkloadClass workload;
        final AtomicLong elements = new AtomicLong();
        /** Null until it was looked for. */
        volatile Tiling known;
        volatile boolean settled;

        Choice(WorkloadClass workload) {
            this.workload = workload;
        }
    }

    /** What measures. */
    interface Measuring {
        /** The best tiling for a class; null if that could not be told.
         *
         * @param stopped asked between two measurements
         * @param turns   keeps others away from what is measured
         * @throws RuntimeException if measuring fails */
        Tiling best(WorkloadClass workload, BooleanSupplier stopped, Turns turns);
    }

    /** Lets calls and measurements take turns. */
    interface Turns {
        /** Runs something while nothing of the backend's runs on the device. */
        void alone(Runnable some);
    }

    /** Looks for nothing yet.
     *
     * @param saved     what earlier processes measured, or null if that shall not count
     * @param form      the form of the device's kernels
     * @param measuring what measures, or null if nothing may be measured */
    Tuning(SavedTiling saved, KernelForm form, Measuring measuring) {
        this(saved, form, measuring, AGAIN_NANOS);
    }

    /** The same with another time after which it is measured again; for tests. */
    Tuning(SavedTiling saved, KernelForm form, Measuring measuring, long againNanos) {
        this.againNanos = againNanos;
        this.saved = saved;
        this.form = form;
        this.measuring = measuring;
        for (WorkloadClass workload : WorkloadClass.values()) {
            choices.put(workload, new Choice(workload));
        }
    }

    @Override
    public Tiling of(KernelSignature signature, Rows shape) {
        long length = shape.length();
        WorkloadClass workload = length < LONG ? null
                : !Programs.isElementwise(signature) ? WorkloadClass.of(signature, shape, form)
                : elementwise.computeIfAbsent(signature, s -> WorkloadClass.of(s, shape, form));
        if (workload == null) {
            return Tiling.DEFAULT;
        }
        Choice choice = choices.get(workload);
        Tiling tiling = choice.known;
        tiling = tiling != null ? tiling : recall(choice);
        if (choice.elements.get() < WORTH_MEASURING && choice.elements.addAndGet(length) >= WORTH_MEASURING) {
            beginMeasuring(choice);
        }
        return tiling;
    }

    @Override
    public String describe() {
        return choices.values().stream().filter(choice -> choice.known != null && !choice.known.isDefault())
                .map(choice -> choice.workload.describe(choice.known)).collect(Collectors.joining(", "));
    }

    private synchronized Tiling recall(Choice choice) {
        if (choice.known == null) {
            Tiling kept = saved == null ? null : saved.load(choice.workload);
            choice.settled = kept != null;
            choice.known = choice.settled ? kept : choice.workload.usual(form);
        }
        return choice.known;
    }

    private synchronized void beginMeasuring(Choice choice) {
        if (choice.settled || measuring == null || isStopped()) {
            return;
        }
        wanted.add(choice);
        if (background != null) {
            return;
        }
        background = new Thread(this::measure, "axoncl-tune");
        background.setDaemon(true);
        try {
            if (atExit == null) {
                // A process that ends while a thread is inside a driver may crash there.
                atExit = new Thread(this::stop, "axoncl-tune-end");
                Runtime.getRuntime().addShutdownHook(atExit);
            }
            background.start();
        } catch (IllegalStateException e) {
            closing.countDown();
        }
    }

    private synchronized Choice nextWanted() {
        Choice next = wanted.poll();
        background = next == null ? null : background;
        return next;
    }

    private void measure() {
        for (Choice next = nextWanted(); next != null; next = nextWanted()) {
            measure(next);
        }
    }

    private void measure(Choice choice) {
        try {
            int attempt = 1;
            while (!measureOnce(choice) && attempt < ATTEMPTS && !closing.await(againNanos, TimeUnit.NANOSECONDS)) {
                attempt++;
            }
        } catch (InterruptedException | RuntimeException | LinkageError e) {
            LOG.debug("no tiling could be measured for {}", choice.workload, e);
        }
    }

    /** Whether there is nothing more to be done. */
    private boolean measureOnce(Choice choice) throws InterruptedException {
        while (!Measurements.ALONE.tryLock(100, TimeUnit.MILLISECONDS)) {
            if (isStopped()) {
                return true;
            }
        }
        try {
            if (isStopped()) {
                return true;
            }
            // Another backend or process may have been faster.
            Tiling best = saved.load(choice.workload);
            if (best == null) {
                measuringNow = true;
                best = measuring.best(choice.workload, this::isStopped, this::alone);
                LOG.debug("best tiling for {}: {}", choice.workload, best);
                saved.keep(choice.workload, best);
            }
            choice.known = best != null ? best : choice.known;
            return best != null;
        } finally {
            measuringNow = false;
            Measurements.ALONE.unlock();
        }
    }

    private boolean isStopped() {
        return closing.getCount() == 0;
    }

    private void alone(Runnable some) {
        turns.writeLock().lock();
        try {
            settle.run();
            some.run();
        } finally {
            turns.writeLock().unlock();
        }
    }

    @Override
    public void opened(Runnable waiting) {
        settle = waiting;
    }

    @Override
    public boolean begin() {
        boolean wait = measuringNow;
        if (wait) {
            turns.readLock().lock();
        }
        return wait;
    }

    @Override
    public void end() {
        turns.readLock().unlock();
    }

    /** Waits for the measurement.
     *
     * @return the shutdown hook; null if there was no measurement */
    private Thread stop() {
        Thread thread;
        Thread hook;
        synchronized (this) {
            closing.countDown();
            thread = background;
            hook = atExit;
        }
        if (thread != null) {
            try {
                thread.join(CLOSING_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return hook;
    }

    @Override
    public void close() {
        Thread hook = stop();
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                LOG.trace("the process is ending", e);
            }
        }
    }
}
