package io.github.axoncl.internal.cpu;

import io.github.axoncl.Spare;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Splits a range over a bounded number of threads; the caller is one of them. A thread that is busy with another caller's work
 * is not waited for, nor is one that has not begun when the rest is done. A call leaves no garbage behind.
 */
final class Workers implements AutoCloseable {
    private final Helper[] helpers;
    private final Spare<Split> spare;
    private volatile boolean closed;

    Workers() {
        this(Runtime.getRuntime().availableProcessors());
    }

    Workers(int threads) {
        helpers = new Helper[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Helper(i + 1);
        }
        spare = new Spare<>(2 * threads);
    }

    /** How many threads there are, the caller's included. */
    int threads() {
        return helpers.length + 1;
    }

    /** Work on a range. */
    interface Task {
        /** Works on the elements from and to.
         *
         * @param thread which of the threads this is: what belongs to a number is used by one thread at a time */
        void run(int thread, long from, long to);
    }

    /** Runs the task over 0 to length in pieces of the grain, the last one shorter. Returns when all are done. */
    void split(long length, long grain, Task task) {
        long pieces = (length + grain - 1) / grain;
        int wanted = closed ? 0 : (int) Math.min(helpers.length, pieces - 1);
        if (wanted <= 0) {
            task.run(0, 0, length);
            return;
        }
        Split split = spare.take();
        split = split == null ? new Split(helpers.length) : split;
        split.begin(task, length, grain);
        for (int i = 0; i < helpers.length && split.asked < wanted; i++) {
            split.ask(helpers[i]);
        }
        split.work(0);
        split.end();
        Throwable failure = split.failure.getAndSet(null);
        spare.give(split);
        rethrow(failure);
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
        closed = true;
        for (Helper helper : helpers) {
            helper.endWhenIdle();
        }
    }

    /** One range that is being worked on. */
    private static final class Split {
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final AtomicLong next = new AtomicLong();
        private final AtomicInteger busy = new AtomicInteger();
        private final Helper[] helpers;
        private int asked;
        private Task task;
        private long length;
        private long grain;
        private volatile Thread waiting;

        Split(int helpers) {
            this.helpers = new Helper[helpers];
        }

        void begin(Task work, long elements, long perPiece) {
            task = work;
            length = elements;
            grain = perPiece;
            next.set(0);
            asked = 0;
        }

        void ask(Helper helper) {
            busy.incrementAndGet();
            if (helper.offer(this)) {
                helpers[asked++] = helper;
            } else {
                busy.decrementAndGet();
            }
        }

        /** Takes pieces until there are no more, or one has failed. */
        void work(int thread) {
            long pieces = (length + grain - 1) / grain;
            try {
                for (long piece = next.getAndIncrement(); piece < pieces && failure.get() == null;
                        piece = next.getAndIncrement()) {
                    task.run(thread, piece * grain, Math.min(length, (piece + 1) * grain));
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
        }


        void leave() {
            // If the caller has gone on meanwhile, it is woken for nothing, which does no harm.
            if (busy.decrementAndGet() == 0) {
                LockSupport.unpark(waiting);
            }
        }

        /** Waits for those who have begun. They still write to the caller's arrays, so an
         * interrupt must not end the waiting. */
        void end() {
            for (int i = 0; i < asked; i++) {
                if (helpers[i].takeBack(this)) {
                    busy.decrementAndGet();
                }
                helpers[i] = null;
            }
            boolean interrupted = false;
            if (busy.get() > 0) {
                waiting = Thread.currentThread();
                while (busy.get() > 0) {
                    LockSupport.park(this);
                    interrupted |= Thread.interrupted();
                }
                waiting = null;
            }
            task = null;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A thread that is started when it is needed, and ends when it was not for a while. It does not refer to the backend, so
     * one that was forgotten can be collected. */
    private static final class Helper implements Runnable {
        private static final long PATIENCE_NANOS = 5_000_000_000L;
        /** No thread runs. */
        private static final Object ABSENT = new Object();
        /** The thread has begun what it was given. */
        private static final Object BUSY = new Object();

        private final int number;
        /** What is to be done: a {@link Split}, {@link #ABSENT}, {@link #BUSY}, or null if the thread waits. */
        private final AtomicReference<Object> work = new AtomicReference<>(ABSENT);
        private volatile Thread thread;
        private volatile boolean ending;

        Helper(int number) {
            this.number = number;
        }

        /** Gives the thread something to do if it has nothing. */
        boolean offer(Split split) {
            if (work.compareAndSet(null, split)) {
                LockSupport.unpark(thread);
                return true;
            }
            if (work.get() == ABSENT && !ending && work.compareAndSet(ABSENT, split)) {
                try {
                    start();
                    return true;
                } catch (OutOfMemoryError e) {
                    // No thread to be had: the caller works alone.
                    work.compareAndSet(split, ABSENT);
                }
            }
            return false;
        }

        private void start() {
            Thread created = new Thread(null, this, "axoncl-cpu", 0, false);
            created.setDaemon(true);
            thread = created;
            created.start();
        }

        /** Whether the thread had not begun and will not any more. */
        boolean takeBack(Split split) {
            return work.compareAndSet(split, null);
        }

        void endWhenIdle() {
            ending = true;
            LockSupport.unpark(thread);
        }

        @Override
        public void run() {
            long idleSince = System.nanoTime();
            while (true) {
                Object given = work.get();
                if (given instanceof Split split) {
                    if (work.compareAndSet(split, BUSY)) {
                        split.work(number);
                        work.set(null);
                        split.leave();
                    }
                    idleSince = System.nanoTime();
                } else if (ending || System.nanoTime() - idleSince >= PATIENCE_NANOS) {
                    if (work.compareAndSet(null, ABSENT)) {
                        return;
                    }
                } else {
                    LockSupport.parkNanos(this, PATIENCE_NANOS);
                    Thread.interrupted();
                }
            }
        }
    }
}
