package io.github.axoncl.internal.opencl;

import io.github.axoncl.BackendInfo.MemoryStatistics;
import org.jocl.cl_context;
import org.jocl.cl_mem;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Owns all device memory of a context: leases it through the pool, and when memory is short waits for what is running, gives
 * the pool up, and tries once more. A smaller chunk after that is the caller's decision.
 */
final class BufferManager {
    private final Cl cl;
    private final cl_context context;
    private final Runnable finish;
    private final long maxAllocation;
    private final BufferPool<DeviceMemory> pool;
    /** What is leased; whoever removes an entry may give it back, so nothing is given back twice. */
    private final Set<DeviceMemory> live = ConcurrentHashMap.newKeySet();
    /** Memory of buffers that were never closed, found by the cleaner's thread, which makes no native call. */
    private final Queue<DeviceMemory> forgotten = new ConcurrentLinkedQueue<>();

    BufferManager(Cl cl, cl_context context, Runnable finish, long maxAllocation, long poolBytes) {
        this.cl = cl;
        this.context = context;
        this.finish = finish;
        this.maxAllocation = maxAllocation;
        this.pool = new BufferPool<>(poolBytes);
    }

    /** Leases memory of at least so many bytes.
     *
     * @throws ClException if it cannot be had */
    DeviceMemory lease(long bytes) {
        releaseForgotten();
        long size = Math.max(bytes, Math.min(BufferPool.sizeClass(bytes), maxAllocation));
        DeviceMemory memory = pool.take(size);
        if (memory == null) {
            memory = new DeviceMemory(allocate(size), size);
            pool.allocated(size);
        }
        live.add(memory);
        return memory;
    }

    private cl_mem allocate(long bytes) {
        try {
            return cl.clCreateBuffer(context, Cl.MEM_READ_WRITE, bytes);
        } catch (ClException e) {
            if (!e.isOutOfMemory()) {
                throw e;
            }
            trim();
            return cl.clCreateBuffer(context, Cl.MEM_READ_WRITE, bytes);
        }
    }

    /** Waits for what is running, so that nothing holds memory that is given back, and gives back all that is kept. */
    void trim() {
        finish.run();
        releaseForgotten();
        pool.trim().forEach(this::release);
    }

    /** Takes a lease back; a second time does nothing. Work that is still running on it keeps its place before later work. */
    void give(DeviceMemory memory) {
        if (live.remove(memory)) {
            pool.give(memory, memory.bytes()).forEach(this::release);
        }
    }

    /** Notes that nobody will give this lease back. Makes no native call. */
    void forget(DeviceMemory memory) {
        forgotten.add(memory);
    }

    private void releaseForgotten() {
        for (DeviceMemory memory = forgotten.poll(); memory != null; memory = forgotten.poll()) {
            give(memory);
        }
    }

    private void release(DeviceMemory memory) {
        Quietly.run("clReleaseMemObject", () -> cl.clReleaseMemObject(memory.handle()));
    }

    MemoryStatistics statistics() {
        return pool.statistics();
    }

    void close() {
        for (DeviceMemory memory : live) {
            if (live.remove(memory)) {
                pool.forget(memory.bytes());
                release(memory);
            }
        }
        pool.drain().forEach(this::release);
    }
}
