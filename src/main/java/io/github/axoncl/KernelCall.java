package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One call as a {@link Backend} computes it, after its arguments were checked: a signature with its shape, operands and
 * numbers. Does not change while it is computed, but is filled anew for a later one, so backends keep none.
 * For AxonCL's own backends.
 */
public final class KernelCall {
    private static final double[] NO_SCALARS = {};
    private static final Rows NOTHING = new Rows(0, 1, 1);

    private KernelSignature signature;
    private KernelFunction function;
    private Rows rows;
    private List<Operand> operands;
    /** The values of the signature's scalars, perhaps followed by others. */
    private double[] scalars;
    private final long firstOuter;
    private long repeatEach;
    /** Whether the call is to end before its next chunk; null if nobody can ask for that. */
    private final BooleanSupplier cancelled;
    /** Checks what rows have; null if that is done. */
    private RowCheck check;
    /** The operands of a reusable call, with a gradient and without. */
    private final List<Operand> three;
    private final List<Operand> two;

    /** The check of what rows have, which a backend makes in the pass over the rows or lets be made before. */
    interface RowCheck {
        /** Checks all rows on the host; a second time does nothing.
         *
         * @throws IllegalArgumentException if a row is wrong */
        void beforehand();

        /** What is thrown for the first row that is wrong. */
        IllegalArgumentException wrong(long row);
    }

    private KernelCall(KernelSignature signature, KernelFunction function, Rows rows, List<Operand> operands, double[] scalars,
                       long firstOuter, long repeatEach, BooleanSupplier cancelled, RowCheck check) {
        this.signature = signature;
        this.function = function;
        this.rows = rows;
        this.operands = operands;
        this.scalars = scalars;
        this.firstOuter = firstOuter;
        this.repeatEach = repeatEach;
        this.cancelled = cancelled;
        this.check = check;
        this.three = null;
        this.two = null;
    }

    private KernelCall() {
        rows = NOTHING;
        scalars = NO_SCALARS;
        firstOuter = 0;
        repeatEach = 1;
        cancelled = null;
        three = Arrays.asList(new Operand[3]);
        two = Arrays.asList(new Operand[2]);
        operands = two;
    }

    /** A call to be filled by {@link #reuse}. */
    static KernelCall reusable() {
        return new KernelCall();
    }

    /** An element-wise call: x (or y), dy where the operation takes one, and the output, all of one length. */
    static KernelCall elementwise(Operation operation, ActivationFunction function, Operand x, Operand dy, Operand out) {
        KernelCall call = new KernelCall();
        call.reuse(operation, function, x, dy, out);
        return call;
    }

    /** Fills this call, which nobody uses any more. */
    void reuse(Operation operation, ActivationFunction f, Operand x, Operand dy, Operand out) {
        signature = f.definition().signature(operation, f.precision(), x.type());
        function = f;
        operands = dy == null ? two : three;
        operands.set(0, x);
        if (dy != null) {
            operands.set(1, dy);
        }
        operands.set(operands.size() - 1, out);
        if (rows.outer() != x.length()) {
            rows = new Rows(x.length(), 1, 1);
        }
    }

    /** Lets the operands go. */
    void forget() {
        for (int k = 0; k < operands.size(); k++) {
            operands.set(k, null);
        }
        function = null;
    }

    /** Fills this call, which nobody uses any more, with what was checked. */
    void fill(KernelSignature of, KernelFunction f, Rows shape, List<Operand> all, double[] numbers, long repeats,
              RowCheck checks) {
        signature = of;
        function = f;
        rows = shape;
        operands = all;
        scalars = numbers;
        repeatEach = repeats;
        check = checks;
    }

    /** What it is compiled for.
     *
     * @return the signature */
    public KernelSignature signature() {
        return signature;
    }

    /** The function with its parameters.
     *
     * @return the function */
    public KernelFunction function() {
        return function;
    }

    /** The shape.
     *
     * @return outer, axis and inner; an element-wise call has (n, 1, 1) */
    public Rows rows() {
        return rows;
    }

    /** The operands that the slots refer to.
     *
     * @return an unmodifiable list */
    public List<Operand> operands() {
        return operands;
    }

    /** One of the numbers: the function's parameters, then the signature's scalars.
     *
     * @param index which
     * @return its value */
    public double value(int index) {
        int parameters = signature.definition().parameters().size();
        return index < parameters ? function.argument(index) : scalars[index - parameters];
    }

    /** One of the signature's scalars that is a whole number.
     *
     * @param name its name
     * @return its value */
    public long value(String name) {
        return (long) scalars[signature.scalars().indexOf(name)];
    }

