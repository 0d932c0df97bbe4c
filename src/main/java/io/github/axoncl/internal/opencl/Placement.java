package io.github.axoncl.internal.opencl;

import io.github.axoncl.Operand;
import org.jocl.cl_mem;

/** Where one operand of a call lies for the device: in a user's buffer, in its own host memory, or in a lease per chunk. */
final class Placement {
    private final Context context;
    private final Transfers transfers;
    private final Operand operand;
    private final boolean output;
    /** The elements that belong to one outer index; 0 if all belong to every one. */
    private final long perOuter;
    /** The outer index at which the memory of a chunk begins. */
    private long chunk;
    /** The user's buffer on the device, while it is in use. */
    private DeviceMemory resident;
    /** Zero copy: OpenCL's view of the host memory. */
    private cl_mem over;
    /** Staged: what the chunk is copied to or from. */
    private DeviceMemory lease;

    Placement(Context context, Transfers transfers, Operand operand, boolean output, long perOuter) {
        this.context = context;
        this.transfers = transfers;
        this.operand = operand;
        this.output = output;
        this.perOuter = perOuter;
    }

    /** Keeps a user's buffer from being given back until {@link #close}.
     *
     * @throws IllegalStateException if it is closed already */
    void begin() {
        if (operand instanceof ClBuffer buffer) {
            resident = buffer.beginUse(context);
        }
    }

    boolean isResident() {
        return resident != null;
    }

    boolean isZeroCopy() {
        return over != null;
    }

    boolean isStaged() {
        return resident == null && over == null;
    }

    void tryZeroCopy() {
        if (resident == null && transfers.zeroCopy(context, operand)) {
            over = transfers.over(context, operand, output);
        }
    }

    boolean overlaps(Placement other) {
        return over != null && other.over != null
                && transfers.overlap(over, bytes(operand.length()), other.over, other.bytes(other.operand.length()));
    }

    /** Goes back to copies. */
    void dropZeroCopy() {
        if (over != null) {
            cl_mem dropped = over;
            over = null;
            transfers.release(dropped);
        }
    }

    long perOuter() {
        return perOuter;
    }

    /** The index in the operand of the first element of an outer index. */
    long first(long outer) {
        return outer * perOuter;
    }

    /** How many elements belong to so many outer indexes. */
    long count(long outers) {
        return perOuter == 0 ? operand.length() : outers * perOuter;
    }

    /** Makes a chunk's memory ready, with its input in it. */
    void prepare(long from, long outers) {
        chunk = from;
        if (!isStaged()) {
            return;
        }
        long count = count(outers);
        boolean kept = perOuter == 0 && lease != null && !output;
        if (lease == null || lease.bytes() < bytes(count)) {
            endLease();
            // A kernel's argument cannot be memory of no bytes.
            lease = context.memory().lease(bytes(Math.max(1, count)));
        }
        if (!output && !kept && count > 0) {
            transfers.upload(context, operand, first(from), lease, 0, count);
        }
    }

    long bytes(long elements) {
        return elements * operand.type().bytes();
    }

    cl_mem handle() {
        return resident != null ? resident.handle() : over != null ? over : lease.handle();
    }

    /** The index in {@link #handle} of the first element of an outer index. */
    long firstInHandle(long outer) {
        return isStaged() ? first(outer - chunk) : first(outer);
    }

    DeviceMemory memory() {
        return resident != null ? resident : lease;
    }

    Operand operand() {
        return operand;
    }

    void endLease() {
        if (lease != null) {
            context.memory().give(lease);
            lease = null;
        }
    }

    void close() {
        endLease();
        dropZeroCopy();
        if (resident != null) {
            resident = null;
            ((ClBuffer) operand).endUse();
        }
    }
}
