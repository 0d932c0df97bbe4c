package io.github.axoncl.internal.opencl;

import io.github.axoncl.internal.memory.HostMemory;
import org.jocl.cl_mem;

/** One operand's part of a lane's memory: a chunk of it at a time. */
final class Slice implements Placed {
    private final Placement placement;
    private final Lane lane;
    private final int firstByte;
    /** Null where kernels work in the lane's own memory. */
    private final DeviceMemory lease;
    private long chunk;

    Slice(Placement placement, Lane lane, int firstByte, DeviceMemory lease) {
        this.placement = placement;
        this.lane = lane;
        this.firstByte = firstByte;
        this.lease = lease;
    }

    /** The device's memory that it holds beside the lane's, or null. */
    DeviceMemory lease() {
        return lease;
    }

    /** The chunk that it holds from now on. */
    void begin(long from) {
        chunk = from;
    }

    void fromOperand(long outers) {
        HostMemory.read(placement.operand(), placement.first(chunk), lane.host(), firstByte, (int) placement.count(outers));
    }

    void toOperand(long outers) {
        HostMemory.write(lane.host(), firstByte, placement.operand(), placement.first(chunk), (int) placement.count(outers));
    }

    void toDevice(long outers) {
        lane.write(lease, firstByte, placement.bytes(placement.count(outers)));
    }

    void fromDevice(long outers) {
        lane.read(lease, firstByte, placement.bytes(placement.count(outers)));
    }

    @Override
    public cl_mem handle(long outer) {
        return lease == null ? lane.memory() : lease.handle();
    }

    @Override
    public long firstInHandle(long outer) {
        return placement.first(outer - chunk) + (lease == null ? firstByte / placement.bytes(1) : 0);
    }

    // The memory of lanes and leases begins at a multiple of any vector, and so does each slice of a lane.
    @Override
    public boolean isAligned(long outer, long elements) {
        return firstInHandle(outer) % elements == 0;
    }

    @Override
    public DeviceMemory counted(long outer) {
        return null;
    }
}
