package io.github.axoncl.internal.opencl;

import io.github.axoncl.BackendInfo.MemoryStatistics;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Decides which memory is kept for reuse, and counts: size classes, the least recently used given back first above the cap.
 * Knows nothing of OpenCL; handles are released by its caller, outside its lock.
 *
 * @param <H> the handle of a piece of memory
 */
final class BufferPool<H> {
    /** Below this all requests are one class. */
    static final long SMALLEST = 4096;

    private record Kept<H>(H handle, long bytes) {
    }

    private final long cap;
    private final ArrayDeque<Kept<H>> kept = new ArrayDeque<>();
    private long live;
    private long pooled;
    private long peak;
    private long allocations;
    private long reuses;
    private long trims;

    /** A pool that keeps at most {@code cap} bytes. */
    BufferPool(long cap) {
        this.cap = cap;
    }

    /** The size that is allocated for a request: a power of two divided into four steps, so at most a fifth is unused. */
    static long sizeClass(long bytes) {
        if (bytes <= SMALLEST) {
            return SMALLEST;
        }
        long step = Long.highestOneBit(bytes - 1) >>> 2;
        long rounded = (bytes + step - 1) / step * step;
        return rounded < 0 ? bytes : rounded;
    }

    /** A kept handle of exactly this class, now live, or null. */
    synchronized H take(long bytes) {
        Iterator<Kept<H>> latestFirst = kept.descendingIterator();
        while (latestFirst.hasNext()) {
            Kept<H> candidate = latestFirst.next();
            if (candidate.bytes() == bytes) {
                latestFirst.remove();
                pooled -= bytes;
                live += bytes;
                reuses++;
                return candidate.handle();
            }
        }
        return null;
    }

    /** Counts newly allocated memory, now live. */
    synchronized void allocated(long bytes) {
        allocations++;
        live += bytes;
        peak = Math.max(peak, live + pooled);
    }

    /** Takes live memory back.
     *
     * @return what the caller must release to keep within the cap, oldest first */
    synchronized List<H> give(H handle, long bytes) {
        live -= bytes;
        List<H> excess = new ArrayList<>(0);
        if (bytes > cap) {
            excess.add(handle);
            return excess;
        }
        kept.addLast(new Kept<>(handle, bytes));
        pooled += bytes;
        while (pooled > cap) {
            excess.add(removeOldest());
        }
        return excess;
    }

    /** Live memory is gone without being kept. */
    synchronized void forget(long bytes) {
        live -= bytes;
    }

    /** Gives everything kept up because memory is short.
     *
     * @return what the caller must release */
    synchronized List<H> trim() {
        trims++;
        return drain();
    }

    /** Gives everything kept up because the pool is closed.
     *
     * @return what the caller must release */
    synchronized List<H> drain() {
        List<H> all = new ArrayList<>(kept.size());
        while (!kept.isEmpty()) {
            all.add(removeOldest());
        }
        return all;
    }

    private H removeOldest() {
        Kept<H> oldest = kept.removeFirst();
        pooled -= oldest.bytes();
        return oldest.handle();
    }

    synchronized MemoryStatistics statistics() {
        return new MemoryStatistics(live, pooled, peak, allocations, reuses, trims);
    }
}
