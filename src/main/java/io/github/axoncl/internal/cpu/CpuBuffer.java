package io.github.axoncl.internal.cpu;

import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.DeviceException;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.memory.HostMemory;
import io.github.axoncl.internal.memory.Lifetime;

import java.util.function.LongConsumer;

/**
 * A DeviceBuffer of the CPU: an array, or several if it is longer than any. A call that has an array keeps it, whoever closes
 * the buffer meanwhile.
 */
public final class CpuBuffer extends DeviceBuffer {
    /** The longest array every JVM can make. */
    static final int MAX_ARRAY = Integer.MAX_VALUE - 8;
    /** The elements of one array of a buffer that needs several. */
    private static final int PART = 1 << 30;

    private final Lifetime lifetime;
    /** The elements of each array but the last. */
    private final int part;
    private volatile Operand.OfArray[] arrays;

    /** Makes the arrays.
     *
     * @param owner    the backend the buffer belongs to
     * @param released is told the number of bytes once, when the buffer is closed or was forgotten */
    CpuBuffer(Backend owner, DType type, long length, LongConsumer released) {
        this(owner, type, length, released, length <= MAX_ARRAY ? MAX_ARRAY : PART);
    }

    /** Makes arrays of at most so many elements. */
    CpuBuffer(Backend owner, DType type, long length, LongConsumer released, int part) {
        super(owner, type, length);
        this.part = part;
        try {
            arrays = new Operand.OfArray[Math.toIntExact(Math.max(1, (length + part - 1) / part))];
            for (int i = 0; i < arrays.length; i++) {
                int count = (int) Math.min(part, length - (long) i * part);
                arrays[i] = new Operand.OfArray(HostMemory.newArray(type, count), 0, count, type);
            }
        } catch (OutOfMemoryError e) {
            throw new DeviceException("a buffer of " + length + " elements does not fit the heap", e);
        }
        Runnable release = () -> released.accept(length * type.bytes());
        lifetime = new Lifetime(this, length + " " + type, release, release);
    }

    /** The elements as an operand on host memory.
     *
     * @throws IllegalStateException if the buffer or its backend is closed
     * @throws DeviceException       if they are too many for an array */
    public Operand.OfArray elements() {
        if (isDivided()) {
            throw new DeviceException("a buffer of " + length() + " elements does not fit an array", null);
        }
        return open()[0];
    }

    /** Whether there are more elements than fit an array. */
    public boolean isDivided() {
        return length() > part;
    }

    /** How many elements from this one on lie in its array. */
    long elementsBehind(long from) {
        return Math.min(length() - from, part - from % part);
    }

    /** Some elements that lie in one array.
     *
     * @throws IllegalStateException if the buffer or its backend is closed */
    Operand.OfArray part(long from, long count) {
        return new Operand.OfArray(open()[(int) (from / part)].array(), (int) (from % part), (int) count, type());
    }

    private Operand.OfArray[] open() {
        Operand.OfArray[] open = arrays;
        if (open == null) {
            throw new IllegalStateException("the DeviceBuffer is closed");
        }
        return open;
    }

    @Override
    protected void copyFrom(long offset, Operand source) {
        for (long done = 0; done < source.length();) {
            Operand.OfArray to = part(offset + done, Math.min(source.length() - done, elementsBehind(offset + done)));
            HostMemory.read(source, done, to.array(), to.offset(), to.count());
            done += to.count();
        }
    }

    @Override
    protected void copyTo(long offset, Operand target) {
        for (long done = 0; done < target.length();) {
            Operand.OfArray from = part(offset + done, Math.min(target.length() - done, elementsBehind(offset + done)));
            HostMemory.write(from.array(), from.offset(), target, done, from.count());
            done += from.count();
        }
    }

    @Override
    public boolean isClosed() {
        return lifetime.isClosed() || backend().isClosed();
    }

    @Override
    public void close() {
        arrays = null;
        lifetime.close();
    }
}
