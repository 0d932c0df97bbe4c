package io.github.axoncl.bench.tools.npy;

import io.github.axoncl.Operand;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** Memory for a part of an array, outside the heap: filled from a file, computed on in place, written to a file. */
public final class Block {
    /** The most elements of a block: a direct buffer is at most 2^31 - 1 bytes. */
    public static final int LARGEST = Integer.MAX_VALUE / Float.BYTES;

    private final NpyType type;
    private final ByteBuffer bytes;

    /** Reserves the memory.
     *
     * @param type     the type of the elements
     * @param elements the number of elements
     * @throws OutOfMemoryError if the JVM does not allow so much direct memory */
    public Block(NpyType type, int elements) {
        this.type = type;
        bytes = ByteBuffer.allocateDirect(Math.multiplyExact(elements, type.bytes())).order(ByteOrder.nativeOrder());
    }

    /** The first elements, as a call takes them.
     *
     * @param count how many
     * @return a view of this memory */
    public Operand operand(int count) {
        ByteBuffer part = bytes.duplicate().order(bytes.order()).clear().limit(count * type.bytes());
        return switch (type) {
            case FLOAT32 -> Operand.of(part.asFloatBuffer());
            case INT32 -> Operand.of(part.asIntBuffer());
            case BOOL, UINT8 -> Operand.of(part);
        };
    }

    /** Copies one element.
     *
     * @param to     where to
     * @param source a block of the same type
     * @param from   which of its elements */
    public void copy(int to, Block source, int from) {
        if (type.bytes() == Byte.BYTES) {
            bytes.put(to, source.bytes.get(from));
        } else {
            bytes.putInt(to * Integer.BYTES, source.bytes.getInt(from * Integer.BYTES));
        }
    }

    void fill(FileChannel from, long position, int count) throws IOException {
        bytes.clear().limit(count * type.bytes());
        long at = position;
        while (bytes.hasRemaining()) {
            int read = from.read(bytes, at);
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            at += read;
        }
        toOtherOrder(count);
        bytes.clear();
    }

    void drain(FileChannel to, int count) throws IOException {
        toOtherOrder(count);
        bytes.clear().limit(count * type.bytes());
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
        bytes.clear();
    }

    /** The files are little endian, whatever the machine is. */
    private void toOtherOrder(int count) {
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN || type.bytes() == Byte.BYTES) {
            return;
        }
        for (int i = 0; i < count; i++) {
            bytes.putInt(i * Integer.BYTES, Integer.reverseBytes(bytes.getInt(i * Integer.BYTES)));
        }
    }
}
