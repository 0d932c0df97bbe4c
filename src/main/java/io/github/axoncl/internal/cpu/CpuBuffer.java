package io.github.axoncl.internal.cpu;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.memory.HostMemory;
import io.github.axoncl.internal.memory.Lifetime;

import java.util.function.LongConsumer;

/** A DeviceBuffer of the CPU: an array. A call that has the array keeps it, whoever closes the buffer meanwhile. */
public final class CpuBuffer extends DeviceBuffer {
    /** The longest array every JVM can make. */
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    private final Lifetime lifetime;
    private volatile Operand.OfArray elements;

    /** Makes the array.
     *
     * @param owner    the backend the buffer belongs to
     * @param released is told the number of bytes once, when the buffer is closed or was forgotten */
    CpuBuffer(Backend owner, DType type, long length, LongConsumer released) {
        super(owner, type, length);
        if (length > MAX_LENGTH) {
            throw new DeviceException("a buffer of " + length + " elements: on the CPU at most " + MAX_LENGTH
                    + " are possible", null);
        }
        try {
            elements = new Operand.OfArray(HostMemory.newArray(type, (int) length), 0, (int) length, type);
        } catch (OutOfMemoryError e) {
            throw new DeviceException("a buffer of " + length + " elements does not fit the heap", e);
        }
        Runnable release = () -> released.accept(length * type.bytes());
        lifetime = new Lifetime(this, length + " " + type, release, release);
    }

    /** The elements as an operand on host memory.
     *
     * @throws IllegalStateException if the buffer or its backend is closed */
    public Operand.OfArray elements() {
        Operand.OfArray open = elements;
        if (open == null) {
            throw new IllegalStateException("the DeviceBuffer is closed");
        }
        return open;
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
    public boolean isClosed() {
        return lifetime.isClosed() || backend().isClosed();
    }

    @Override
    public void close() {
        elements = null;
        lifetime.close();
    }
}
