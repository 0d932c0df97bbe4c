package io.github.axoncl.internal.opencl;

import org.jocl.cl_mem;

/** An operand where a kernel finds it. */
interface Placed {
    cl_mem handle();

    /** The index in {@link #handle} of the first element of an outer index. */
    long firstInHandle(long outer);

    /** The memory that submissions must be counted on, or null. */
    DeviceMemory counted();
}
