package io.github.axoncl.internal.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
    @Test
    void sizeClassesHoldTheRequestAndWasteAtMostAFifth() {
        assertThat(BufferPool.sizeClass(1)).isEqualTo(BufferPool.SMALLEST);
        assertThat(BufferPool.sizeClass(4096)).isEqualTo(4096);
        assertThat(BufferPool.sizeClass(4097)).isEqualTo(5120);
        for (long bytes = 4096; bytes < 1L << 40; bytes = bytes * 9 / 8 + 1) {
            long size = BufferPool.sizeClass(bytes);
            assertThat(size).isBetween(bytes, bytes + bytes / 4 + 1).isEqualTo(BufferPool.sizeClass(size));
            assertThat(size - bytes).isLessThanOrEqualTo(size / 5);
        }
        assertThat(BufferPool.sizeClass(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void givesBackTheSameHandleForTheSameClassOnly() {
        BufferPool<String> pool = new BufferPool<>(1 << 20);
        assertThat(pool.take(4096)).isNull();
        pool.allocated(4096);
        assertThat(pool.give("a", 4096)).isEmpty();
        assertThat(pool.take(5120)).isNull();
        assertThat(pool.take(4096)).isEqualTo("a");
        assertThat(pool.take(4096)).isNull();
        assertThat(pool.statistics().reuses()).isEqualTo(1);
        assertThat(pool.statistics().allocations()).isEqualTo(1);
    }

    @Test
    void releasesTheOldestAboveTheCap() {
        BufferPool<String> pool = new BufferPool<>(10_000);
        for (int i = 0; i < 3; i++) {
            pool.allocated(4096);
        }
        assertThat(pool.give("a", 4096)).isEmpty();
        assertThat(pool.give("b", 4096)).isEmpty();
        assertThat(pool.give("c", 4096)).containsExactly("a");
        assertThat(pool.statistics().pooledBytes()).isEqualTo(8192);
        pool.allocated(20_000);
        assertThat(pool.give("large", 20_000)).containsExactly("large");
        assertThat(pool.statistics().pooledBytes()).isEqualTo(8192);
    }

    @Test
    void keepsNothingWithoutRoom() {
        BufferPool<String> pool = new BufferPool<>(0);
        pool.allocated(4096);
        assertThat(pool.give("a", 4096)).containsExactly("a");
    }

    @Test
    void trimGivesEverythingUpOnce() {
        BufferPool<String> pool = new BufferPool<>(1 << 20);
        pool.allocated(4096);
        pool.give("a", 4096);
        assertThat(pool.trim()).containsExactly("a");
        assertThat(pool.trim()).isEmpty();
        assertThat(pool.statistics().pooledBytes()).isZero();
        assertThat(pool.statistics().trims()).isEqualTo(2);
        assertThat(pool.statistics().peakBytes()).isEqualTo(4096);
    }

    @Test
    void countsAddUpInAnyOrderOfUse() {
        Random random = new Random(1);
        BufferPool<Integer> pool = new BufferPool<>(100_000);
        Set<Integer> existing = new HashSet<>();
        Set<Integer> leased = new HashSet<>();
        long[] sizes = new long[10_000];
        int next = 0;
        for (int step = 0; step < 20_000; step++) {
            if (leased.isEmpty() || random.nextBoolean() && next < sizes.length) {
                long size = BufferPool.sizeClass(random.nextInt(20_000) + 1);
                Integer handle = pool.take(size);
                if (handle == null) {
                    handle = next++;
                    sizes[handle] = size;
                    existing.add(handle);
                    pool.allocated(size);
                }
                assertThat(sizes[handle]).isEqualTo(size);
                assertThat(leased.add(handle)).as("leased twice").isTrue();
            } else {
                Integer handle = leased.iterator().next();
                leased.remove(handle);
                List<Integer> released = pool.give(handle, sizes[handle]);
                released.forEach(r -> assertThat(existing.remove(r)).as("released twice").isTrue());
            }
            assertThat(pool.statistics().pooledBytes()).isBetween(0L, 100_000L);
        }
        long live = leased.stream().mapToLong(h -> sizes[h]).sum();
        long all = existing.stream().mapToLong(h -> sizes[h]).sum();
        assertThat(pool.statistics().liveBytes()).isEqualTo(live);
        assertThat(pool.statistics().pooledBytes()).isEqualTo(all - live);
    }
}
