package io.github.axoncl.internal.cpu;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Splits a range over a bounded pool of threads; the caller is one of them. */
final class Workers implements AutoCloseable {
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final ThreadPoolExecutor pool;

    Workers() {
        pool = new ThreadPoolExecutor(Math.max(1, threads - 1), Math.max(1, threads - 1), 5, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "axoncl-cpu");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
    }

    /** How many threads there are, the caller's included. */
    int threads() {
        return threads;
    }

    /** Work on the elements from and to. */
    interface Task {
        void run(long from, long to);
    }

    /** Runs the task over 0 to length in pieces of the grain, the last one shorter. Returns when all are done. */
    void split(long length, long grain, Task task) {
        long pieces = (length + grain - 1) / grain;
        int helpers = (int) Math.min(threads, pieces) - 1;
        if (helpers <= 0) {
            task.run(0, length);
            return;
        }
        AtomicLong next = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(helpers);
        Runnable pieceByPiece = () -> {
            for (long piece = next.getAndIncrement(); piece < pieces && failure.get() == null; piece = next.getAndIncrement()) {
                task.run(piece * grain, Math.min(length, (piece + 1) * grain));
            }
        };
        for (int i = 0; i < helpers; i++) {
            try {
                pool.execute(() -> {
                    try {
                        pieceByPiece.run();
                    } catch (Throwable e) {
                        failure.compareAndSet(null, e);
                    } finally {
                        done.countDown();
                    }
                });
            } catch (RejectedExecutionException e) {
                // Closed meanwhile: the caller does this helper's share.
                done.countDown();
            }
        }
        try {
            pieceByPiece.run();
        } finally {
            awaitAll(done);
        }
        rethrow(failure.get());
    }

    /** The helpers still write to the caller's arrays, so an interrupt must not end the waiting. */
    private static void awaitAll(CountDownLatch done) {
        boolean interrupted = false;
        while (true) {
            try {
                done.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
