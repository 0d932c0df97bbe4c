package io.github.axoncl.internal.opencl;

import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/** Where one operand of a call lies for the device: in a user's buffer, in its own host memory, or in a lease per chunk. */
final class Placement implements Placed {
    private final Context context;
    private final Transfers transfers;
    private final Operand operand;
    private final boolean output;
    /** The elements that belong to one outer index; 0 if all belong to every one. */
    private final long perOuter;
    /** The outer index at which the memory of a chunk begins. */
    private long chunk;
    /** The user's buffer on the device, while it is in use. */
    private ClBuffer resident;
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
        if (operand instanceof ClBuffer buffer && operand.length() > 0) {
            buffer.beginUse(context);
            resident = buffer;
        }
    }

    boolean isOutput() {
        return output;
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

    /** Of so many outer indexes those that lie in one piece of device memory. */
    long together(long from, long outers) {
        if (resident == null || !resident.isDivided()) {
            return outers;
        }
        long behind = perOuter == 0 ? 0 : (resident.partLength() - first(from) % resident.partLength()) / perOuter;
        if (behind == 0) {
            throw new DeviceException("the elements of an outer index lie apart in the DeviceBuffer of " + operand.length()
                    + " "
                    + operand.type() + ", which exceeds the largest allocation of " + context.device().info().name(), null);
        }
        return Math.min(outers, behind);
    }

    boolean isDivided() {
        return resident != null && resident.isDivided();
    }

    /** Makes a chunk's memory ready, with its input in it. */
    void prepare(long from, long outers) {
        chunk = from;
        if (!isStaged()) {
            return;
        }
        // There are no leases of nothing, and a kernel wants memory even for an operand that is empty.
        long count = Math.max(1, count(outers));
        boolean kept = perOuter == 0 && lease != null && !output;
        if (lease == null || lease.bytes() < bytes(count)) {
            endLease();
            lease = context.memory().lease(bytes(count));
        }
        if (!output && !kept && operand.length() > 0) {
            transfers.upload(context, operand, first(from), lease, 0, count);
        }
    }

    /** Makes ready what all chunks share, for launches on other queues than the context's own. */
    void prepareForLanes() {
        if (resident != null) {
            resident.parts().forEach(context::settle);
        } else if (isStaged() && perOuter == 0) {
            prepare(0, 1);
        }
    }

    /** Makes what the kernels wrote visible in the host's own memory, if they wrote there. They are finished. */
    void publish(cl_command_queue queue, long from, long outers) {
        if (output && over != null) {
            transfers.publish(queue, over, bytes(first(from)), bytes(count(outers)));
        }
    }

    long bytes(long elements) {
        return elements * operand.type().bytes();
    }

    @Override
    public cl_mem handle(long outer) {
        return resident != null ? resident.part(first(outer)).handle() : over != null ? over : lease.handle();
    }

    @Override
    public long firstInHandle(long outer) {
        return isStaged() ? first(outer - chunk) : resident != null ? first(outer) % resident.partLength() : first(outer);
    }

    // What a driver allocates begins at a multiple of any vector, memory of the host's own anywhere; and a driver may keep a copy of
    // that, which begins at such a multiple again.
    @Override
    public boolean isAligned(long outer, long elements) {
        long start = over == null ? 0 : transfers.address(over);
        return start % bytes(elements) == 0 && firstInHandle(outer) % elements == 0;
    }

    /** What a staged chunk is copied to or from. */
    DeviceMemory lease() {
        return lease;
    }

    @Override
    public DeviceMemory counted(long outer) {
        return resident != null ? resident.part(first(outer)) : lease;
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
            resident.endUse();
            resident = null;
        }
    }
}
