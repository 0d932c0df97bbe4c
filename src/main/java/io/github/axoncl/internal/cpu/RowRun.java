package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.Rows;

/**
 * One call that reduces over rows, on its way: its rows go to the threads in groups, or where there are fewer groups than
 * threads, the segments of a group do. Kept for later calls.
 */
final class RowRun implements Workers.Task {
    /** Elements that are worth being handed to another thread. */
    static final long PIECE = 4L * RowLoops.BLOCK;
    /** Elements of rows that are computed one by one but as a group: they should stay in the second-level cache. */
    private static final int GROUP = 4 * RowLoops.BLOCK;

    /** Elements of rows side by side: all that is made of them should stay in the first-level cache. */
    private static final int TILE = RowLoops.BLOCK / 2;

    private final RowLoops loops;
    private final RowGroup[] groups;
    private KernelCall call;
    private long rows;
    private long length;
    /** Rows of a group. */
    private int together;

    RowRun(RowLoops loops, int threads) {
        this.loops = loops;
        this.groups = new RowGroup[threads];
    }

    /** The most rows of a group. */
    static int most(boolean sideBySide) {
        return sideBySide ? 64 * LoopShape.BESIDE : LoopShape.BESIDE;
    }

    void compute(Workers workers, KernelCall of) {
        call = of;
        Rows shape = call.rows();
        boolean alongAxis = loops.signature.form() == Form.ALONG_AXIS;
        rows = alongAxis ? shape.outer() * shape.inner() : shape.axis();
        length = alongAxis ? shape.axis() : shape.outer() * shape.inner();
        int least = loops.sideBySide ? LoopShape.BESIDE : 1;
        boolean shares = rows <= (workers.threads() - 1L) * least && length * least >= 2 * PIECE;
        together = shares ? least : together();
        if (shares) {
            RowGroup group = begin(0);
            for (int thread = 1; thread < groups.length; thread++) {
                begin(thread);
            }
            for (long row = 0; row < rows; row += together) {
                group.compute(workers, row, (int) Math.min(together, rows - row));
            }
        } else {
            workers.split((rows + together - 1) / together, Math.max(1, PIECE / Math.max(1, length * together)), this);
        }
    }

    /** As many rows as fill the cache. */
    private int together() {
        long room = (loops.sideBySide ? TILE : length > RowLoops.SEGMENT ? 0 : GROUP) / Math.max(1, length);
        int most = most(loops.sideBySide);
        int fitting = Integer.highestOneBit((int) Math.max(1, Math.min(room, most)));
        return loops.sideBySide ? Math.max(LoopShape.BESIDE, fitting) : fitting;
    }

    private RowGroup begin(int thread) {
        if (groups[thread] == null) {
            groups[thread] = new RowGroup(loops, this);
        }
        groups[thread].begin(call, length);
        return groups[thread];
    }

    /** What a thread works with. */
    RowDesk desk(int thread) {
        return groups[thread].desk();
    }

    @Override
    public void run(int thread, long from, long to) {
        RowGroup group = begin(thread);
        for (long number = from; number < to; number++) {
            group.compute(null, number * together, (int) Math.min(together, rows - number * together));
        }
    }

    /** Lets the operands go. */
    void end() {
        call = null;
        for (RowGroup group : groups) {
            if (group != null) {
                group.end();
            }
        }
    }
}
