package io.github.axoncl;

import java.nio.FloatBuffer;
import java.util.Objects;

/**
 * Elements that stay where the backend computes: on the device, or in memory on the CPU backend. Made by
 * {@link Backend#allocate}; an operand of that backend only. Its first content is undefined.
 *
 * <p><b>Lengths.</b> Fixed when it is made; {@link #write} and {@link #read} copy any part. A buffer may be longer than the
 * largest allocation of its device, or on the CPU than an array: functions of elements take it all the same. Rows that lie in
 * two allocations, and sums over all of such a buffer, are {@link DeviceException}s on a device that was asked for.
 * <b>Aliasing.</b> Two buffers never share elements; one buffer may be input and output of a call.
 * <b>Blocking.</b> {@code write} returns when its source may be changed, {@code read} when its target is complete, which waits
 * for all calls that were given this buffer before. Calls on device buffers alone may return earlier.
 * <b>Threads.</b> Any thread may use it, but two threads that use the same buffer order themselves. Closing is safe at any time
 * and from any thread: a call that uses the buffer at that moment completes or throws {@link IllegalStateException}, and no
 * other buffer gets the memory before.
 * <b>Errors.</b> Use after closing, or after its backend was closed, is an {@link IllegalStateException}; closing again does
 * nothing. A buffer whose device was lost throws {@link DeviceException} at its next use.
 *
 * <p>A buffer that is collected by the garbage collector without having been closed is reported by one warning, and its memory
 * is reused. With the system property {@code axoncl.leaks} set to {@code true} the warning shows where it was allocated.
 */
public abstract non-sealed class DeviceBuffer implements Operand, AutoCloseable {
    private final Backend backend;
    private final DType type;
    private final long length;

    /** For backends.
     *
     * @param backend the backend that made the buffer
     * @param type    the type of the elements
     * @param length  the number of elements */
    protected DeviceBuffer(Backend backend, DType type, long length) {
        this.backend = backend;
        this.type = type;
        this.length = length;
    }

    @Override
    public final long length() {
        return length;
    }

    @Override
    public final DType type() {
        return type;
    }

    /** The backend that made the buffer.
     *
     * @return the backend */
    public final Backend backend() {
        return backend;
    }

    /** Copies a whole array to the start of this buffer. Returns when the array may be changed.
     *
     * @param source at most as many elements as this buffer has
     * @throws IllegalArgumentException if the source is longer than the buffer
     * @throws IllegalStateException    if the buffer is closed
     * @throws DeviceException          if the device fails */
    public final void write(float[] source) {
        write(0, Operand.of(source));
    }

    /** Copies a buffer, from position to limit, to the start of this buffer. Returns when the source may be changed.
     *
     * @param source at most as many elements as this buffer has
     * @throws IllegalArgumentException if the source is longer than the buffer
     * @throws IllegalStateException    if the buffer is closed
     * @throws DeviceException          if the device fails */
    public final void write(FloatBuffer source) {
        write(0, Operand.of(source));
    }

    /** Copies elements into this buffer. Returns when the source may be changed.
     *
     * @param offset the index in this buffer of the first element written
     * @param source the elements: an array or a NIO buffer
     * @throws IllegalArgumentException if the elements do not fit or are of another type
     * @throws IllegalStateException    if the buffer is closed
     * @throws DeviceException          if the device fails */
    public final void write(long offset, Operand source) {
        check("write", offset, source);
        if (source.length() > 0) {
            copyFrom(offset, source);
        }
    }

    /** Copies the start of this buffer to a whole array.
     *
     * @param target at most as many elements as this buffer has
     * @throws IllegalArgumentException if the target is longer than the buffer
     * @throws IllegalStateException    if the buffer is closed
     * @throws DeviceException          if the device fails */
    public final void read(float[] target) {
        read(0, Operand.of(target));
    }

    /** Copies the start of this buffer to a NIO buffer, from its position to its limit.
     *
     * @param target at most as many elements as this buffer has
     * @throws IllegalArgumentException if the target is longer than the buffer or read-only
     * @throws IllegalStateException    if the buffer is closed
     * @throws DeviceException          if the device fails */
    public final void read(FloatBuffer target) {
        read(0, Operand.of(target));
    }

    /** Copies elements of this buffer out. Waits for the operations that were given to the backend before.
     *
     * @param offset the index in this buffer of the first element read
     * @param target where the elements go: an array or a NIO buffer
     * @throws IllegalArgumentException if there are not as many elements, or the target is of another type or read-only
     * @throws IllegalStateException    if the buffer is closed
     * @throws DeviceException          if the device fails */
    public final void read(long offset, Operand target) {
        check("read", offset, target);
        Arguments.checkWritable("target", target);
        if (target.length() > 0) {
            copyTo(offset, target);
        }
    }

    private void check(String operation, long offset, Operand host) {
        Objects.requireNonNull(host, operation.equals("write") ? "source" : "target");
        checkUsable();
        if (host instanceof DeviceBuffer) {
            throw new IllegalArgumentException(operation + ": a DeviceBuffer is copied by backend.forward(IDENTITY, from, to)");
        }
        if (host.type() != type) {
            throw new IllegalArgumentException(operation + ": the buffer holds " + type + ", the operand " + host.type());
        }
        if (offset < 0 || offset > length - host.length()) {
            throw new IllegalArgumentException(operation + ": " + host.length() + " elements at offset " + offset
                    + " do not fit a buffer of " + length);
        }
    }

    /** Throws if this buffer or its backend is closed. */
    final void checkUsable() {
        backend.checkOpen();
        if (isClosed()) {
            throw new IllegalStateException("the DeviceBuffer of " + length + " " + type + " is closed");
        }
    }

    /** Copies in; arguments are checked.
     *
     * @param offset the first element written
     * @param source not empty */
    protected abstract void copyFrom(long offset, Operand source);

    /** Copies out; arguments are checked.
     *
     * @param offset the first element read
     * @param target not empty */
    protected abstract void copyTo(long offset, Operand target);

    /** Whether this buffer or its backend was closed.
     *
     * @return true after closing */
    public abstract boolean isClosed();

    /** Gives the memory back, after the calls that use it at this moment. Idempotent; never throws. */
    @Override
    public abstract void close();
}
