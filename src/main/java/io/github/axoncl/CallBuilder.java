package io.github.axoncl;

import io.github.axoncl.KernelSignature.Form;
import io.github.axoncl.KernelSignature.Layout;
import io.github.axoncl.KernelSignature.Slot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Names operands and numbers, as the function's text does. Kept for later calls, as the call that it makes is. */
final class CallBuilder {
    private static final int SPARE = 8;
    private static final Spare<CallBuilder> UNUSED = new Spare<>(SPARE);

    private final List<Operand> operands = new ArrayList<>();
    private final List<Operand> unmodifiableOperands = Collections.unmodifiableList(operands);
    private final List<Slot> slots = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<DType> types = new ArrayList<>();
    private final List<String> scalars = new ArrayList<>();
    private final List<String> constants = new ArrayList<>();
    private double[] scalarValues = new double[SPARE];
    private int[] constantValues = new int[SPARE];
    private final KernelCall call = KernelCall.reusable();
    private Rows flat = new Rows(0, 1, 1);
    private Operation operation;
    private KernelFunction function;
    private Form form;
    private Rows rows;
    private long repeatEach;
    private KernelCall.RowCheck check;

    private CallBuilder() {
    }

    private static CallBuilder take() {
        CallBuilder unused = UNUSED.take();
        return unused == null ? new CallBuilder() : unused;
    }

    /** Begins a call. */
    static CallBuilder of(Operation operation, KernelFunction function, Form form, Rows rows) {
        Objects.requireNonNull(function, "function");
        Objects.requireNonNull(rows, "rows");
        return take().begin(operation, function, form, rows);
    }

    /** Begins a call that computes so many elements, each by itself. */
    static CallBuilder ofElements(Operation operation, KernelFunction function, long length) {
        Objects.requireNonNull(function, "function");
        CallBuilder builder = take();
        if (builder.flat.outer() != length) {
            builder.flat = new Rows(length, 1, 1);
        }
        return builder.begin(operation, function, Form.MAP, builder.flat);
    }

    private CallBuilder begin(Operation wanted, KernelFunction of, Form along, Rows shape) {
        operation = wanted;
        function = of;
        form = along;
        rows = shape;
        repeatEach = 1;
        check = null;
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
        check = null;
        call.fill(null, null, flat, unmodifiableOperands, scalarValues, 1, null);
        UNUSED.give(this);
    }

    /** A float32 input. */
    CallBuilder in(String name, Layout layout, Operand operand) {
        return in(name, layout, operand, DType.FLOAT32);
    }

    /** A float32 input that messages call otherwise than the text does. */
    CallBuilder in(String name, String shown, Layout layout, Operand operand) {
        return add(name, shown, layout, operand, DType.FLOAT32, false);
    }

    /** A float32 output that messages call otherwise than the text does. */
    CallBuilder out(String name, String shown, Layout layout, Operand operand) {
        return add(name, shown, layout, operand, DType.FLOAT32, true);
    }

    /** An input of some type. */
    CallBuilder in(String name, Layout layout, Operand operand, DType type) {
        return add(name, name, layout, operand, type, false);
    }

    /** A float32 output. */
    CallBuilder out(String name, Layout layout, Operand operand) {
        return out(name, layout, operand, DType.FLOAT32);
    }

    /** An output of some type. */
    CallBuilder out(String name, Layout layout, Operand operand, DType type) {
        return add(name, name, layout, operand, type, true);
    }

    /** Inputs that lie side by side along the axis of one float32 operand. */
    CallBuilder inParts(String name, Operand operand, String... parts) {
        return addParts(name, operand, false, parts);
    }

    /** Outputs that lie side by side along the axis of one float32 operand. */
    CallBuilder outParts(String name, Operand operand, String... parts) {
        return addParts(name, operand, true, parts);
    }

    private CallBuilder addParts(String name, Operand operand, boolean output, String... parts) {
        addOperand(name, operand, DType.FLOAT32);
        for (int i = 0; i < parts.length; i++) {
            addSlot(parts[i], Layout.EACH, i, parts.length, DType.FLOAT32, output);
        }
        return this;
    }

    /** Two inputs that lie side by side along the axis of one float32 operand. */
    CallBuilder inHalves(String name, Operand operand, String first, String second) {
        addOperand(name, operand, DType.FLOAT32);
        addSlot(first, Layout.EACH, 0, 2, DType.FLOAT32, false);
        addSlot(second, Layout.EACH, 1, 2, DType.FLOAT32, false);
        return this;
    }

    private CallBuilder add(String name, String shown, Layout layout, Operand operand, DType type, boolean output) {
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

    CallBuilder scalar(String name, double value) {
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

    CallBuilder constant(String name, int value) {
        if (constants.size() == constantValues.length) {
            constantValues = Arrays.copyOf(constantValues, 2 * constantValues.length);
        }
        constantValues[constants.size()] = value;
        constants.add(name);
        return this;
    }

    /** Lets rows be checked while they are computed. */
    CallBuilder checkedBy(KernelCall.RowCheck rowCheck) {
        check = rowCheck;
        return this;
    }

    /** How many outer indexes in succession share one of a {@link Layout#REPEATED} operand. */
    CallBuilder repeatEach(long times) {
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
        KernelSignature signature = function.definition().signature(function.precision(), operation, form, slots, scalars,
                constants, constantValues);
        call.fill(signature, function, none ? new Rows(1, rows.axis(), 0) : rows, unmodifiableOperands, scalarValues,
                repeatEach, check);
        return call;
    }
}
