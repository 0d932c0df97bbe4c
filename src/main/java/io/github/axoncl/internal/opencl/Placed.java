package io.github.axoncl.internal.opencl;

import org.jocl.cl_mem;

/** An operand where a kernel finds it. */
interface Placed {
    /** The memory with the elements of an outer index. */
    cl_mem handle(long outer);

    /** The index in {@link #handle} of the first element of an outer index. */
    long firstInHandle(long outer);

    /** Whether the first element of an outer index lies at an address that is a multiple of so many elements, a power of two. */
    boolean isAligned(long outer, long elements);

    /** The memory with the elements of an outer index if submissions must be counted on it, or null. */
    DeviceMemory counted(long outer);
}
