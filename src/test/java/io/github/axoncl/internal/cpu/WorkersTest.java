package io.github.axoncl.internal.cpu;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.concurrent.atomic.AtomicIntegerArray;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(30)
class WorkersTest {

    @Test
    void everyElementOnce() {
        try (Workers workers = new Workers()) {
            for (int length : new int[] {1, 9, 10, 11, 99, 100, 101, 12_345}) {
                AtomicIntegerArray seen = new AtomicIntegerArray(length);
                workers.split(length, 10, (from, to) -> {
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
            assertThatThrownBy(() -> workers.split(1_000, 1, (from, to) -> {
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
        workers.split(100, 10, (from, to) -> {
            for (long i = from; i < to; i++) {
                seen.incrementAndGet((int) i);
            }
        });
        for (int i = 0; i < 100; i++) {
            assertThat(seen.get(i)).isOne();
        }
    }
}
