package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.memory.HostMemory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one thread works with when it goes through the elements of rows: where they lie, and what they pass through. */
final class RowDesk {
    final Frame frame;
    final LaneLoops.Place place = new LaneLoops.Place();
    /** Lanes of the sums, high and low parts in turn; the first one serves maxima too. */
    final float[][] sums;
    final int[] firsts;
    private final RowLoops loops;
    private final List<SlotView> views = new ArrayList<>();
    private final int[] numbers;
    /** The names that may refer to what belongs to the caller. */
    private final int[] borrowed;
    private final boolean[] perRow;
    private final Object[] staging;
    /** Which staging holds a whole row's elements since this row was begun. */
    private final boolean[] loaded;
    private final int[] ramp;
    private int keptView = -1;
    private KernelCall call;
    private final RandomWords.Block words;
    private long firstRow;
    private int rows;
    /** How many rows lie side by side; 1 where they are computed one by one. */
    private int beside;
    /** Whether the rows pass through staging once, so that they need not be read again. */
    private boolean once;
    /** Whether no two elements of a row meet in a lane. */
    private boolean meetsOnce;

    RowDesk(RowLoops loops) {
        this.loops = loops;
        frame = new Frame(loops.names.size());
        Turning turning = loops.sideBySide ? new Turning(loops.turning) : null;
        for (Slot slot : loops.signature.slots()) {
            if (loops.names.contains(slot.name())) {
                views.add(new SlotView(loops.signature, slot, turning));
            }
        }
        numbers = new int[views.size()];
        perRow = new boolean[numbers.length];
        staging = new Object[numbers.length];
        loaded = new boolean[numbers.length];
        for (int k = 0; k < numbers.length; k++) {
            Slot slot = views.get(k).slot();
            numbers[k] = loops.names.indexOf(slot.name());
            perRow[k] = slot.isPerRow(loops.signature.form());
            keptView = slot == loops.kept ? k : keptView;
            if (perRow[k]) {
                staging[k] = HostMemory.newArray(slot.type(), RowRun.most(loops.sideBySide));
            }
        }
        borrowed = loops.term < 0 ? numbers : Arrays.copyOf(numbers, numbers.length + 1);
        if (loops.term >= 0) {
            borrowed[numbers.length] = loops.term;
        }
        ramp = loops.index < 0 ? null : new int[RowLoops.BLOCK];
        int lanes = loops.sideBySide ? RowLoops.BLOCK : RowLoops.LANES * RowRun.most(false);
        sums = new float[loops.lanes.length][lanes];
        firsts = loops.first == null ? null : new int[lanes];
        words = loops.random == null ? null : loops.random.block(RowLoops.BLOCK);
        for (int addend : loops.addends) {
            frame.put(addend, new float[RowLoops.BLOCK], 0);
        }
    }

    void begin(KernelCall of, long length) {
        call = of;
        meetsOnce = loops.meetOnce(length);
        for (int k = 0; k < numbers.length; k++) {
            views.get(k).begin(of);
        }
        loops.uniforms.put(of, frame);
        if (loops.count >= 0) {
            frame.uniforms[loops.count] = length;
        }
        if (words != null) {
            words.begin(of);
        }
    }

    /** Lets the operands go. */
    void end() {
        call = null;
        for (int k = 0; k < numbers.length; k++) {
            views.get(k).end();
        }
        frame.forget(borrowed);
    }

    /** Turns to some rows.
     *
     * @param width  how many places there are for each element of rows side by side
     * @param values what is known of the rows
     * @param single whether all elements of the rows are staged at once and by this desk only */
    void open(long first, int some, int width, Object[] values, boolean single) {
        firstRow = first;
        rows = some;
        beside = loops.sideBySide ? width : 1;
        once = single;
        frame.beside = beside;
        for (int i = 0; i < values.length; i++) {
            frame.put(loops.rowNumbers[i], values[i], 0);
        }
        for (int k = 0; k < numbers.length; k++) {
            if (perRow[k]) {
                SlotView view = views.get(k);
                if (!view.slot().output()) {
                    view.readOfRows(first, some, staging[k]);
                }
                frame.put(numbers[k], staging[k], 0);
            }
        }
        Arrays.fill(loaded, false);
    }

    /** Writes what the rows have one of. */
    void writeOfRows() {
        for (int k = 0; k < numbers.length; k++) {
            if (perRow[k] && views.get(k).slot().output()) {
                views.get(k).writeOfRows(staging[k], firstRow, rows);
            }
        }
    }

    void lanes(float[][] arrays) {
        for (int k = 0; k < arrays.length; k++) {
            frame.put(loops.lanes[k], arrays[k], 0);
        }
    }

    void lane(Object array) {
        frame.put(loops.lanes[0], array, 0);
    }

    /** Runs a loop over elements of the rows, in whole steps of the lanes but for the last.
     *
     * @param values what is known of the rows
     * @param keeps  whether the term is written; else it is read, where the loop takes it */
    void pass(NamedLoop loop, Object[] values, boolean keeps, long from, long to) {
        if (from == to) {
            return;
        }
        if (loops.sideBySide) {
            pass(loop, firstRow, rows, keeps, from, to);
            return;
        }
        for (int j = 0; j < rows; j++) {
            uniforms(values, j);
            for (int lane : loops.lanes) {
                frame.offsets[lane] = j * RowLoops.LANES;
            }
            pass(loop, firstRow + j, 1, keeps, from, to);
        }
    }

