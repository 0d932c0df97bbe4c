package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
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
    private static final int SPARE = 8;

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
    /** The operands of a reusable call, with a gradient and without. */
    private final List<Operand> three;
    private final List<Operand> two;

    private KernelCall(KernelSignature signature, KernelFunction function, Rows rows, List<Operand> operands, double[] scalars,
                       long firstOuter, long repeatEach, BooleanSupplier cancelled) {
        this.signature = signature;
        this.function = function;
        this.rows = rows;
        this.operands = operands;
        this.scalars = scalars;
        this.firstOuter = firstOuter;
        this.repeatEach = repeatEach;
        this.cancelled = cancelled;
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

    /** Begins a call of another form. */
    static Builder of(Operation operation, KernelFunction function, Form form, Rows rows) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(rows, "rows");
        return Builder.take().begin(operation, function, form, rows);
    }

    /** Begins a call that computes so many elements, each by itself. */
    static Builder ofElements(Operation operation, KernelFunction function, long length) {
        Objects.requireNonNull(function, "function");
        Builder builder = Builder.take();
        if (builder.flat.outer() != length) {
            builder.flat = new Rows(length, 1, 1);
        }
        return builder.begin(operation, function, Form.MAP, builder.flat);
    }

    /** Names operands and numbers, as the function's text does. Kept for later calls, as the call that it makes is. */
    static final class Builder {
        private static final Spare<Builder> UNUSED = new Spare<>(SPARE);

        private final List<Operand> operands = new ArrayList<>();
        private final List<Operand> unmodifiableOperands = Collections.unmodifiableList(operands);
        private final List<Slot> slots = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<DType> types = new ArrayList<>();
        private final List<String> scalars = new ArrayList<>();
        private final List<String> constants = new ArrayList<>();
        private double[] scalarValues = new double[SPARE];
        private int[] constantValues = new int[SPARE];
        private final KernelCall call = new KernelCall();
        private Rows flat = NOTHING;
        private Operation operation;
        private KernelFunction function;
        private Form form;
        private Rows rows;
        private long repeatEach;

        private Builder() {
        }

        private static Builder take() {
            Builder unused = UNUSED.take();
            return unused == null ? new Builder() : unused;
        }

        private Builder begin(Operation wanted, KernelFunction of, Form along, Rows shape) {
            operation = wanted;
            function = of;
            form = along;
            rows = shape;
            repeatEach = 1;
            return this;
        }

        /** Lets this and its call be used again, after the call was computed; whoever still knows them must forget them. */
        void release() {
            operands.clear();
            slots.clear();
            names.clear();
            types.clear();
            scalars.clear();
            constants.clear();
            function = null;
            call.function = null;
            call.signature = null;
            UNUSED.give(this);
        }

        /** A float32 input. */
        Builder in(String name, Layout layout, Operand operand) {
            return in(name, layout, operand, DType.FLOAT32);
        }

        /** A float32 input that messages call otherwise than the text does. */
        Builder in(String name, String shown, Layout layout, Operand operand) {
            return add(name, shown, layout, operand, DType.FLOAT32, false);
        }

        /** A float32 output that messages call otherwise than the text does. */
        Builder out(String name, String shown, Layout layout, Operand operand) {
            return add(name, shown, layout, operand, DType.FLOAT32, true);
        }

        /** An input of some type. */
        Builder in(String name, Layout layout, Operand operand, DType type) {
            return add(name, name, layout, operand, type, false);
        }

        /** A float32 output. */
        Builder out(String name, Layout layout, Operand operand) {
            return out(name, layout, operand, DType.FLOAT32);
        }

        /** An output of some type. */
        Builder out(String name, Layout layout, Operand operand, DType type) {
            return add(name, name, layout, operand, type, true);
        }

        /** Inputs that lie side by side along the axis of one float32 operand. */
        Builder inParts(String name, Operand operand, String... parts) {
            return addParts(name, operand, false, parts);
        }

        /** Outputs that lie side by side along the axis of one float32 operand. */
        Builder outParts(String name, Operand operand, String... parts) {
            return addParts(name, operand, true, parts);
        }

        private Builder addParts(String name, Operand operand, boolean output, String... parts) {
            addOperand(name, operand, DType.FLOAT32);
            for (int i = 0; i < parts.length; i++) {
                addSlot(parts[i], Layout.EACH, i, parts.length, DType.FLOAT32, output);
            }
            return this;
        }

        /** Two inputs that lie side by side along the axis of one float32 operand. */
        Builder inHalves(String name, Operand operand, String first, String second) {
            addOperand(name, operand, DType.FLOAT32);
            addSlot(first, Layout.EACH, 0, 2, DType.FLOAT32, false);
            addSlot(second, Layout.EACH, 1, 2, DType.FLOAT32, false);
            return this;
        }

        private Builder add(String name, String shown, Layout layout, Operand operand, DType type, boolean output) {
            addOperand(shown, operand, type);
            addSlot(name, layout, 0, 1, type, output);
            return this;
        }

        private void addOperand(String name, Operand operand, DType type) {
            Objects.requireNonNull(operand, name);
            names.add(name);
            operands.add(operand);
            types.add(type);
        }

        private void addSlot(String name, Layout layout, int part, int parts, DType type, boolean output) {
            slots.add(function.definition().slot(name, operands.size() - 1, layout, part, parts, type, output));
        }

        Builder scalar(String name, double value) {
            int at = scalars.indexOf(name);
            if (at < 0) {
                at = scalars.size();
                scalars.add(name);
                if (at == scalarValues.length) {
                    scalarValues = Arrays.copyOf(scalarValues, 2 * at);
                }
            }
            scalarValues[at] = value;
            return this;
        }

        Builder constant(String name, int value) {
            if (constants.size() == constantValues.length) {
                constantValues = Arrays.copyOf(constantValues, 2 * constantValues.length);
            }
            constantValues[constants.size()] = value;
            constants.add(name);
            return this;
        }

        /** How many outer indexes in succession share one of a {@link Layout#REPEATED} operand. */
        Builder repeatEach(long times) {
            repeatEach = times;
            return this;
        }

        /** Checks every argument and makes the call.
         *
         * @throws IllegalArgumentException if a type or a length is not what function and shape ask for, an output is read-only
         *                                  or overlaps another operand otherwise than being an input, or a device buffer
         *                                  belongs to another backend
         * @throws IllegalStateException    if the backend or a device buffer is closed */
        KernelCall build(Backend backend) {
            backend.checkOpen();
            for (int i = 0; i < slots.size(); i++) {
                int k = slots.get(i).operand();
                String name = names.get(k);
                Operand operand = operands.get(k);
                Arguments.checkOwner(backend, name, operand);
                if (operand.type() != types.get(k)) {
                    Arguments.checkType(title(), name, operand, types.get(k));
                }
                checkLength(name, operand, slots.get(i));
            }
            for (int i = 0; i < slots.size(); i++) {
                Slot slot = slots.get(i);
                if (slot.output()) {
                    Arguments.checkWritable(names.get(slot.operand()), operands.get(slot.operand()));
                    checkOverlaps(slot);
                }
            }
            return make();
        }

        private String title() {
            return Arguments.title(operation, function);
        }

        private void checkLength(String name, Operand operand, Slot slot) {
            long plane = rows.axis() * rows.inner();
            if (slot.layout() == Layout.REPEATED) {
                // The product does not overflow once it is known not to exceed the outer extent.
                if (rows.length() > 0 && (operand.length() == 0 || operand.length() % plane != 0
                        || operand.length() / plane > rows.outer() / repeatEach
                        || rows.outer() % (operand.length() / plane * repeatEach) != 0)) {
                    throw new IllegalArgumentException(title() + ": " + name + " has " + operand.length() + " elements, but "
                            + rows + " asks for " + plane + " times a divisor of " + rows.outer()
                            + (repeatEach == 1 ? "" : " / " + repeatEach));
                }
                return;
            }
            long wanted = switch (slot.layout()) {
                case EACH -> slot.parts() * rows.length();
                case AXIS -> rows.axis();
                default -> rows.outer() * rows.inner();
            };
            if (operand.length() != wanted) {
                Rows flat = new Rows(operands.get(0).length(), 1, 1);
                if (slot.layout() == Layout.EACH && slot.parts() == 1 && rows.equals(flat)) {
                    throw new IllegalArgumentException(title() + ": " + names.get(0) + " has " + wanted + " elements, " + name
                            + " has " + operand.length() + "; they must be equal");
                }
                String why = slot.layout() == Layout.AXIS ? " for axis" : slot.layout() == Layout.ROW ? " for outer * inner"
                        : slot.parts() > 1 ? " in " + slot.parts() + " parts along the axis" : "";
                throw new IllegalArgumentException(title() + ": " + name + " has " + operand.length() + " elements, but " + rows
                        + " asks for " + wanted + why);
            }
        }

        private void checkOverlaps(Slot output) {
            for (int i = 0; i < slots.size(); i++) {
                Slot other = slots.get(i);
                if (other.operand() != output.operand()) {
                    boolean may = !other.output() && other.layout() == Layout.EACH && output.layout() == Layout.EACH
                            && other.parts() == output.parts();
                    Arguments.checkOverlap(names.get(other.operand()), operands.get(other.operand()),
                            names.get(output.operand()), operands.get(output.operand()), may);
                }
            }
        }

        private KernelCall make() {
            // Sums over no outer index have results: one outer index without elements is the same and is computed.
            boolean none = form == Form.ALONG_OTHERS && rows.outer() == 0;
            call.signature = function.definition().signature(function.precision(), operation, form, slots, scalars, constants,
                    constantValues);
            call.function = function;
            call.rows = none ? new Rows(1, rows.axis(), 0) : rows;
            call.operands = unmodifiableOperands;
            call.scalars = scalarValues;
            call.repeatEach = repeatEach;
            return call;
        }
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
        return new KernelCall(signature, function, rows, List.copyOf(others), scalars, firstOuter, repeatEach, cancelled);
    }

    /** A range of outer indexes of a call that {@link #isDivisible}.
     *
     * @param from  the first
     * @param count how many
     * @param parts the operands' elements of that range; all elements of those that belong to every outer index
     * @return the call */
    public KernelCall part(long from, long count, List<Operand> parts) {
        return new KernelCall(signature, function, new Rows(count, rows.axis(), rows.inner()), List.copyOf(parts), scalars,
                firstOuter + from, repeatEach, cancelled);
    }

    /** The call, to be ended before its next chunk when somebody asks for that.
     *
     * @param asked answers whether; any thread may ask it at any time
     * @return the call */
    KernelCall cancelledWhen(BooleanSupplier asked) {
        return new KernelCall(signature, function, rows, operands, scalars, firstOuter, repeatEach, asked);
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
