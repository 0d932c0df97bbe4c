package io.github.axoncl.internal.opencl;

import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A queue of its own and host memory that the driver allocated: what one thread needs to take chunks to the device and back
 * while others do the same. Used by one thread at a time.
 *
 * <p>Where device and host share memory, kernels work in this memory, and it is mapped while the host does. Elsewhere it stays
 * mapped, and blocking copies take its content to device memory and back at the full rate of the bus.
 */
final class Lane {
    private final Cl cl;
    private final cl_command_queue queue;
    private final cl_mem pinned;
    private final long bytes;
    private ByteBuffer mapped;

    private Lane(Cl cl, cl_command_queue queue, cl_mem pinned, long bytes) {
        this.cl = cl;
        this.queue = queue;
        this.pinned = pinned;
        this.bytes = bytes;
    }

    /** Makes a lane.
     *
     * @throws ClException if a part of it cannot be had; nothing is left behind */
    static Lane open(Cl cl, Context context, long bytes) {
        cl_command_queue queue = cl.clCreateCommandQueue(context.handle(), context.device().id());
        Lane lane = null;
        try {
            cl_mem pinned = cl.clCreateBuffer(context.handle(), Cl.MEM_READ_WRITE | Cl.MEM_ALLOC_HOST_PTR, bytes);
            lane = new Lane(cl, queue, pinned, bytes);
            lane.map();
            return lane;
        } catch (ClException e) {
            if (lane == null) {
                Quietly.run("clReleaseCommandQueue", () -> cl.clReleaseCommandQueue(queue));
            } else {
                lane.close();
            }
            throw e;
        }
    }

    cl_command_queue queue() {
        return queue;
    }

    /** The memory as kernels see it, while it is not mapped. */
    cl_mem memory() {
        return pinned;
    }

    /** The memory as the host sees it, while it is mapped. */
    ByteBuffer host() {
        return mapped;
    }

    /** Hands the memory to the host, after everything that was submitted to the queue. */
    void map() {
        mapped = cl.clEnqueueMapBuffer(queue, pinned, Cl.MAP_READ | Cl.MAP_WRITE, 0, bytes).order(ByteOrder.nativeOrder());
    }

    /** Hands the memory to the device. */
    void unmap() {
        ByteBuffer before = mapped;
        mapped = null;
        cl.clEnqueueUnmapMemObject(queue, pinned, before);
    }

    /** Copies from this memory to the device's. */
    void write(DeviceMemory to, long fromByte, long count) {
        cl.clEnqueueWriteBuffer(queue, to.handle(), 0, mapped, fromByte, count);
    }

    /** Copies from the device's memory to this one, after everything that was submitted to the queue. */
    void read(DeviceMemory from, long toByte, long count) {
        cl.clEnqueueReadBuffer(queue, from.handle(), 0, mapped, toByte, count);
    }

    /** Waits for everything that was submitted to the queue. */
    void finish() {
        cl.clFinish(queue);
    }

    /** Waits for what is running and gives everything back. */
    void close() {
        Quietly.run("clFinish", this::finish);
        if (mapped != null) {
            Quietly.run("clEnqueueUnmapMemObject", this::unmap);
            Quietly.run("clFinish", this::finish);
        }
        Quietly.run("clReleaseMemObject", () -> cl.clReleaseMemObject(pinned));
        Quietly.run("clReleaseCommandQueue", () -> cl.clReleaseCommandQueue(queue));
    }
}