    private void uniforms(Object[] values, int j) {
        for (int i = 0; i < values.length; i++) {
            frame.uniforms[loops.rowNumbers[i]] = number(values[i], j, true);
        }
        for (int k = 0; k < numbers.length; k++) {
            if (perRow[k] && !views.get(k).slot().output()) {
                frame.uniforms[numbers[k]] = number(staging[k], j, false);
            }
        }
    }

    private static double number(Object array, int j, boolean unsigned) {
        if (array instanceof float[] floats) {
            return floats[j];
        } else if (array instanceof double[] doubles) {
            return doubles[j];
        } else if (array instanceof int[] ints) {
            return unsigned ? Integer.toUnsignedLong(ints[j]) : ints[j];
        }
        return array instanceof short[] shorts ? Short.toUnsignedInt(shorts[j]) : Byte.toUnsignedInt(((byte[]) array)[j]);
    }

    private void pass(NamedLoop loop, long row, int some, boolean keeps, long from, long to) {
        long step = isStaged(loop, from, to) ? RowLoops.BLOCK / beside : to - from;
        for (long k = from; k < to; k += step) {
            int elements = (int) Math.min(step, to - k);
            place(loop, row, some, k, elements);
            if (loop.uses(loops.term)) {
                placeTerm(row, some, keeps, k, elements);
            }
            loop.run(frame, elements * beside);
            if (loop == loops.terms && !meetsOnce) {
                loops.adding.run(frame, elements * beside);
            }
            writeBack(loop, row, some, k, elements);
            if (keeps && !once && loop.uses(loops.term) && frame.arrays[loops.term] == staging[keptView]) {
                views.get(keptView).writeRows(staging[keptView], row, some, beside, k, elements);
            }
        }
    }

    private boolean isStaged(NamedLoop loop, long from, long to) {
        int all = (int) (to - from);
        boolean staged = beside > 1 || loop.uses(loops.index) || loop.uses(loops.bits)
                || loop.uses(loops.term) && !views.get(keptView).isRowInPlace(from, all);
        for (int k = 0; k < numbers.length && !staged; k++) {
            staged = loop.uses(numbers[k]) && !perRow[k] && !views.get(k).isRowInPlace(from, all);
        }
        return staged;
    }

    private void place(NamedLoop loop, long row, int some, long k, int elements) {
        for (int v = 0; v < numbers.length; v++) {
            SlotView view = views.get(v);
            if (loop.uses(numbers[v]) && !perRow[v]) {
                if (beside == 1 && view.isRowInPlace(k, elements)) {
                    frame.put(numbers[v], view.array(), view.at(view.ofRow(row, k)));
                    continue;
                }
                if (staging[v] == null) {
                    staging[v] = HostMemory.newArray(view.slot().type(), RowLoops.BLOCK);
                }
                if (!view.slot().output() && !loaded[v]) {
                    view.readRows(row, some, beside, k, elements, staging[v]);
                    loaded[v] = once;
                }
                frame.put(numbers[v], staging[v], 0);
            }
        }
        if (loop.uses(loops.index)) {
            ramp((int) k, elements);
            frame.put(loops.index, ramp, 0);
        }
        if (loop.uses(loops.bits)) {
            if (beside == 1 && loops.signature.form() == Form.ALONG_AXIS) {
                words.put(frame, loops.bits, position(row, k), elements);
            } else {
                long[] starts = new long[some];
                Arrays.setAll(starts, j -> position(row + j, 0));
                words.put(frame, loops.bits, starts, i -> position(0, k + i), beside, elements);
            }
        }
    }

    /** Elements k and following of rows side by side. */
    private void ramp(int k, int elements) {
        if (beside == 1) {
            for (int i = 0; i < elements; i++) {
                ramp[i] = k + i;
            }
            return;
        }
        for (int i = 0; i < elements; i++) {
            Arrays.fill(ramp, i * beside, (i + 1) * beside, k + i);
        }
    }

    /** The place of an element in the call, for which its random word is made: the place of the row and that of k added. */
    private long position(long wanted, long k) {
        Rows shape = call.rows();
        long plane = shape.axis() * shape.inner();
        if (loops.signature.form() == Form.ALONG_AXIS) {
            return wanted / shape.inner() * plane + k * shape.inner() + wanted % shape.inner();
        }
        return k / shape.inner() * plane + wanted * shape.inner() + k % shape.inner();
    }

    private void placeTerm(long row, int some, boolean keeps, long k, int elements) {
        SlotView view = views.get(keptView);
        if (beside == 1 && view.isRowInPlace(k, elements)) {
            frame.put(loops.term, view.array(), view.at(view.ofRow(row, k)));
            return;
        }
        if (staging[keptView] == null) {
            staging[keptView] = new float[RowLoops.BLOCK];
        }
        if (!keeps && !once) {
            view.readRows(row, some, beside, k, elements, staging[keptView]);
        }
        frame.put(loops.term, staging[keptView], 0);
    }

    private void writeBack(NamedLoop loop, long row, int some, long k, int elements) {
        for (int v = 0; v < numbers.length; v++) {
            SlotView view = views.get(v);
            boolean written = view.slot().output() && loop.uses(numbers[v]) && !perRow[v];
            if (written && frame.arrays[numbers[v]] == staging[v]) {
                view.writeRows(staging[v], row, some, beside, k, elements);
            }
        }
    }
}
