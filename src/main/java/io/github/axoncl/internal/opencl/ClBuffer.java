package io.github.axoncl.internal.opencl;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.memory.Lifetime;

import java.util.ArrayList;
import java.util.List;

/**
 * A user's lease of device memory, in several parts if it exceeds the largest allocation. Closing it twice does nothing; after
 * closing, no native call is made for it, and while a call uses it, its memory goes to nobody else.
 *
 * <p>The memory of a buffer that was forgotten is queued for the next user thread that needs some.
 */
final class ClBuffer extends DeviceBuffer {
    private final Context context;
    private final Transfers transfers;
    /** The elements of each part but the last. */
    private final long partLength;
    private final List<DeviceMemory> parts;
    private final Lifetime lifetime;

    /** Leases memory; the caller is inside the context.
     *
     * @throws ClException if there is not enough */
    ClBuffer(Backend owner, Context context, Transfers transfers, DType type, long length) {
        super(owner, type, length);
        this.context = context;
        this.transfers = transfers;
        long most = Math.max(1, context.device().info().maxAllocation() / type.bytes());
        // A power of two, so that rows of usual lengths do not lie in two parts.
        this.partLength = length <= most ? most : Long.highestOneBit(most);
        List<DeviceMemory> leased = lease(context, length, partLength, type.bytes());
        this.parts = leased;
        this.lifetime = new Lifetime(this, describe(), () -> giveBack(context, leased), () -> handOver(context, leased));
    }

    private static List<DeviceMemory> lease(Context context, long length, long partLength, int elementBytes) {
        List<DeviceMemory> leased = new ArrayList<>(1);
        try {
            for (long from = 0; from < length; from += partLength) {
                leased.add(context.memory().lease(Math.min(partLength, length - from) * elementBytes));
            }
            return List.copyOf(leased);
        } catch (ClException e) {
            leased.forEach(context.memory()::give);
            throw e;
        }
    }

    private static void giveBack(Context context, List<DeviceMemory> parts) {
        if (!parts.isEmpty() && context.enter()) {
            try {
                parts.forEach(context.memory()::give);
            } finally {
                context.exit();
            }
        }
    }

    private static void handOver(Context context, List<DeviceMemory> parts) {
        parts.forEach(context.memory()::forget);
    }

    private String describe() {
        return length() + " " + type();
    }

    /** Begins a use by a call in this context; {@link #endUse} ends it.
     *
     * @throws IllegalStateException if the buffer is closed
     * @throws DeviceException       if its content was lost with an earlier context */
    void beginUse(Context current) {
        context.checkAlive();
        if (context != current) {
            throw new DeviceException("the DeviceBuffer of " + describe() + " belongs to another device", null);
        }
        if (!lifetime.begin()) {
            throw new IllegalStateException("the DeviceBuffer of " + describe() + " is closed");
        }
    }

    /** All parts, in order. */
    List<DeviceMemory> parts() {
        return parts;
    }

    /** The part with an element, which lies in it at the index modulo {@link #partLength}. */
    DeviceMemory part(long index) {
        return parts.get((int) (index / partLength));
    }

    long partLength() {
        return partLength;
    }

    boolean isDivided() {
        return parts.size() > 1;
    }

    void endUse() {
        lifetime.end();
    }

    @Override
    protected void copyFrom(long offset, Operand source) {
        copy("write", () -> partByPart(offset, source.length(),
                (part, at, from, count) -> transfers.upload(context, source, from, part, at, count)));
    }

    @Override
    protected void copyTo(long offset, Operand target) {
        copy("read", () -> partByPart(offset, target.length(),
                (part, at, from, count) -> transfers.download(context, part, at, target, from, count)));
    }

    /** Copies elements of one part. */
    private interface Copy {
        void run(DeviceMemory part, long at, long hostFrom, long count);
    }

    private void partByPart(long offset, long length, Copy copy) {
        for (long done = 0; done < length;) {
            long at = (offset + done) % partLength;
            long count = Math.min(length - done, partLength - at);
            copy.run(part(offset + done), at, done, count);
            done += count;
        }
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
