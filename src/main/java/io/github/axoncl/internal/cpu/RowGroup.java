package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.internal.kernel.RowPieces;

import java.util.Arrays;

/**
 * Some rows that are computed together, and what is known of them. What is done once for a row, the trees over the lanes above
 * all, is done for all of them side by side.
 */
final class RowGroup implements Workers.Task {
    private static final int LANES = RowLoops.LANES;
    private static final int SEGMENT = RowLoops.SEGMENT;

    /** What is done with the elements of some segments. */
    private enum Step {
        MAXIMUM, FIRST, SUMS, RESULT
    }

    private final RowLoops loops;
    private final RowRun run;
    private final RowDesk desk;
    /** What is known of the rows, in the order of its names. */
    private final Object[] values;
    /** Lanes of the rows side by side, where those of each row have been neighbours. */
    private final Object[] turned;
    private final int[] starts;
    /** The sums of the segments, high and low parts in turn. */
    private final float[][] ofSegments;
    private KernelCall call;
    private long length;
    /** The lanes that elements of these rows meet: a power of two. */
    private int met;
    /** Whether threads share the segments. */
    private boolean shared;
    private Step step;
    /** The lanes into which those of all threads go. */
    private Object all;
    private float[] largest;
    private int[] earliest;
    private long firstRow;
    private int rows;
    /** How many places there are for each lane of the rows. */
    private int width;

    RowGroup(RowLoops loops, RowRun run) {
        this.loops = loops;
        this.run = run;
        desk = new RowDesk(loops);
        int most = RowRun.most(loops.sideBySide);
        values = loops.newValues(most);
        starts = new int[most];
        for (int j = 0; j < most; j++) {
            starts[j] = j * LANES;
        }
        turned = new Object[loops.lanes.length];
        ofSegments = new float[loops.lanes.length][];
    }

    void begin(KernelCall of, long elements) {
        if (call == of) {
            return;
        }
        call = of;
        length = elements;
        met = length >= LANES ? LANES : Integer.highestOneBit(Math.max(1, 2 * (int) length - 1));
        desk.begin(of, elements);
    }

    /** Lets the operands go. */
    void end() {
        call = null;
        desk.end();
    }

    /** Computes rows from one on.
     *
     * @param sharing the threads that share the segments; null if this one is to compute alone */
    void compute(Workers sharing, long from, int some) {
        firstRow = from;
        rows = some;
        shared = sharing != null;
        width = loops.sideBySide ? Math.max(LoopShape.BESIDE, Integer.highestOneBit(2 * some - 1)) : some;
        if (loops.queryAt >= 0) {
            queries();
        }
        open(desk);
        if (loops.larger != null) {
            maximum(sharing);
        }
        if (loops.first != null) {
            first(sharing);
        }
        if (loops.start != null) {
            loops.start.run(desk.frame, width);
        }
        do {
            if (loops.terms != null) {
                sums(sharing);
            }
            if (loops.row != null) {
                loops.row.run(desk.frame, width);
                desk.writeOfRows();
            }
        } while (loops.start != null && again());
        if (loops.result != null) {
            elements(sharing, Step.RESULT);
        }
    }

    private void queries() {
        int[] queries = (int[]) values[loops.queryAt];
        long modulus = call.value(RowPieces.QUERIES);
        for (int j = 0; j < rows; j++) {
            queries[j] = (int) ((call.firstOuter() + (firstRow + j) / call.rows().inner()) % modulus);
        }
    }

    private void open(RowDesk d) {
        d.open(firstRow, rows, width, values, loops.sideBySide && !shared && length * width <= RowLoops.BLOCK);
    }

    // ---- what is done with elements

    private void elements(Workers sharing, Step what) {
        step = what;
        if (sharing == null) {
            work(desk, 0, length);
        } else {
            long segments = (length + SEGMENT - 1) / SEGMENT;
            sharing.split(segments, Math.max(1, RowRun.PIECE / SEGMENT / width), this);
        }
    }

    @Override
    public void run(int thread, long from, long to) {
        RowDesk own = run.desk(thread);
        open(own);
        work(own, from * SEGMENT, Math.min(length, to * SEGMENT));
    }

    private void work(RowDesk d, long from, long to) {
        switch (step) {
            case MAXIMUM -> {
                Arrays.fill(d.sums[0], absent(), lanes(), Float.NEGATIVE_INFINITY);
                reduce(d, meetsOnce() ? loops.largerOnce : loops.larger, loops.largerLane, d.sums[0], from, to);
            }
            case FIRST -> {
                Arrays.fill(d.firsts, 0, lanes(), -1);
                reduce(d, loops.first, loops.firstLane, d.firsts, from, to);
            }
            case SUMS -> sums(d, from, to);
            default -> d.pass(loops.result, values, false, from, to);
        }
    }

    /** How many lanes the rows have together. */
    private int lanes() {
        return loops.sideBySide ? met * width : rows * LANES;
    }

    private boolean meetsOnce() {
        return loops.meetOnce(length);
    }

    /** Where those begin that have nothing before an element comes, or none comes to. */
    private int absent() {
        return meetsOnce() ? (int) length * width : 0;
    }

    private void reduce(RowDesk d, NamedLoop loop, LaneLoops lanes, Object own, long from, long to) {
        d.lane(own);
        d.pass(loop, values, false, from, to);
        if (shared) {
            synchronized (all) {
                lanes.combine(d.place, all, null, own, null, 0, met * width);
            }
        } else {
            all = sideBySide(own, 0);
        }
    }

