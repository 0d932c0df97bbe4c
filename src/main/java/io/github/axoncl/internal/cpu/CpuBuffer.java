package io.github.axoncl.internal.cpu;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;

import java.util.function.LongConsumer;

/** A DeviceBuffer of the CPU: an array. */
public final class CpuBuffer extends DeviceBuffer {
    /** The longest array every JVM can make. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private final LongConsumer released;
    private float[] array;

    /** Makes the array.
     *
     * @param owner    the backend the buffer belongs to
     * @param released is told the number of bytes once, when the buffer is closed */
    public CpuBuffer(Backend owner, DType type, long length, LongConsumer released) {
        super(owner, type, length);
        this.released = released;
        if (length > MAX_LENGTH) {
            throw new DeviceException("a buffer of " + length + " elements: on the CPU at most " + MAX_LENGTH
                    + " are possible", null);
        }
        try {
            array = new float[(int) length];
        } catch (OutOfMemoryError e) {
            throw new DeviceException("a buffer of " + length + " elements does not fit the heap", e);
        }
    }

    /** The elements as an operand on host memory. */
    public synchronized Operand.OfFloats elements() {
        if (array == null) {
            throw new IllegalStateException("the DeviceBuffer is closed");
        }
        return new Operand.OfFloats(array, 0, array.length);
    }

    @Override
    protected void copyFrom(long offset, Operand source) {
        HostMemory.read(source, 0, elements().array(), (int) offset, (int) source.length());
    }

    @Override
    protected void copyTo(long offset, Operand target) {
        HostMemory.write(elements().array(), (int) offset, target, 0, (int) target.length());
    }

    @Override
    public synchronized boolean isClosed() {
        return array == null;
    }

    @Override
    public synchronized void close() {
        if (array != null) {
            released.accept(4L * array.length);
            array = null;
        }
    }
}
