package io.github.axoncl.internal.memory;

import io.github.axoncl.Backend;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.internal.log.Log;

import java.lang.ref.Cleaner;

/**
 * Decides when the memory of a {@link DeviceBuffer} is given back: once, after its closing, when the last use has ended.
 *
 * <p>A buffer that is collected without having been closed is reported, and its memory handed over without a native call: that
 * runs on the cleaner's thread. With the system property {@code axoncl.leaks} set to true the report says where the buffer was
 * allocated.
 */
public final class Lifetime {
    private static final Log LOG = Log.of(DeviceBuffer.class);
    private static final Cleaner CLEANER = Cleaner.create();

    private final State state;
    private final Cleaner.Cleanable cleanable;

    /** What outlives the buffer; does not refer to it. */
    private static final class State implements Runnable {
        final Backend owner;
        final String description;
        final Runnable giveBack;
        final Runnable handOver;
        final Throwable site = Boolean.getBoolean("axoncl.leaks") ? new Throwable("allocated here") : null;
        private int uses;
        private boolean closed;

        State(Backend owner, String description, Runnable giveBack, Runnable handOver) {
            this.owner = owner;
            this.description = description;
            this.giveBack = giveBack;
            this.handOver = handOver;
        }

        synchronized boolean isClosed() {
            return closed;
        }

        synchronized boolean begin() {
            uses += closed ? 0 : 1;
            return !closed;
        }

        void end() {
            boolean last;
            synchronized (this) {
                uses--;
                last = closed && uses == 0;
            }
            if (last) {
                giveBack.run();
            }
        }

        void close() {
            boolean last;
            synchronized (this) {
                last = !closed && uses == 0;
                closed = true;
            }
            if (last) {
                giveBack.run();
            }
        }

        /** The cleaner's: nobody refers to the buffer any more, so nobody uses it either. */
        @Override
        public void run() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            handOver.run();
            // Closing a backend gives back what is still open: that is no leak.
            if (!owner.isClosed()) {
                LOG.warn("A DeviceBuffer of {} was never closed{}", description,
                        site == null ? "; -Daxoncl.leaks=true tells where it was allocated" : "", site);
            }
        }
    }

    /** Begins the life of a buffer.
     *
     * @param buffer      the buffer; neither of the actions may refer to it
     * @param description what it is, for the report
     * @param giveBack    gives the memory back; runs once, on the thread that closed the buffer or ended its last use
     * @param handOver    runs instead, on the cleaner's thread, if the buffer was forgotten */
    public Lifetime(DeviceBuffer buffer, String description, Runnable giveBack, Runnable handOver) {
        state = new State(buffer.backend(), description, giveBack, handOver);
        cleanable = CLEANER.register(buffer, state);
    }

    /** Keeps the memory until {@link #end}, whoever closes the buffer meanwhile.
     *
     * @return false if the buffer is closed: then there is nothing to end */
    public boolean begin() {
        return state.begin();
    }

    /** Ends one use. */
    public void end() {
        state.end();
    }

    /** Whether the buffer was closed.
     *
     * @return true after closing */
    public boolean isClosed() {
        return state.isClosed();
    }

    /** Closes; a second time does nothing. */
    public void close() {
        state.close();
        cleanable.clean();
    }
}