    /** The lanes of the rows side by side. */
    private Object sideBySide(Object own, int number) {
        if (loops.sideBySide || rows == 1) {
            return own;
        }
        if (turned[number] == null || turned[number].getClass() != own.getClass()) {
            int most = LANES * RowRun.most(false);
            turned[number] = own instanceof int[] ? new int[most] : new float[most];
        }
        Strides.spread(own, starts, rows, turned[number], 0, width, met);
        return turned[number];
    }

    // ---- what is made of the lanes

    private void maximum(Workers sharing) {
        if (shared) {
            largest = largest == null ? new float[LANES * LoopShape.BESIDE] : largest;
            Arrays.fill(largest, Float.NEGATIVE_INFINITY);
            all = largest;
        }
        elements(sharing, Step.MAXIMUM);
        loops.largerLane.reduce(desk.place, all, null, met, width);
        desk.frame.put(loops.a, all, 0);
        loops.maximum.run(desk.frame, width);
        keep(loops.maximumAt, all);
    }

    private void first(Workers sharing) {
        if (shared) {
            earliest = earliest == null ? new int[LANES * LoopShape.BESIDE] : earliest;
            Arrays.fill(earliest, -1);
            all = earliest;
        }
        elements(sharing, Step.FIRST);
        loops.firstLane.reduce(desk.place, all, null, met, width);
        keep(loops.firstAt, all);
    }

    /** Makes the start of an array a value of the rows. */
    private void keep(int place, Object from) {
        System.arraycopy(from, 0, values[place], 0, width);
    }

    private void sums(Workers sharing) {
        int segments = (int) Math.max(1, (length + SEGMENT - 1) / SEGMENT);
        // A row of one segment needs no second level: adding to 0 changes no bit.
        for (int k = 0; k < ofSegments.length && segments > 1; k++) {
            if (ofSegments[k] == null || ofSegments[k].length < segments * width) {
                ofSegments[k] = new float[segments * width];
            }
        }
        elements(sharing, Step.SUMS);
        for (int k = 0; k < loops.lanes.length && segments > 1; k += 2) {
            float[] hi = desk.sums[k];
            float[] lo = desk.sums[k + 1];
            Arrays.fill(hi, 0, LANES * width, 0);
            Arrays.fill(lo, 0, LANES * width, 0);
            for (int segment = 0; segment < segments; segment += LANES) {
                int some = Math.min(LANES, segments - segment) * width;
                loops.plus.combine(desk.place, hi, lo, ofSegments[k], ofSegments[k + 1], segment * width, some);
            }
            finish(k, hi, lo, LANES);
        }
    }

    private void sums(RowDesk d, long from, long to) {
        if (meetsOnce()) {
            d.pass(loops.terms, values, true, from, to);
            sumsOfLanesMetOnce();
            return;
        }
        d.lanes(d.sums);
        for (long start = from; start < to || start == 0; start += SEGMENT) {
            for (float[] lane : d.sums) {
                Arrays.fill(lane, 0, lanes(), 0);
            }
            d.pass(loops.terms, values, true, start, Math.min(to, start + SEGMENT));
            int segment = (int) (start / SEGMENT);
            for (int k = 0; k < d.sums.length; k += 2) {
                float[] hi = (float[]) sideBySide(d.sums[k], k);
                float[] lo = (float[]) sideBySide(d.sums[k + 1], k + 1);
                if (length <= SEGMENT) {
                    finish(k, hi, lo, met);
                } else {
                    loops.plus.reduce(d.place, hi, lo, met, width);
                    System.arraycopy(hi, 0, ofSegments[k], segment * width, width);
                    System.arraycopy(lo, 0, ofSegments[k + 1], segment * width, width);
                }
            }
        }
    }

    private void sumsOfLanesMetOnce() {
        for (int k = 0; k < loops.added.length; k += 2) {
            Object high = addends(loops.added[k]);
            Object low = loops.added[k + 1] < 0 ? null : addends(loops.added[k + 1]);
            float[] hi = desk.sums[k];
            float[] lo = desk.sums[k + 1];
            finish(k, hi, lo, loops.plusOnce[k / 2].begin(desk.place, high, low, hi, lo, met, width));
        }
    }

    /** What is added to the lanes; nothing to those that no element meets. */
    private float[] addends(int number) {
        float[] addends = (float[]) desk.frame.arrays[number];
        Arrays.fill(addends, absent(), lanes(), 0);
        return addends;
    }

    /** Adds the last lanes, of which a sum of the rows is made. */
    private void finish(int k, float[] hi, float[] lo, int some) {
        loops.plus.reduce(desk.place, hi, lo, some, width);
        desk.frame.put(loops.aHi, hi, 0);
        desk.frame.put(loops.aLo, lo, 0);
        loops.normal.run(desk.frame, width);
        keep(loops.sumsAt[k], hi);
        keep(loops.sumsAt[k + 1], lo);
    }

    /** Whether one of the rows needs another round; prepares it. */
    private boolean again() {
        loops.again.run(desk.frame, width);
        boolean wanted = false;
        for (int j = 0; j < rows; j++) {
            wanted |= ((int[]) values[loops.againAt])[j] != 0;
        }
        for (int i = 0; i < loops.rowAt.length; i++) {
            keep(loops.beforeAt[i], values[loops.rowAt[i]]);
        }
        return wanted;
    }

    RowDesk desk() {
        return desk;
    }
}
