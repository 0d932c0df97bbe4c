package io.github.axoncl.internal.auto;

import io.github.axoncl.Backend;
import io.github.axoncl.BackendInfo;
import io.github.axoncl.BackendOptions;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Explanation;
import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.Operation;
import io.github.axoncl.internal.cpu.CpuBackend;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens devices when there is need. Calls are computed on the CPU at first; when calls that a device might take have come to
 * something, devices are looked for and tested in the background while calls go on on the CPU. What asks for the device itself,
 * a buffer, {@link #info} or an explanation, waits for it.
 */
final class LazyBackend extends Backend {
    /** Elements, in calls that a device might take, after which it is worth a second of another processor to look for one. */
    static final long WORTH_OPENING = 1 << 16;

    private final CpuBackend cpu;
    /** Gives the backend over the device and the CPU; null if there is no device. Run once, by whoever needs it first. */
    private final FutureTask<AutoBackend> opening;
    private final AtomicLong elements = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();
    private boolean begun;
    /** What computes now if it is not the CPU. */
    private volatile AutoBackend opened;

    /** Opens one; a method, so that who calls it need not load the class to be sure that it is a backend. */
    static Backend open(BackendOptions options) {
        return new LazyBackend(options);
    }

    private LazyBackend(BackendOptions options) {
        cpu = new CpuBackend("the fallback", options.simd());
        opening = new FutureTask<>(new Callable<>() {
            @Override
            public AutoBackend call() {
                opened = DeviceOpening.beside(options, cpu);
                return opened;
            }
        });
    }

    @Override
    protected void compute(KernelCall call) {
        AutoBackend chosen = opened;
        if (chosen != null) {
            chosen.compute(call);
            return;
        }
        cpu.compute(call);
        long length = call.rows().length();
        if (length > CostChoice.SHORT && elements.get() < WORTH_OPENING && elements.addAndGet(length) >= WORTH_OPENING) {
            openInBackground();
        }
    }

    @Override
    protected boolean takesThreads() {
        AutoBackend chosen = opened;
        return chosen == null || chosen.takesThreads();
    }

    private synchronized void openInBackground() {
        if (begun || closed.get()) {
            return;
        }
        // A driver that is building a program while the process ends may crash it.
        Thread atExit = new Thread(this::result, "axoncl-open-end");
        Thread background = new Thread(null, () -> {
            opening.run();
            forget(atExit);
        }, "axoncl-open", 0, false);
        background.setDaemon(true);
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
            begun = true;
            background.start();
        } catch (IllegalStateException e) {
            // The process is ending: no time to look for devices.
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is running.
        }
    }

    /** Whether looking for a device has begun; for tests. */
    synchronized boolean isBegun() {
        return begun;
    }

    /** Whether a device has been found and opened; for tests. */
    boolean isOpened() {
        return opened != null;
    }

    /** The backend over the device; opens it now if that has not begun. Null if there is no device, or if this backend was
     * closed before one was asked for. */
    private AutoBackend device() {
        synchronized (this) {
            if (!begun && closed.get()) {
                return null;
            }
            begun = true;
        }
        opening.run();
        return result();
    }

    private AutoBackend result() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return opening.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw new IllegalStateException("opening a device failed", e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    protected DeviceBuffer newBuffer(DType type, long length) {
        AutoBackend auto = device();
        return auto == null ? cpu.allocateFor(this, type, length) : auto.newBuffer(this, type, length);
    }

    @Override
    protected Explanation explain(KernelFunction f, Operation operation, KernelSignature signature, long n,
                                  Explanation.Residence residence) {
        AutoBackend auto = device();
        return auto == null ? super.explain(f, operation, signature, n, residence)
                : auto.explain(f, operation, signature, n, residence);
    }

    @Override
    public BackendInfo info() {
        AutoBackend auto = device();
        return auto == null ? cpu.info() : auto.info();
    }

    @Override
    public boolean isClosed() {
        return closed.get();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            endAsyncCalls();
            boolean wait;
            synchronized (this) {
                wait = begun;
            }
            AutoBackend auto = wait ? result() : null;
            if (auto != null) {
                auto.close();
            } else {
                cpu.close();
            }
        }
    }
}
