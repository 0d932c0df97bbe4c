package io.github.axoncl.bench.npy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;

/** Memory for a part of an array, outside the heap: filled from a file, computed on in place, written to a file. */
public final class Block {
    /** The most elements of a block: a direct buffer is at most 2^31 - 1 bytes. */
    public static final int LARGEST = Integer.MAX_VALUE / Float.BYTES;

    private final ByteBuffer bytes;

    /** Reserves the memory.
     *
     * @param elements the number of elements
     * @throws OutOfMemoryError if the JVM does not allow so much direct memory */
    public Block(int elements) {
        bytes = ByteBuffer.allocateDirect(Math.multiplyExact(elements, Float.BYTES)).order(ByteOrder.nativeOrder());
    }

    /** The elements that are filled.
     *
     * @return a view of this memory */
    public FloatBuffer elements() {
        return bytes.duplicate().order(bytes.order()).rewind().asFloatBuffer();
    }

    void fill(FileChannel from, long position, int count) throws IOException {
        bytes.clear().limit(count * Float.BYTES);
        long at = position;
        while (bytes.hasRemaining()) {
            int read = from.read(bytes, at);
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            at += read;
        }
        toOtherOrder();
    }

    void drain(FileChannel to) throws IOException {
        toOtherOrder();
        bytes.rewind();
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /** The files are little endian, whatever the machine is. */
    private void toOtherOrder() {
        if (ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            return;
        }
        for (int i = 0; i < bytes.limit(); i += Float.BYTES) {
            bytes.putInt(i, Integer.reverseBytes(bytes.getInt(i)));
        }
    }
}