    /** How many numbers there are.
     *
     * @return the number of parameters and scalars */
    public int valueCount() {
        return signature.definition().parameters().size() + signature.scalars().size();
    }

    /** The outer index at which the operands begin, in the call that this one is a part of.
     *
     * @return 0 for a whole call */
    public long firstOuter() {
        return firstOuter;
    }

    /** How many outer indexes in succession share one of a {@link Layout#REPEATED} operand.
     *
     * @return at least 1 */
    public long repeatEach() {
        return repeatEach;
    }

    /** Whether the call may be computed in parts, each a range of outer indexes.
     *
     * @return false if rows run along the outer index */
    public boolean isDivisible() {
        return signature.form() != Form.ALONG_OTHERS;
    }

    /** Whether there is anything to write.
     *
     * @return false if every output is empty */
    boolean writes() {
        List<Slot> slots = signature.slots();
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).output() && operands.get(slots.get(i).operand()).length() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether any slot of an operand is written.
     *
     * @param operand the number of the operand
     * @return true for outputs */
    public boolean isOutput(int operand) {
        return signature.slots().stream().anyMatch(slot -> slot.operand() == operand && slot.output());
    }

    /** Whether all elements of an operand belong to every outer index.
     *
     * @param operand the number of the operand
     * @return true for operands with an element for each index of the axis, and for repeated ones */
    public boolean isShared(int operand) {
        return signature.slots().stream().anyMatch(slot -> slot.operand() == operand
                && (slot.layout() == Layout.AXIS || slot.layout() == Layout.REPEATED));
    }

    /** How many elements of an operand belong to one outer index.
     *
     * @param operand the number of the operand
     * @return the number, or 0 if the operand {@link #isShared} */
    public long perOuter(int operand) {
        for (Slot slot : signature.slots()) {
            if (slot.operand() == operand) {
                return switch (slot.layout()) {
                    case EACH -> slot.parts() * rows.axis() * rows.inner();
                    case ROW -> rows.inner();
                    case AXIS, REPEATED -> 0;
                };
            }
        }
        throw new IllegalArgumentException("no slot refers to operand " + operand);
    }

    /** The call with other operands.
     *
     * @param others as many, of the same lengths
     * @return the call */
    public KernelCall with(List<Operand> others) {
        return new KernelCall(signature, function, rows, List.copyOf(others), scalars, firstOuter, repeatEach, cancelled,
                check);
    }

    /** A range of outer indexes of a call that {@link #isDivisible}.
     *
     * @param from  the first
     * @param count how many
     * @param parts the operands' elements of that range; all elements of those that belong to every outer index
     * @return the call */
    public KernelCall part(long from, long count, List<Operand> parts) {
        return new KernelCall(signature, function, new Rows(count, rows.axis(), rows.inner()), List.copyOf(parts), scalars,
                firstOuter + from, repeatEach, cancelled, check);
    }

    /** The call, to be ended before its next chunk when somebody asks for that.
     *
     * @param asked answers whether; any thread may ask it at any time
     * @return the call */
    KernelCall cancelledWhen(BooleanSupplier asked) {
        return new KernelCall(signature, function, rows, operands, scalars, firstOuter, repeatEach, asked, check);
    }

    /** Whether rows are checked while they are computed, as the text says.
     *
     * @return true if a backend must look for rows that are wrong, or call {@link #checkBeforehand} */
    public boolean isChecked() {
        return check != null;
    }

    /** Checks the rows of the whole call on the host, if they are to be checked and that was not done. For backends that do not
     * check rows in the pass over them; used by one thread.
     *
     * @throws IllegalArgumentException if a row is wrong */
    public void checkBeforehand() {
        if (check != null) {
            check.beforehand();
        }
    }

    /** What is thrown for a row that is wrong.
     *
     * @param row the number of the first one in the whole call
     * @return the exception */
    public IllegalArgumentException wrongRow(long row) {
        return check.wrong(row);
    }

    /** Whether the call may be cancelled: then it is computed in chunks, and is complete when its computation returns, whatever
     * memory its operands live in.
     *
     * @return true if so */
    public boolean isCancellable() {
        return cancelled != null;
    }

    /** Whether no further chunk is to be begun.
     *
     * @return true after a cancellation */
    public boolean isCancelled() {
        return cancelled != null && cancelled.getAsBoolean();
    }

    /** Ends a cancelled call; to be called between chunks.
     *
     * @throws CancellationException if it is cancelled */
    public void checkCancelled() {
        if (isCancelled()) {
            throw new CancellationException(describe() + " was cancelled");
        }
    }

    /** The operation and the function, for messages.
     *
     * @return for example {@code backward of elu(alpha=1)} */
    public String describe() {
        return signature.operation().id() + " of " + function.describe();
    }
}
