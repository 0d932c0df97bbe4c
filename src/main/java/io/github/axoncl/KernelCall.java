package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call as a {@link Backend} computes it, after its arguments were checked: a signature with its shape, operands and numbers.
 * Immutable; for AxonCL's own backends.
 */
public final class KernelCall {
    private final KernelSignature signature;
    private final KernelFunction function;
    private final Rows rows;
    private final List<Operand> operands;
    private final double[] values;
    private final long firstOuter;
    private final long repeatEach;

    private KernelCall(KernelSignature signature, KernelFunction function, Rows rows, List<Operand> operands, double[] values,
                       long firstOuter, long repeatEach) {
        this.signature = signature;
        this.function = function;
        this.rows = rows;
        this.operands = operands;
        this.values = values;
        this.firstOuter = firstOuter;
        this.repeatEach = repeatEach;
    }

    /** An element-wise call: x (or y), dy where the operation takes one, and the output, all of one length. */
    static KernelCall elementwise(Operation operation, ActivationFunction function, Operand x, Operand dy, Operand out) {
        KernelDefinition definition = function.definition();
        List<Operand> operands = dy == null ? List.of(x, out) : List.of(x, dy, out);
        return new KernelCall(definition.signature(operation, function.precision(), x.type()), function,
                new Rows(x.length(), 1, 1), operands, definition.arguments(function), 0, 1);
    }

    /** Begins a call of another form. */
    static Builder of(Operation operation, KernelFunction function, Form form, Rows rows) {
        return new Builder(operation, function, form, rows);
    }

    /** Names operands and numbers, as the function's text does. */
    static final class Builder {
        private final Operation operation;
        private final KernelFunction function;
        private final Form form;
        private final Rows rows;
        private final List<Operand> operands = new ArrayList<>();
        private final List<Slot> slots = new ArrayList<>();
        private final Map<String, Double> scalars = new LinkedHashMap<>();
        private final Map<String, Integer> constants = new LinkedHashMap<>();
        private long repeatEach = 1;

        private Builder(Operation operation, KernelFunction function, Form form, Rows rows) {
            this.operation = operation;
            this.function = function;
            this.form = form;
            this.rows = rows;
        }

        Builder in(String name, Layout layout, Operand operand) {
            return slot(name, layout, 0, 1, operand, false);
        }

        Builder out(String name, Layout layout, Operand operand) {
            return slot(name, layout, 0, 1, operand, true);
        }

        /** Inputs that lie side by side along the axis of one operand. */
        Builder inParts(Operand operand, String... names) {
            return parts(operand, false, names);
        }

        /** Outputs that lie side by side along the axis of one operand. */
        Builder outParts(Operand operand, String... names) {
            return parts(operand, true, names);
        }

        private Builder parts(Operand operand, boolean output, String... names) {
            for (int i = 0; i < names.length; i++) {
                slots.add(new Slot(names[i], operands.size(), Layout.EACH, i, names.length, operand.type(), output));
            }
            operands.add(operand);
            return this;
        }

        private Builder slot(String name, Layout layout, int part, int parts, Operand operand, boolean output) {
            slots.add(new Slot(name, operands.size(), layout, part, parts, operand.type(), output));
            operands.add(operand);
            return this;
        }

        Builder scalar(String name, double value) {
            scalars.put(name, value);
            return this;
        }

        Builder constant(String name, int value) {
            constants.put(name, value);
            return this;
        }

        /** How many outer indexes in succession share one of a {@link Layout#REPEATED} operand. */
        Builder repeatEach(long times) {
            repeatEach = times;
            return this;
        }

        KernelCall build() {
            KernelDefinition definition = function.definition();
            double[] values = new double[definition.parameters().size() + scalars.size()];
            double[] arguments = definition.arguments(function);
            System.arraycopy(arguments, 0, values, 0, arguments.length);
            int next = arguments.length;
            for (double value : scalars.values()) {
                values[next++] = value;
            }
            KernelSignature signature = new KernelSignature(definition, function.precision(), operation, form, slots,
                    List.copyOf(scalars.keySet()), constants);
            return new KernelCall(signature, function, rows, List.copyOf(operands), values, 0, repeatEach);
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
        return values[index];
    }

    /** How many numbers there are.
     *
     * @return the number of parameters and scalars */
    public int valueCount() {
        return values.length;
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

    /** Whether any slot of an operand is written.
     *
     * @param operand the number of the operand
     * @return true for outputs */
    public boolean isOutput(int operand) {
        return signature.slots().stream().anyMatch(slot -> slot.operand() == operand && slot.output());
    }

    /** How many elements of an operand belong to one outer index.
     *
     * @param operand the number of the operand
     * @return the number, or 0 if all elements belong to every outer index */
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
        return new KernelCall(signature, function, rows, List.copyOf(others), values, firstOuter, repeatEach);
    }

    /** A range of outer indexes of a call that {@link #isDivisible}.
     *
     * @param from  the first
     * @param count how many
     * @param parts the operands' elements of that range; all elements of those that belong to every outer index
     * @return the call */
    public KernelCall part(long from, long count, List<Operand> parts) {
        return new KernelCall(signature, function, new Rows(count, rows.axis(), rows.inner()), List.copyOf(parts), values,
                firstOuter + from, repeatEach);
    }

    /** The operation and the function, for messages.
     *
     * @return for example {@code backward of elu(alpha=1)} */
    public String describe() {
        return signature.operation().id() + " of " + function.describe();
    }
}
