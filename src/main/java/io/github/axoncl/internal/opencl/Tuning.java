package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelSignature;
import io.github.axoncl.internal.threads.Measurements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Finds the tilings for long calls: what an earlier process measured, else the usual one, until so much was computed in long
 * calls that measuring is little beside it. It is measured once then, on a thread in the background. Short calls, and with
 * them every start, have nothing to do with it.
 */
final class Tuning implements Tilings {
    /** Elements from which on a call is long: more than caches hold, and work-groups enough for any tiling. */
    static final long LONG = 1 << 20;
    /** Elements in long calls after which it is measured. */
    static final long WORTH_MEASURING = 1L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(Tuning.class);
    private static final long CLOSING_MILLIS = TimeUnit.SECONDS.toMillis(10);

    private final SavedTiling saved;
    private final Measuring measuring;
    private final AtomicLong elements = new AtomicLong();
    private final Map<KernelSignature, Effort> efforts = new ConcurrentHashMap<>();
    /** Null until it was looked for. */
    private volatile Tuned known;
    private volatile boolean stopped;
    private boolean settled;
    private Thread background;
    private Thread atExit;

    /** What measures. */
    interface Measuring {
        /** The best tilings; null if that could not be told.
         *
         * @param stopped asked between two measurements
         * @throws RuntimeException if measuring fails */
        Tuned best(BooleanSupplier stopped);
    }

    /** Looks for nothing yet.
     *
     * @param saved     what earlier processes measured
     * @param measuring what measures, or null if nothing may be measured */
    Tuning(SavedTiling saved, Measuring measuring) {
        this.saved = saved;
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
            begin();
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
            Tuned kept = saved.load();
            settled = kept != null;
            known = settled ? kept : Tuned.NOT;
        }
        return known;
    }

    private synchronized void begin() {
        if (settled || measuring == null || stopped || background != null) {
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
            stopped = true;
        }
    }

    private void measure() {
        try {
            while (!stopped && !Measurements.ALONE.tryLock(100, TimeUnit.MILLISECONDS)) {
                LOG.trace("somebody else measures");
            }
            if (stopped) {
                return;
            }
            // Another backend or process may have been faster.
            Tuned best = saved.load();
            if (best == null) {
                best = measuring.best(() -> stopped);
                LOG.debug("best tilings: {}", best);
                saved.keep(best);
            }
            known = best != null ? best : known;
        } catch (InterruptedException | RuntimeException | LinkageError e) {
            LOG.debug("no tiling could be measured", e);
        } finally {
            if (Measurements.ALONE.isHeldByCurrentThread()) {
                Measurements.ALONE.unlock();
            }
        }
    }

    /** Waits for the measurement.
     *
     * @return the shutdown hook; null if there was no measurement */
    private Thread stop() {
        Thread thread;
        Thread hook;
        synchronized (this) {
            stopped = true;
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
