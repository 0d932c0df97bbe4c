package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.memory.Lifetime;

/**
 * A user's lease of device memory. Closing it a second time does nothing; after closing, no native call is made for it, and
 * while a call uses it, its memory goes to nobody else.
 *
 * <p>The memory of a buffer that was forgotten is queued for the next user thread that needs some.
 */
final class ClBuffer extends DeviceBuffer {
    private final Context context;
    private final Transfers transfers;
    private final DeviceMemory memory;
    private final Lifetime lifetime;

    /** Leases memory; the caller is inside the context.
     *
     * @throws ClException if there is not enough */
    ClBuffer(Backend owner, Context context, Transfers transfers, DType type, long length) {
        super(owner, type, length);
        this.context = context;
        this.transfers = transfers;
        DeviceMemory leased = length == 0 ? null : context.memory().lease(length * type.bytes());
        this.memory = leased;
        this.lifetime = new Lifetime(this, describe(), () -> giveBack(context, leased), () -> handOver(context, leased));
    }

    private static void giveBack(Context context, DeviceMemory memory) {
        if (memory != null && context.enter()) {
            try {
                context.memory().give(memory);
            } finally {
                context.exit();
            }
        }
    }

    private static void handOver(Context context, DeviceMemory memory) {
        if (memory != null) {
            context.memory().forget(memory);
        }
    }

    private String describe() {
        return length() + " " + type();
    }

    /** Begins a use by a call in this context; {@link #endUse} ends it.
     *
     * @return the memory
     * @throws IllegalStateException if the buffer is closed
     * @throws DeviceException       if its content was lost with an earlier context */
    DeviceMemory beginUse(Context current) {
        context.checkAlive();
        if (context != current) {
            throw new DeviceException("the DeviceBuffer of " + describe() + " belongs to another device", null);
        }
        if (!lifetime.begin()) {
            throw new IllegalStateException("the DeviceBuffer of " + describe() + " is closed");
        }
        return memory;
    }

    void endUse() {
        lifetime.end();
    }

    @Override
    protected void copyFrom(long offset, Operand source) {
        copy("write", () -> transfers.upload(context, source, 0, memory, offset, source.length()));
    }

    @Override
    protected void copyTo(long offset, Operand target) {
        copy("read", () -> transfers.download(context, memory, offset, target, 0, target.length()));
    }

    private void copy(String what, Runnable action) {
        if (!context.enter()) {
            throw new IllegalStateException("the backend is closed");
        }
        try {
            beginUse(context);
            try {
                action.run();
            } finally {
                endUse();
            }
        } catch (ClException e) {
            context.failed(e);
            throw new DeviceException(e.getMessage() + " in " + what + " of a DeviceBuffer of " + describe() + " on "
                    + context.device().info().name(), e);
        } finally {
            context.exit();
        }
    }

    @Override
    public boolean isClosed() {
        return lifetime.isClosed() || backend().isClosed();
    }

    @Override
    public void close() {
        lifetime.close();
    }
}
