package io.github.axoncl;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The calls of one backend that nobody waits for: one daemon thread computes them in the order in which they were given. A call
 * uses all of the processor or the device by itself, so a second thread would not make two of them faster.
 */
final class AsyncCalls {
    private static final long IDLE_SECONDS = 5;

    /** Held while a call is computed, not while those are told that waited for it. */
    private final ReentrantLock computing = new ReentrantLock();
    private volatile Pending current;
    private ThreadPoolExecutor thread;
    private boolean closed;

    /** Takes a call that is checked. Where the backend bears one thread only, the caller's computes it at once.
     *
     * @param call the call, null if there is nothing to compute
     * @throws IllegalStateException if this is closed */
    CompletableFuture<Void> submit(Backend backend, KernelCall call) {
        if (call == null) {
            return CompletableFuture.completedFuture(null);
        }
        Pending pending = new Pending(backend, call);
        if (!backend.takesThreads()) {
            pending.run();
            return pending;
        }
        synchronized (this) {
            if (closed) {
                throw tooLate();
            }
            if (thread == null) {
                thread = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread made = new Thread(task, "axoncl-async");
                    made.setDaemon(true);
                    return made;
                });
                thread.allowCoreThreadTimeOut(true);
            }
            thread.execute(pending.task);
        }
        return pending;
    }

    private static IllegalStateException tooLate() {
        return new IllegalStateException("the backend is closed");
    }

    /** Fails the calls that have not begun and waits for the one that has. Idempotent. */
    void close() {
        List<Runnable> notBegun = new ArrayList<>();
        synchronized (this) {
            closed = true;
            if (thread != null) {
                thread.getQueue().drainTo(notBegun);
                thread.shutdown();
            }
        }
        computing.lock();
        computing.unlock();
        for (Runnable task : notBegun) {
            task.run();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** One call and what becomes of it. */
    private final class Pending extends CompletableFuture<Void> {
        final Runnable task = this::run;
        private final Backend backend;
        private final KernelCall call;
        private volatile boolean stopped;

        Pending(Backend backend, KernelCall call) {
            this.backend = backend;
            this.call = call.cancelledWhen(() -> stopped || isDone());
        }

        private void run() {
            Throwable failure = null;
            computing.lock();
            try {
                current = this;
                if (isClosed()) {
                    failure = tooLate();
                } else {
                    call.checkCancelled();
                    backend.compute(call);
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            } finally {
                current = null;
                computing.unlock();
            }
            if (failure == null) {
                complete(null);
            } else if (failure instanceof CancellationException) {
                super.cancel(true);
            } else {
                completeExceptionally(failure);
            }
        }

        /** Returns when nothing is written any more. */
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            stopped = true;
            if (current == this && !computing.isHeldByCurrentThread()) {
                computing.lock();
                computing.unlock();
            }
            return super.cancel(mayInterruptIfRunning);
        }

        /** What follows is an ordinary future. */
        @Override
        public <U> CompletableFuture<U> newIncompleteFuture() {
            return new CompletableFuture<>();
        }
    }
}
