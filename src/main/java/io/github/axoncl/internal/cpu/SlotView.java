package io.github.axoncl.internal.cpu;

import io.github.axoncl.KernelCall;
import io.github.axoncl.KernelSignature;
import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;
import io.github.axoncl.Operand;
import io.github.axoncl.Rows;
import io.github.axoncl.internal.memory.HostMemory;

import java.lang.reflect.Array;

/** Where the elements of a slot lie: the one place on the CPU that knows the layouts. Rows are read by one thread. */
final class SlotView {
    private final Slot slot;
    private final Form form;
    private Operand operand;
    private long axis;
    private long inner;
    private long plane;
    private long firstOuter;
    private long repeatEach;
    private long repeated;
    private Object array;
    private int offset;
    /** Turns rows; null if none are to be turned. */
    private final Turning turning;
    private Object lines;
    private int[] starts;

    SlotView(KernelSignature signature, Slot slot) {
        this(signature, slot, null);
    }

    SlotView(KernelSignature signature, Slot slot, Turning turning) {
        this.turning = turning;
        this.slot = slot;
        this.form = signature.form();
    }

    /** Looks at the operand of a call. */
    void begin(KernelCall call) {
        Rows rows = call.rows();
        Operand given = call.operands().get(slot.operand());
        operand = given instanceof CpuBuffer buffer ? buffer.elements() : given;
        axis = rows.axis();
        inner = rows.inner();
        plane = axis * inner;
        firstOuter = call.firstOuter();
        repeatEach = call.repeatEach();
        repeated = slot.layout() == Layout.REPEATED ? operand.length() / plane : 0;
        array = HostMemory.array(operand);
        offset = HostMemory.offset(operand);
    }

    /** Lets the operand go. */
    void end() {
        operand = null;
        array = null;
    }

    Slot slot() {
        return slot;
    }

    /** The array behind the operand, or null. */
    Object array() {
        return array;
    }

    /** The place in {@link #array} of an index. */
    int at(long index) {
        return (int) (offset + index);
    }

    // ---- elements in the order of the shape

    /** The index in the operand of element e of the shape. */
    long index(long e) {
        long o = e / plane;
        long r = e - o * plane;
        return switch (slot.layout()) {
            case EACH -> (o * slot.parts() + slot.part()) * plane + r;
            case REPEATED -> (firstOuter + o) / repeatEach % repeated * plane + r;
            case AXIS -> r / inner;
            case ROW -> o * inner + r % inner;
        };
    }

    /** Whether the elements behind e lie one behind the other (else they are one and the same), for as many as {@link #run}. */
    private boolean advances() {
        return switch (slot.layout()) {
            case EACH, REPEATED -> true;
            case AXIS -> inner == 1;
            case ROW -> inner > 1;
        };
    }

    /** For how many elements from e on the way goes on as it began. */
    private long run(long e) {
        if (slot.layout() == Layout.EACH && slot.parts() == 1) {
            return Long.MAX_VALUE;
        }
        long r = e % plane;
        return switch (slot.layout()) {
            case EACH, REPEATED -> plane - r;
            case AXIS -> inner == 1 ? axis - r : inner - r % inner;
            case ROW -> inner == 1 ? axis - r : inner - r % inner;
        };
    }

    /** Whether the elements from e on lie in an array, one behind the other. */
    boolean isInPlace(long e, long length) {
        return array != null && advances() && run(e) >= length;
    }

    /** Copies elements of the shape to an array. */
    void read(long e, int length, Object to) {
        for (int done = 0; done < length;) {
            int count = (int) Math.min(length - done, run(e + done));
            if (advances()) {
                HostMemory.read(operand, index(e + done), to, done, count);
            } else {
                HostMemory.read(operand, index(e + done), to, done, 1);
                repeat(to, done, count);
            }
            done += count;
        }
    }

    private static void repeat(Object array, int at, int count) {
        for (int filled = 1; filled < count; filled *= 2) {
            System.arraycopy(array, at, array, at + filled, Math.min(filled, count - filled));
        }
    }

    /** Copies an array to elements of the shape. */
    void write(Object from, long e, int length) {
        for (int done = 0; done < length;) {
            int count = (int) Math.min(length - done, run(e + done));
            HostMemory.write(from, done, operand, index(e + done), count);
            done += count;
        }
    }

    // ---- elements in the order of a row

    /** The index of element k of a row. */
    long ofRow(long row, long k) {
        if (form == Form.ALONG_AXIS) {
            long o = row / inner;
            long i = row - o * inner;
            return switch (slot.layout()) {
                case EACH -> (o * slot.parts() + slot.part()) * plane + k * inner + i;
                case REPEATED -> (firstOuter + o) / repeatEach % repeated * plane + k * inner + i;
                case AXIS -> k;
                case ROW -> row;
            };
        }
        long o = k / inner;
        return slot.layout() == Layout.ROW ? k : (o * slot.parts() + slot.part()) * plane + row * inner + (k - o * inner);
    }

