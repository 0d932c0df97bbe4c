package io.github.axoncl.internal.cpu;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class WorkersTest {

    @Test
    void everyElementOnce() {
        try (Workers workers = new Workers()) {
            for (int length : new int[] {1, 9, 10, 11, 99, 100, 101, 12_345}) {
                AtomicIntegerArray seen = new AtomicIntegerArray(length);
                workers.split(length, 10, (thread, from, to) -> {
                    for (long i = from; i < to; i++) {
                        seen.incrementAndGet((int) i);
                    }
                });
                for (int i = 0; i < length; i++) {
                    assertThat(seen.get(i)).isOne();
                }
            }
        }
    }

    @Test
    void aFailureReachesTheCaller() {
        try (Workers workers = new Workers()) {
            assertThatThrownBy(() -> workers.split(1_000, 1, (thread, from, to) -> {
                if (from == 500) {
                    throw new IllegalStateException("here");
                }
            })).isInstanceOf(IllegalStateException.class).hasMessage("here");
        }
    }

    @Test
    void worksAfterClosingOnTheCallersThread() {
        Workers workers = new Workers();
        workers.close();
        AtomicIntegerArray seen = new AtomicIntegerArray(100);
        workers.split(100, 10, (thread, from, to) -> {
            for (long i = from; i < to; i++) {
                seen.incrementAndGet((int) i);
            }
        });
        for (int i = 0; i < 100; i++) {
            assertThat(seen.get(i)).isOne();
        }
    }

    @Test
    void severalCallersAtOnce() throws Exception {
        int callers = 8;
        int length = 2_000;
        try (Workers workers = new Workers(3)) {
            AtomicIntegerArray seen = new AtomicIntegerArray(callers * length);
            AtomicReference<Throwable> failure = new AtomicReference<>();
            Thread[] threads = new Thread[callers];
            for (int c = 0; c < callers; c++) {
                int first = c * length;
                threads[c] = new Thread(() -> {
                    try {
                        for (int round = 0; round < 200; round++) {
                            workers.split(length, 7, (thread, from, to) -> {
                                for (long i = from; i < to; i++) {
                                    seen.incrementAndGet(first + (int) i);
                                }
                            });
                            for (int i = 0; i < length; i++) {
                                assertThat(seen.get(first + i)).isEqualTo(round + 1);
                            }
                        }
                    } catch (Throwable e) {
                        failure.set(e);
                    }
                });
                threads[c].start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failure.get()).isNull();
        }
    }

    @Test
    void aNumberBelongsToOneThreadAtATime() {
        try (Workers workers = new Workers(4)) {
            AtomicIntegerArray inside = new AtomicIntegerArray(workers.threads());
            for (int round = 0; round < 500; round++) {
                workers.split(100, 1, (thread, from, to) -> {
                    assertThat(inside.incrementAndGet(thread)).isOne();
                    Thread.onSpinWait();
                    inside.decrementAndGet(thread);
                });
            }
        }
    }

    @Test
    void anInterruptStaysUntilTheWorkIsDone() {
        try (Workers workers = new Workers(2)) {
            AtomicIntegerArray seen = new AtomicIntegerArray(1_000);
            Thread.currentThread().interrupt();
            workers.split(1_000, 1, (thread, from, to) -> seen.incrementAndGet((int) from));
            assertThat(Thread.interrupted()).isTrue();
            for (int i = 0; i < seen.length(); i++) {
                assertThat(seen.get(i)).isOne();
            }
        }
    }
}
