package io.github.axoncl.internal.opencl;

import org.jocl.cl_mem;

/** One allocation of the driver, and the last submission that uses it; compared by identity. */
final class DeviceMemory {
    private final cl_mem handle;
    private final long bytes;
    private volatile long lastUse;

    DeviceMemory(cl_mem handle, long bytes) {
        this.handle = handle;
        this.bytes = bytes;
    }

    cl_mem handle() {
        return handle;
    }

    /** The allocated size: a size class of the pool. */
    long bytes() {
        return bytes;
    }

    /** The number of the last submission that reads or writes this memory. It stays with the memory when its user changes, so
     * that the next one knows what to wait for. */
    long lastUse() {
        return lastUse;
    }

    void usedBy(long submission) {
        lastUse = submission;
    }
}