    /** How many elements of a row lie one behind the other from element k on. */
    private long runOfRow(long k) {
        if (form == Form.ALONG_AXIS) {
            return inner == 1 || slot.layout() == Layout.AXIS ? Long.MAX_VALUE : 1;
        }
        return slot.layout() == Layout.ROW || axis == 1 && slot.parts() == 1 ? Long.MAX_VALUE : inner - k % inner;
    }

    /** Whether elements of a row lie in an array, one behind the other. */
    boolean isRowInPlace(long k, int length) {
        return array != null && runOfRow(k) >= length;
    }

    /** Copies elements k and following of some rows to an array, those of one k side by side.
     *
     * @param width how many places there are for each k; the rows take the first ones */
    void readRows(long row, int rows, int width, long k, int length, Object to) {
        moveRows(true, to, row, rows, width, k, length);
    }

    /** The inverse of {@link #readRows}. */
    void writeRows(Object from, long row, int rows, int width, long k, int length) {
        moveRows(false, from, row, rows, width, k, length);
    }

    private void moveRows(boolean reads, Object block, long row, int rows, int width, long k, int length) {
        if (width == 1) {
            for (int done = 0; done < length;) {
                int count = (int) Math.min(length - done, runOfRow(k + done));
                move(reads, ofRow(row, k + done), block, done, count);
                done += count;
            }
        } else if (!rowsAreNeighbours()) {
            for (int done = 0; done < length;) {
                int count = (int) Math.min(length - done, runOfRow(k + done));
                turn(reads, block, done * width, row, rows, width, k + done, count);
                done += count;
            }
        } else {
            for (int j = 0; j < rows;) {
                int some = form == Form.ALONG_AXIS ? (int) Math.min(rows - j, inner - (row + j) % inner) : rows;
                for (int i = 0; i < length; i++) {
                    move(reads, ofRow(row + j, k + i), block, i * width + j, some);
                }
                j += some;
            }
        }
    }

    /** Whether the elements of one k lie side by side, for rows of one outer index. */
    private boolean rowsAreNeighbours() {
        return form == Form.ALONG_AXIS ? inner > 1 && slot.layout() != Layout.AXIS : slot.layout() == Layout.EACH;
    }

    private void move(boolean reads, long index, Object block, int at, int count) {
        if (reads) {
            HostMemory.read(operand, index, block, at, count);
        } else {
            HostMemory.write(block, at, operand, index, count);
        }
    }

    /** Moves a run of each row. */
    private void turn(boolean reads, Object block, int at, long row, int rows, int width, long k, int count) {
        if (turning != null && array instanceof float[] && rows == width && at == 0 && liesBehind(row, k, count)) {
            int first = at(ofRow(row, k));
            if (reads) {
                turning.spread(array, first, rows, count, block);
            } else {
                turning.gather(block, rows, count, array, first);
            }
            return;
        }
        if (starts == null || starts.length < rows) {
            starts = new int[Integer.highestOneBit(rows) * 2];
        }
        Object lines = array;
        if (array != null) {
            findStarts(row, rows, k);
        } else {
            lines = lines(rows * count);
            for (int j = 0; j < rows; j++) {
                starts[j] = j * count;
                if (reads) {
                    HostMemory.read(operand, ofRow(row + j, k), lines, starts[j], count);
                }
            }
        }
        if (reads) {
            Strides.spread(lines, starts, rows, block, at, width, count);
            return;
        }
        Strides.gather(block, at, width, lines, starts, rows, count);
        for (int j = 0; j < rows && array == null; j++) {
            HostMemory.write(lines, starts[j], operand, ofRow(row + j, k), count);
        }
    }

    /** Whether a row's run ends where the next one's begins. */
    private boolean liesBehind(long row, long k, int count) {
        return slot.layout() == Layout.EACH && ofRow(row + 1, k) - ofRow(row, k) == count;
    }

    /** Where in the array element k of some rows lies. */
    private void findStarts(long row, int rows, long k) {
        int first = at(ofRow(row, k));
        int step = rows > 1 ? at(ofRow(row + 1, k)) - first : 0;
        boolean regular = slot.layout() != Layout.REPEATED;
        for (int j = 0; j < rows; j++) {
            starts[j] = regular ? first + j * step : at(ofRow(row + j, k));
        }
    }

    /** Pieces of rows on their way, for memory without an array. */
    private Object lines(int length) {
        if (lines == null || Array.getLength(lines) < length) {
            lines = HostMemory.newArray(slot.type(), length);
        }
        return lines;
    }

    /** Copies what some rows have one of. */
    void readOfRows(long row, int rows, Object to) {
        HostMemory.read(operand, row, to, 0, rows);
    }

    /** The inverse of {@link #readOfRows}. */
    void writeOfRows(Object from, long row, int rows) {
        HostMemory.write(from, 0, operand, row, rows);
    }
}
