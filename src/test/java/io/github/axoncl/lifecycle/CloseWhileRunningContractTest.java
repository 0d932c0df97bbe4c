package io.github.axoncl.lifecycle;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.contract.BackendContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** Closing from several threads while others compute: a call completes with the right bits or says that it is too late. */
@Tag("threads")
class CloseWhileRunningContractTest extends BackendContract {
    private static final int CLOSERS = 3;
    /** rusticl takes a second to build the functions, and as long for the calls. */
    private static final int ROUNDS = KIND.isBitExact() ? 4 : 1;
    private static final int BUFFER_ROUNDS = KIND.isBitExact() ? 30 : 5;

    /** What a thread does until something is closed. */
    private interface Work {
        void once();
    }

    @ParameterizedTest
    @EnumSource(Watched.Mode.class)
    void aBackend(Watched.Mode mode) throws Exception {
        Map<Calls, float[]> expected = new EnumMap<>(Calls.class);
        for (Calls call : Calls.values()) {
            expected.put(call, call.result(backend()));
        }
        int completed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (Watched watched = Watched.open(mode, KIND.options()); Crew crew = new Crew()) {
                Backend backend = watched.backend();
                for (Calls call : Calls.values()) {
                    crew.add(() -> assertThat(call.result(backend)).as("%s", call).isEqualTo(expected.get(call)));
                }
                completed += crew.closeAmidst(backend::close);
            }
        }
        assertThat(completed).as("calls that came before the closing").isGreaterThanOrEqualTo(ROUNDS * Calls.values().length);
    }

    /** Without a pool, what is given back is released at once, and with the driver's memory in use by another thread. */
    @ParameterizedTest
    @EnumSource(Watched.Mode.class)
    void itsBuffers(Watched.Mode mode) throws Exception {
        try (Watched watched = Watched.open(mode, KIND.options().withPoolBytes(0))) {
            Backend backend = watched.backend();
            float[] expected = Calls.DEVICE.result(backend());
            for (int round = 0; round < BUFFER_ROUNDS; round++) {
                try (Crew crew = new Crew()) {
                    DeviceBuffer a = backend.allocate(DType.FLOAT32, Calls.LENGTH);
                    DeviceBuffer b = backend.allocate(DType.FLOAT32, Calls.LENGTH);
                    crew.add(() -> backend.forward(Activation.TANH, a, b));
                    crew.add(() -> a.write(Calls.X));
                    crew.add(() -> b.read(new float[Calls.LENGTH]));
                    crew.addBystander(() -> assertThat(Calls.DEVICE.result(backend)).isEqualTo(expected));
                    crew.closeAmidst(() -> {
                        a.close();
                        b.close();
                    });
                }
                assertThat(backend.info().memory().liveBytes()).as("live bytes in round %d", round).isZero();
            }
        }
    }

    /** Threads that work until something is closed, and those that close it. */
    private static final class Crew implements AutoCloseable {
        private final ExecutorService threads = Executors.newCachedThreadPool();
        private final List<Work> works = new ArrayList<>();
        private Work bystander;
        private volatile boolean over;

        void add(Work work) {
            works.add(work);
        }

        /** Work that nothing may disturb. */
        void addBystander(Work work) {
            bystander = work;
        }

        /** Closes, from several threads at once, when every worker has completed a call.
         *
         * @return how many calls completed */
        int closeAmidst(Runnable closing) throws Exception {
            CountDownLatch started = new CountDownLatch(works.size());
            List<Future<Integer>> workers = new ArrayList<>();
            works.forEach(work -> workers.add(threads.submit(() -> untilClosed(work, started))));
            Future<Integer> undisturbed = bystander == null ? null : threads.submit(this::untilOver);
            List<Future<?>> closers = new ArrayList<>();
            for (int i = 0; i < CLOSERS; i++) {
                closers.add(threads.submit(() -> {
                    await(started);
                    LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(500_000));
                    closing.run();
                    closing.run();
                }));
            }
            for (Future<?> closer : closers) {
                closer.get(60, TimeUnit.SECONDS);
            }
            int completed = 0;
            for (Future<Integer> worker : workers) {
                completed += worker.get(60, TimeUnit.SECONDS);
            }
            over = true;
            if (undisturbed != null) {
                assertThat(undisturbed.get(60, TimeUnit.SECONDS)).isPositive();
            }
            return completed;
        }

        private static int untilClosed(Work work, CountDownLatch started) {
            int completed = 0;
            while (true) {
                try {
                    work.once();
                } catch (IllegalStateException e) {
                    assertThat(e).isExactlyInstanceOf(IllegalStateException.class).hasMessageEndingWith("is closed");
                    assertThat(completed).as("calls before the closing").isPositive();
                    return completed;
                } catch (RuntimeException | Error e) {
                    started.countDown();
                    throw e;
                }
                completed++;
                if (completed == 1) {
                    started.countDown();
                }
            }
        }

        private int untilOver() {
            int completed = 0;
            do {
                bystander.once();
                completed++;
            } while (!over);
            return completed;
        }

        private static void await(CountDownLatch started) {
            try {
                assertThat(started.await(60, TimeUnit.SECONDS)).as("all have begun").isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            over = true;
            threads.shutdownNow();
        }
    }
}
