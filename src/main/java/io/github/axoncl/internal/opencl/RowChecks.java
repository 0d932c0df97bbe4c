package io.github.axoncl.internal.opencl;

import org.jocl.cl_mem;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Owns the words of device memory in which kernels note the first row of a call that is wrong, by an atomic minimum. A word
 * holds {@link #NONE} as long as no row is, and then serves the next call as it is: so a call without a mistake writes no word
 * and reads one.
 */
final class RowChecks {
    /** Larger than any row's number, unsigned. */
    private static final int NONE = -1;

    private final Cl cl;
    private final Context context;
    private final Queue<Word> unused = new ConcurrentLinkedQueue<>();

    /** A word and where it is copied to: directly, since kernels are running when the copy begins. */
    record Word(cl_mem memory, ByteBuffer host) {
    }

    RowChecks(Cl cl, Context context) {
        this.cl = cl;
        this.context = context;
    }

    /** A word that holds {@link #NONE}; {@link #firstWrong} or {@link #drop} ends its use.
     *
     * @throws ClException if it cannot be had */
    Word take() {
        Word word = unused.poll();
        return word != null ? word : make();
    }

    private Word make() {
        ByteBuffer host = ByteBuffer.allocateDirect(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(0, NONE);
        Word word = new Word(cl.clCreateBuffer(context.handle(), Cl.MEM_READ_WRITE, Integer.BYTES), host);
        boolean done = false;
        try {
            cl.clEnqueueWriteBuffer(context.copies(), word.memory(), 0, host, 0, Integer.BYTES);
            done = true;
            return word;
        } finally {
            if (!done) {
                drop(word);
            }
        }
    }

    /** Waits for all launches submitted so far and ends the use of a word.
     *
     * @return the number of the first row that is wrong, or -1
     * @throws ClException if reading fails; the word is still in use */
    long firstWrong(Word word) {
        context.readBehindLaunches(word.memory(), word.host());
        int first = word.host().getInt(0);
        if (first == NONE) {
            unused.add(word);
            return -1;
        }
        drop(word);
        return Integer.toUnsignedLong(first);
    }

    /** Ends the use of a word that may hold anything. What still runs on it keeps it until it is done. */
    void drop(Word word) {
        Quietly.run("clReleaseMemObject", () -> cl.clReleaseMemObject(word.memory()));
    }

    /** Releases all words; none is in use. */
    void close() {
        for (Word word = unused.poll(); word != null; word = unused.poll()) {
            drop(word);
        }
    }
}
