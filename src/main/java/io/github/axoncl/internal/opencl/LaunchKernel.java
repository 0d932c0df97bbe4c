package io.github.axoncl.internal.opencl;

import io.github.axoncl.KernelCall;
import io.github.axoncl.internal.kernel.Type;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

import java.util.Arrays;
import java.util.List;

/**
 * One cl_kernel with its work-group and the arguments that it holds at the moment. Setting arguments and enqueuing belong
 * together, so callers hold the submission lock of the context.
 */
final class LaunchKernel {
    /** What a loop costs to begin does not show in the longest run; a call has at least so many, or else the shortest ones. */
    private static final int LONGEST_RUN = 4096;
    private static final int SHORTEST_RUN = 256;
    private static final int RUNS = 16;

    private final Cl cl;
    private final cl_kernel kernel;
    private final long localSize;
    private final int perItem;
    private final boolean elementwise;
    private final KernelTile tile;
    private final List<Type.Scalar> values;
    private Object[] held = new Object[0];
    private final boolean inLines;
    private LaunchKernel byFour;
    private List<LaunchKernel> earlier = List.of();

    /** A kernel that takes no values of a call. */
    LaunchKernel(Cl cl, cl_kernel kernel, long localSize) {
        this(cl, kernel, localSize, 1, true, false, null, List.of());
    }

    /** A kernel.
     *
     * @param perItem     the elements that a work-item computes; 0 if each launch says how many
     * @param elementwise whether its operands are all that it needs to know of the shape
     * @param inLines     whether the elements of a loop must be of one line of the shape
     * @param tile        how the work is divided, null if that is not asked
     * @param values      the types of the call's numbers, null for those that it does not take */
    LaunchKernel(Cl cl, cl_kernel kernel, long localSize, int perItem, boolean elementwise, boolean inLines, KernelTile tile,
                 List<Type.Scalar> values) {
        this.cl = cl;
        this.kernel = kernel;
        this.localSize = localSize;
        this.perItem = perItem;
        this.inLines = inLines;
        this.elementwise = elementwise;
        this.tile = tile;
        this.values = values;
    }

    boolean isElementwise() {
        return elementwise;
    }

    /** Adds the numbers of a call to the arguments, in the types of the kernel. */
    void addValues(KernelCall call, List<Object> arguments) {
        for (int i = 0; i < values.size(); i++) {
            Type.Scalar type = values.get(i);
            if (type != null) {
                double value = call.value(i);
                // Not by ?:, which would make all of one type.
                switch (type) {
                    case DOUBLE -> arguments.add(value);
                    case FLOAT -> arguments.add((float) value);
                    case INT, UINT -> arguments.add((int) (long) value);
                    default -> throw new IllegalStateException("no argument of type " + type.text());
                }
            }
        }
    }

    /** Makes a kernel part of this one, which computes four elements in each work-item of a whole work-group. */
    void setByFour(LaunchKernel kernel) {
        byFour = kernel;
    }

    /** The kernel that computes four elements in a work-item, or null: where the number of the first one is a multiple of 4. */
    LaunchKernel byFour() {
        return byFour;
    }

    KernelTile tile() {
        return tile;
    }

    /** Makes kernels part of this one that are launched before it. */
    void setEarlier(List<LaunchKernel> kernels) {
        earlier = List.copyOf(kernels);
    }

    /** The kernels that are launched before this one. */
    List<LaunchKernel> earlier() {
        return earlier;
    }

    long localSize() {
        return localSize;
    }

    /** Whether a work-item computes as many elements as a launch says, in a loop. */
    boolean loops() {
        return perItem == 0;
    }

    /** Whether such a loop must stay in one line of the shape. */
    boolean loopsInLines() {
        return loops() && inLines;
    }

    /** The elements that a work-item computes of a launch over so many: long runs, but enough of them to keep all threads
     * busy. */
    long perItem(long elements) {
        return loops() ? Math.max(SHORTEST_RUN, Math.min(LONGEST_RUN, Long.highestOneBit(elements / RUNS))) : perItem;
    }

    /** Sets those arguments that changed and enqueues.
     *
     * @param arguments cl_mem, Long, Integer, Float or Double */
    void enqueue(cl_command_queue queue, long globalSize, long groupSize, Object... arguments) {
        Object[] before = held;
        held = new Object[0];
        for (int i = 0; i < arguments.length; i++) {
            if (i >= before.length || !same(before[i], arguments[i])) {
                set(i, arguments[i]);
            }
        }
        held = arguments;
        cl.clEnqueueNDRangeKernel(queue, kernel, globalSize, groupSize);
    }

    // By identity for memory: a released handle's value may come back for another buffer. Float.equals tells -0 from 0.
    private static boolean same(Object a, Object b) {
        return a == b || !(b instanceof cl_mem) && b.equals(a);
    }

    private void set(int index, Object value) {
        if (value instanceof cl_mem memory) {
            cl.clSetKernelArg(kernel, index, memory);
        } else if (value instanceof Long number) {
            cl.clSetKernelArg(kernel, index, number.longValue());
        } else if (value instanceof Integer number) {
            cl.clSetKernelArg(kernel, index, number.intValue());
        } else if (value instanceof Float number) {
            cl.clSetKernelArg(kernel, index, number.floatValue());
        } else if (value instanceof Double number) {
            cl.clSetKernelArg(kernel, index, number.doubleValue());
        } else {
            throw new IllegalArgumentException("argument " + index + " of " + Arrays.toString(new Object[] {value}));
        }
    }

    void release() {
        earlier.forEach(kernel -> Quietly.run("clReleaseKernel", kernel::release));
        if (byFour != null) {
            Quietly.run("clReleaseKernel", byFour::release);
        }
        cl.clReleaseKernel(kernel);
    }
}
