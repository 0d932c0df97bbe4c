package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.internal.threads.Measurements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BooleanSupplier;

/**
 * Finds the tilings for long calls: what an earlier process measured, else the usual one, until so much was computed in long
 * calls that measuring is little beside it. It is measured then, on a thread in the background, and the backend's calls take
 * turns with those that are measured; what they wait for each time is tens of milliseconds. Where the machine is too busy to
 * tell, it is measured again a little later, a few times, and else by the next process. Short calls, and with them every
 * start, have nothing to do with it.
 */
final class Tuning implements Tilings {
    /** Elements from which on a call is long: more than caches hold, and work-groups enough for any tiling. */
    static final long LONG = 1 << 20;
    /** Elements in long calls after which it is measured. */
    static final long WORTH_MEASURING = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(Tuning.class);
    /** How often it is measured on a busy machine, and after what time again. */
    private static final int ATTEMPTS = 3;
    private static final long AGAIN_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long CLOSING_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final SavedTiling saved;
    private final Tuned usual;
    private final Measuring measuring;
    private final AtomicLong elements = new AtomicLong();
    private final Map<KernelSignature, Effort> efforts = new ConcurrentHashMap<>();
    /** Null until it was looked for. */
    private volatile Tuned known;
    /** Fair, so that calls and measurements take turns. */
    private final ReentrantReadWriteLock turns = new ReentrantReadWriteLock(true);
    private volatile boolean measuringNow;
    private volatile Runnable settle = () -> { };
    private final CountDownLatch closing = new CountDownLatch(1);
    private final long againNanos;
    private boolean settled;
    private Thread background;
    private Thread atExit;

    /** What measures. */
    interface Measuring {
        /** The best tilings; null if that could not be told.
         *
         * @param stopped asked between two measurements
         * @param turns   keeps others away from what is measured
         * @throws RuntimeException if measuring fails */
        Tuned best(BooleanSupplier stopped, Turns turns);
    }

    /** Lets calls and measurements take turns. */
    interface Turns {
        /** Runs something while nothing of the backend's runs on the device. */
        void alone(Runnable some);
    }

    /** Looks for nothing yet.
     *
     * @param saved     what earlier processes measured, or null if that shall not count
     * @param usual     what serves without a measurement
     * @param measuring what measures, or null if nothing may be measured */
    Tuning(SavedTiling saved, Tuned usual, Measuring measuring) {
        this(saved, usual, measuring, AGAIN_NANOS);
    }

    /** The same with another time after which it is measured again; for tests. */
    Tuning(SavedTiling saved, Tuned usual, Measuring measuring, long againNanos) {
        this.againNanos = againNanos;
        this.saved = saved;
        this.usual = usual;
        this.measuring = measuring;
    }

    @Override
    public Tiling of(KernelSignature signature, long length) {
        if (length < LONG) {
            return Tiling.DEFAULT;
        }
        Tuned tuned = known;
        tuned = tuned != null ? tuned : recall();
        if (elements.get() < WORTH_MEASURING && elements.addAndGet(length) >= WORTH_MEASURING) {
            beginMeasuring();
        }
        return tuned.equals(Tuned.NOT) ? Tiling.DEFAULT : tuned.of(efforts.computeIfAbsent(signature, Effort::of));
    }

    @Override
    public String describe() {
        Tuned tuned = known;
        return tuned != null ? tuned.describe() : "";
    }

    private synchronized Tuned recall() {
        if (known == null) {
            Tuned kept = saved == null ? null : saved.load();
            settled = kept != null;
            known = settled ? kept : usual;
        }
        return known;
    }

    private synchronized void beginMeasuring() {
        if (settled || measuring == null || isStopped() || background != null) {
            return;
        }
        background = new Thread(this::measure, "axoncl-tune");
        background.setDaemon(true);
        // A process that ends while a thread is inside a driver may crash there.
        atExit = new Thread(this::stop, "axoncl-tune-end");
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
            background.start();
        } catch (IllegalStateException e) {
            closing.countDown();
        }
    }

    private void measure() {
        try {
            int attempt = 1;
            while (!measureOnce() && attempt < ATTEMPTS && !closing.await(againNanos, TimeUnit.NANOSECONDS)) {
                attempt++;
            }
        } catch (InterruptedException | RuntimeException | LinkageError e) {
            LOG.debug("no tiling could be measured", e);
        }
    }

    /** Whether there is nothing more to be done. */
    private boolean measureOnce() throws InterruptedException {
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
            Tuned best = saved.load();
            if (best == null) {
                measuringNow = true;
                best = measuring.best(this::isStopped, this::alone);
                LOG.debug("best tilings: {}", best);
                saved.keep(best);
            }
            known = best != null ? best : known;
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
