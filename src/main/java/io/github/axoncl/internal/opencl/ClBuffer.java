package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A user's lease of device memory. Closing it a second time does nothing; after closing, no native call is made for it.
 *
 * <p>A buffer that is collected without having been closed is reported, and its memory queued for the next user thread that
 * needs some: no native call is made on the cleaner's thread. With the system property {@code axoncl.leaks} set to true the
 * report says where the buffer was allocated.
 */
final class ClBuffer extends DeviceBuffer {
    private static final Logger LOG = LoggerFactory.getLogger(ClBuffer.class);
    private static final Cleaner CLEANER = Cleaner.create();

    private final Lease lease;
    private final Cleaner.Cleanable cleanable;
    private final Transfers transfers;

    /** What must outlive the buffer; does not refer to it. */
    private static final class Lease implements Runnable {
        final Context context;
        final DeviceMemory memory;
        final String description;
        final Throwable site = Boolean.getBoolean("axoncl.leaks") ? new Throwable("allocated here") : null;
        final AtomicBoolean closed = new AtomicBoolean();

        Lease(Context context, DeviceMemory memory, String description) {
            this.context = context;
            this.memory = memory;
            this.description = description;
        }

        @Override
        public void run() {
            if (closed.compareAndSet(false, true) && memory != null && !context.isClosed()) {
                LOG.warn("A DeviceBuffer of {} was never closed{}", description,
                        site == null ? "; -Daxoncl.leaks=true tells where it was allocated" : "", site);
                context.memory().forget(memory);
            }
        }
    }

    /** Leases memory; the caller is inside the context.
     *
     * @throws ClException if there is not enough */
    ClBuffer(Backend owner, Context context, Transfers transfers, DType type, long length) {
        super(owner, type, length);
        this.transfers = transfers;
        DeviceMemory memory = length == 0 ? null : context.memory().lease(length * type.bytes());
        this.lease = new Lease(context, memory, length + " " + type);
        this.cleanable = CLEANER.register(this, lease);
    }

    Context context() {
        return lease.context;
    }

    /** The memory for a call in this context.
     *
     * @throws IllegalStateException if the buffer is closed
     * @throws DeviceException       if its content was lost with an earlier context */
    DeviceMemory memory(Context current) {
        if (lease.closed.get()) {
            throw new IllegalStateException("the DeviceBuffer of " + lease.description + " is closed");
        }
        lease.context.checkAlive();
        if (lease.context != current) {
            throw new DeviceException("the DeviceBuffer of " + lease.description + " belongs to another device", null);
        }
        return lease.memory;
    }

    @Override
    protected void copyFrom(long offset, Operand source) {
        copy("write", () -> transfers.upload(lease.context, source, 0, memory(lease.context), offset, source.length()));
    }

    @Override
    protected void copyTo(long offset, Operand target) {
        copy("read", () -> transfers.download(lease.context, memory(lease.context), offset, target, 0, target.length()));
    }

    private void copy(String what, Runnable action) {
        if (!lease.context.enter()) {
            throw new IllegalStateException("the backend is closed");
        }
        try {
            lease.context.checkAlive();
            action.run();
        } catch (ClException e) {
            lease.context.failed(e);
            throw new DeviceException(e.getMessage() + " in " + what + " of a DeviceBuffer of " + lease.description + " on "
                    + lease.context.device().info().name(), e);
        } finally {
            lease.context.exit();
        }
    }

    @Override
    public boolean isClosed() {
        return lease.closed.get();
    }

    @Override
    public void close() {
        if (!lease.closed.compareAndSet(false, true)) {
            return;
        }
        cleanable.clean();
        if (lease.memory != null && lease.context.enter()) {
            try {
                lease.context.memory().give(lease.memory);
            } finally {
                lease.context.exit();
            }
        }
    }
}
