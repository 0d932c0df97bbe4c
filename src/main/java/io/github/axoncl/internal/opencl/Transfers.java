package io.github.axoncl.internal.opencl;

import io.github.axoncl.BackendOptions.Transfer;
import io.github.axoncl.DType;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.memory.HostMemory;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

import java.nio.ByteBuffer;
import java.util.function.LongConsumer;

/**
 * Decides how bytes cross between host and device: over the host's own memory for direct buffers where both share it, by copies
 * elsewhere. Large calls whose operands are copied go over {@link Lanes} instead.
 *
 * <p>Every copy blocks, because JOCL keeps a thread waiting for each that does not. An array is pinned while it is copied and
 * the garbage collector of the whole process waits for it, so copies begin when no kernel is running on the memory, and arrays
 * are copied in pieces.
 */
final class Transfers {
    /** Elements that are copied while an array is pinned: a fraction of a millisecond. */
    private static final int PIECE = 1 << 20;

    private final Cl cl;
    private final Transfer mode;

    Transfers(Cl cl, Transfer mode) {
        this.cl = cl;
        this.mode = mode;
    }

    /** Whether the operand can be used where it lies. */
    boolean zeroCopy(Context context, Operand operand) {
        if (operand instanceof ClBuffer || !HostMemory.isDirect(operand) || mode == Transfer.STAGED) {
            return false;
        }
        boolean fits = bytes(operand, operand.length()) <= context.device().info().maxAllocation();
        return fits && (mode == Transfer.ZERO_COPY || context.device().info().unifiedMemory());
    }

    /** A cl_mem over the operand's own memory, or null if the driver does not want that. */
    cl_mem over(Context context, Operand operand, boolean output) {
        long access = output ? Cl.MEM_READ_WRITE : Cl.MEM_READ_ONLY;
        try {
            return cl.clCreateBufferOver(context.handle(), access | Cl.MEM_USE_HOST_PTR, HostMemory.buffer(operand),
                    bytes(operand, operand.length()));
        } catch (ClException e) {
            if (context.failed(e)) {
                throw e;
            }
            return null;
        }
    }

    /** Whether two zero-copy memories share bytes. Java does not tell a buffer's address, OpenCL does. */
    boolean overlap(cl_mem a, long aBytes, cl_mem b, long bBytes) {
        long first = address(a);
        long second = address(b);
        return first < second + bBytes && second < first + aBytes;
    }

    /** The address of the host memory under a zero-copy memory. */
    long address(cl_mem memory) {
        return cl.clGetMemHostAddress(memory);
    }

    /** Makes what kernels wrote visible in the host's own memory. The kernels are finished. */
    void publish(cl_command_queue queue, cl_mem memory, long fromByte, long bytes) {
        ByteBuffer mapped = cl.clEnqueueMapBuffer(queue, memory, Cl.MAP_READ, fromByte, bytes);
        cl.clEnqueueUnmapMemObject(queue, memory, mapped);
        cl.clFinish(queue);
    }

    void release(cl_mem memory) {
        Quietly.run("clReleaseMemObject", () -> cl.clReleaseMemObject(memory));
    }

    void upload(Context context, Operand host, long hostFrom, DeviceMemory to, long at, long count) {
        context.settle(to);
        if (HostMemory.isDirect(host)) {
            cl.clEnqueueWriteBuffer(context.copies(), to.handle(), bytes(host, at), HostMemory.buffer(host),
                    bytes(host, hostFrom), bytes(host, count));
            return;
        }
        Object array = HostMemory.array(host);
        Object staging = array == null ? HostMemory.newArray(host.type(), (int) Math.min(count, PIECE)) : null;
        int first = HostMemory.offset(host);
        for (long done = 0; done < count; done += PIECE) {
            int piece = (int) Math.min(count - done, PIECE);
            long from = hostFrom + done;
            if (array == null) {
                HostMemory.read(host, from, staging, 0, piece);
            }
            cl.clEnqueueWriteBuffer(context.copies(), to.handle(), bytes(host, at + done), array == null ? staging : array,
                    array == null ? 0 : bytes(host, first + from), bytes(host, piece));
        }
    }

    void download(Context context, DeviceMemory from, long at, Operand host, long hostFrom, long count) {
        download(context, from, at, host, hostFrom, count, done -> { });
    }

    /** Copies to the host.
     *
     * @param written is told after each step how many elements have arrived so far */
    void download(Context context, DeviceMemory from, long at, Operand host, long hostFrom, long count, LongConsumer written) {
        context.settle(from);
        if (HostMemory.isDirect(host)) {
            cl.clEnqueueReadBuffer(context.copies(), from.handle(), bytes(host, at), HostMemory.buffer(host),
                    bytes(host, hostFrom), bytes(host, count));
            written.accept(count);
            return;
        }
        Object array = HostMemory.array(host);
        int step = (int) Math.min(count, PIECE);
        Object staging = array == null ? HostMemory.newArray(host.type(), step) : null;
        for (long done = 0; done < count; done += step) {
            int piece = (int) Math.min(count - done, step);
            long to = hostFrom + done;
            if (array == null) {
                read(context, from, at + done, host.type(), staging, 0, piece);
                HostMemory.write(staging, 0, host, to, piece);
            } else {
                read(context, from, at + done, host.type(), array, HostMemory.offset(host) + to, piece);
            }
            written.accept(done + piece);
        }
    }

    /** Copies to memory of our own.
     *
     * @return puts it where it belongs: on the host, over an input that must stay whole until all outputs have arrived */
    Runnable fetch(Context context, DeviceMemory from, long at, Operand host, long hostFrom, long count) {
        context.settle(from);
        Object staging = HostMemory.newArray(host.type(), Math.toIntExact(count));
        read(context, from, at, host.type(), staging, 0, (int) count);
        return () -> HostMemory.write(staging, 0, host, hostFrom, (int) count);
    }

    private void read(Context context, DeviceMemory from, long at, DType type, Object target, long first, int count) {
        for (int done = 0; done < count; done += PIECE) {
            cl.clEnqueueReadBuffer(context.copies(), from.handle(), (at + done) * type.bytes(), target,
                    (first + done) * type.bytes(), (long) Math.min(count - done, PIECE) * type.bytes());
        }
    }

    /** Whether writing to one may change the other, as far as Java can tell; two buffers without arrays may. */
    static boolean mayShare(Operand a, Operand b) {
        if (a == null || a instanceof ClBuffer || b instanceof ClBuffer) {
            return a == b;
        }
        Object first = HostMemory.array(a);
        Object second = HostMemory.array(b);
        if (first == null && second == null) {
            return HostMemory.isDirect(a) == HostMemory.isDirect(b);
        }
        // A read-only view hides its array, so it may be any.
        boolean hidden = first == null && !HostMemory.isDirect(a) || second == null && !HostMemory.isDirect(b);
        return hidden || first == second
                && Math.abs((long) HostMemory.offset(a) - HostMemory.offset(b)) < Math.max(a.length(), b.length());
    }

    private static long bytes(Operand operand, long elements) {
        return elements * operand.type().bytes();
    }
}
