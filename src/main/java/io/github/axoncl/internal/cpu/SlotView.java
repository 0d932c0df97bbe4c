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
    private Object line;

    SlotView(KernelSignature signature, Slot slot) {
        this.slot = slot;
        this.form = signature.form();
    }

    SlotView(KernelCall call, Slot slot) {
        this(call.signature(), slot);
        begin(call);
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
        if (rows > 1 && isSideBySide(row, rows)) {
            for (int i = 0; i < length; i++) {
                HostMemory.read(operand, ofRow(row, k + i), to, i * width, rows);
            }
            return;
        }
        for (int j = 0; j < rows; j++) {
            for (int done = 0; done < length;) {
                int count = (int) Math.min(length - done, runOfRow(k + done));
                long from = ofRow(row + j, k + done);
                if (width == 1) {
                    HostMemory.read(operand, from, to, done, count);
                } else if (array != null) {
                    Strides.spread(array, at(from), to, done * width + j, width, count);
                } else {
                    HostMemory.read(operand, from, line(count), 0, count);
                    Strides.spread(line, 0, to, done * width + j, width, count);
                }
                done += count;
            }
        }
    }

    /** A piece of a row on its way, for memory without an array. */
    private Object line(int length) {
        if (line == null || Array.getLength(line) < length) {
            line = HostMemory.newArray(slot.type(), length);
        }
        return line;
    }

    /** The inverse of {@link #readRows}. */
    void writeRows(Object from, long row, int rows, int width, long k, int length) {
        if (rows > 1 && isSideBySide(row, rows)) {
            for (int i = 0; i < length; i++) {
                HostMemory.write(from, i * width, operand, ofRow(row, k + i), rows);
            }
            return;
        }
        for (int j = 0; j < rows; j++) {
            for (int done = 0; done < length;) {
                int count = (int) Math.min(length - done, runOfRow(k + done));
                long to = ofRow(row + j, k + done);
                if (width == 1) {
                    HostMemory.write(from, done, operand, to, count);
                } else if (array != null) {
                    Strides.gather(from, done * width + j, width, array, at(to), count);
                } else {
                    Strides.gather(from, done * width + j, width, line(count), 0, count);
                    HostMemory.write(line, 0, operand, to, count);
                }
                done += count;
            }
        }
    }

    /** Whether the elements of one k of some rows lie side by side. */
    private boolean isSideBySide(long row, int rows) {
        return slot.layout() != Layout.AXIS && ofRow(row + rows - 1, 0) - ofRow(row, 0) == rows - 1
                && (form == Form.ALONG_AXIS ? row / inner == (row + rows - 1) / inner : inner == 1);
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
