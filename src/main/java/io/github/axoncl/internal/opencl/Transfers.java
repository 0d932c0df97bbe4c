package io.github.axoncl.internal.opencl;

import io.github.axoncl.BackendOptions.Transfer;
import io.github.axoncl.Operand;
import org.jocl.cl_mem;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.function.LongConsumer;

/**
 * Decides how bytes cross between host and device: over the host's own memory for direct buffers where both share it, by copies
 * elsewhere.
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
        if (!(operand instanceof Operand.OfFloatBuffer host) || !host.buffer().isDirect() || mode == Transfer.STAGED) {
            return false;
        }
        boolean fits = operand.length() * Float.BYTES <= context.device().info().maxAllocation();
        return fits && (mode == Transfer.ZERO_COPY || context.device().info().unifiedMemory());
    }

    /** A cl_mem over the operand's own memory, or null if the driver does not want that. */
    cl_mem over(Context context, Operand operand, boolean output) {
        long access = output ? Cl.MEM_READ_WRITE : Cl.MEM_READ_ONLY;
        try {
            return cl.clCreateBufferOver(context.handle(), access | Cl.MEM_USE_HOST_PTR, buffer(operand));
        } catch (ClException e) {
            if (context.failed(e)) {
                throw e;
            }
            return null;
        }
    }

    /** Whether two zero-copy memories share bytes. Java does not tell a buffer's address, OpenCL does. */
    boolean overlap(cl_mem a, long aElements, cl_mem b, long bElements) {
        long first = cl.clGetMemHostAddress(a);
        long second = cl.clGetMemHostAddress(b);
        return first < second + bElements * Float.BYTES && second < first + aElements * Float.BYTES;
    }

    /** Makes what kernels wrote visible in the host's own memory. The kernels are finished. */
    void publish(Context context, cl_mem memory, long from, long count) {
        ByteBuffer mapped = cl.clEnqueueMapBuffer(context.copies(), memory, Cl.MAP_READ, from * Float.BYTES,
                count * Float.BYTES);
        cl.clEnqueueUnmapMemObject(context.copies(), memory, mapped);
        cl.clFinish(context.copies());
    }

    void release(cl_mem memory) {
        Quietly.run("clReleaseMemObject", () -> cl.clReleaseMemObject(memory));
    }

    void upload(Context context, Operand host, long hostFrom, DeviceMemory to, long at, long count) {
        context.settle(to);
        if (isDirect(host)) {
            cl.clEnqueueWriteBuffer(context.copies(), to.handle(), at * Float.BYTES, buffer(host), (int) hostFrom, (int) count);
            return;
        }
        float[] array = backingArray(host);
        float[] staging = array == null ? new float[(int) Math.min(count, PIECE)] : null;
        int first = arrayOffset(host);
        for (long done = 0; done < count; done += PIECE) {
            int piece = (int) Math.min(count - done, PIECE);
            int from = (int) (hostFrom + done);
            if (array == null) {
                buffer(host).get(from, staging, 0, piece);
                cl.clEnqueueWriteBuffer(context.copies(), to.handle(), (at + done) * Float.BYTES, staging, 0, piece);
            } else {
                cl.clEnqueueWriteBuffer(context.copies(), to.handle(), (at + done) * Float.BYTES, array, first + from, piece);
            }
        }
    }

    void download(Context context, DeviceMemory from, long at, Operand host, long hostFrom, long count) {
        download(context, from, at, host, hostFrom, count, 0, done -> { });
    }

    /** Copies to the host.
     *
     * @param intact  if not 0, the host memory is an input that must stay whole until its output is known to be: so many
     *                elements are fetched into memory of our own before any of them is put there
     * @param written is told after each step how many elements have arrived so far */
    void download(Context context, DeviceMemory from, long at, Operand host, long hostFrom, long count, long intact,
                  LongConsumer written) {
        context.settle(from);
        if (isDirect(host) && intact == 0) {
            cl.clEnqueueReadBuffer(context.copies(), from.handle(), at * Float.BYTES, buffer(host), (int) hostFrom,
                    (int) count);
            written.accept(count);
            return;
        }
        float[] array = backingArray(host);
        boolean staged = array == null || intact > 0;
        int step = (int) Math.min(count, Math.max(intact, PIECE));
        float[] staging = staged ? new float[step] : null;
        for (long done = 0; done < count; done += step) {
            int piece = (int) Math.min(count - done, step);
            int to = (int) (hostFrom + done);
            if (staged) {
                read(context, from, at + done, staging, 0, piece);
                put(host, to, staging, piece);
            } else {
                read(context, from, at + done, array, arrayOffset(host) + to, piece);
            }
            written.accept(done + piece);
        }
    }

    private void read(Context context, DeviceMemory from, long at, float[] target, int first, int count) {
        for (int done = 0; done < count; done += PIECE) {
            cl.clEnqueueReadBuffer(context.copies(), from.handle(), (at + done) * Float.BYTES, target, first + done,
                    Math.min(count - done, PIECE));
        }
    }

    private static void put(Operand host, int to, float[] values, int count) {
        float[] array = backingArray(host);
        if (array != null) {
            System.arraycopy(values, 0, array, arrayOffset(host) + to, count);
        } else {
            buffer(host).put(to, values, 0, count);
        }
    }

    /** Whether writing to one may change the other, as far as Java can tell; two buffers without arrays may. */
    static boolean mayShare(Operand a, Operand b) {
        if (a == null || a instanceof ClBuffer || b instanceof ClBuffer) {
            return a == b;
        }
        float[] first = backingArray(a);
        float[] second = backingArray(b);
        if (first == null && second == null) {
            return isDirect(a) == isDirect(b);
        }
        // A read-only view hides its array, so it may be any.
        boolean hidden = first == null && !isDirect(a) || second == null && !isDirect(b);
        return hidden || first == second
                && Math.abs((long) arrayOffset(a) - arrayOffset(b)) < Math.max(a.length(), b.length());
    }

    private static boolean isDirect(Operand host) {
        return host instanceof Operand.OfFloatBuffer nio && nio.buffer().isDirect();
    }

    private static FloatBuffer buffer(Operand host) {
        return ((Operand.OfFloatBuffer) host).buffer();
    }

    private static float[] backingArray(Operand host) {
        if (host instanceof Operand.OfFloats floats) {
            return floats.array();
        }
        return buffer(host).hasArray() ? buffer(host).array() : null;
    }

    private static int arrayOffset(Operand host) {
        if (host instanceof Operand.OfFloats floats) {
            return floats.offset();
        }
        return buffer(host).hasArray() ? buffer(host).arrayOffset() : 0;
    }
}
