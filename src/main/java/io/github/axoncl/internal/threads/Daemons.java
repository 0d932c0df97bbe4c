package io.github.axoncl.internal.threads;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Makes executors whose threads keep no process from ending, and end themselves when they have had nothing to do for a while. */
public final class Daemons {
    private static final long IDLE_SECONDS = 5;

    private Daemons() {
    }

    /** An executor with a queue without end.
     *
     * @param name     the threads' name
     * @param most     how many threads there are at most
     * @param priority theirs
     * @return the executor, without threads yet */
    public static ThreadPoolExecutor executor(String name, int most, int priority) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(most, most, IDLE_SECONDS, TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    thread.setPriority(priority);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }
}
