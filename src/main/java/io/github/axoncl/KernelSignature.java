package io.github.axoncl;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a call is compiled for: which operation of which text, and how its operands lie. Calls that differ only in numbers,
 * shapes and memory share one; it is the key under which backends keep what they compiled. Immutable; for AxonCL's own
 * backends.
 */
public final class KernelSignature {
    private final KernelDefinition definition;
    private final Precision precision;
    private final Operation operation;
    private final Form form;
    private final List<Slot> slots;
    private final List<String> scalars;
    private final Map<String, Integer> constants;
    private final int hash;

    /** How a call goes through its shape, see {@link Rows}. */
    public enum Form {
        /** Every element by itself. */
        MAP,
        /** Rows along the axis, one for each outer and inner index. */
        ALONG_AXIS,
        /** Rows along outer and inner, one for each index of the axis. */
        ALONG_OTHERS
    }

    /** Which element of an operand belongs to an element (outer, axis, inner) of the shape. */
    public enum Layout {
        /** Its own. */
        EACH,
        /** The one of its index along the axis. */
        AXIS,
        /** The one of its outer and inner index. */
        ROW,
        /** Its own in an operand of fewer outer indexes, which is used again and again. */
        REPEATED
    }

    /**
     * One name of the text and the elements behind it.
     *
     * @param name    the name, as pieces of the text take it or, for outputs, as they call it in a struct
     * @param operand the number of the operand; several slots may be parts of one
     * @param layout  which elements
     * @param part    which of the parts that the operand has along the axis
     * @param parts   how many parts that are, each as long as the shape's axis
     * @param type    the type of the elements
     * @param output  whether it is written
     */
    public record Slot(String name, int operand, Layout layout, int part, int parts, DType type, boolean output) {
        @Override
        public boolean equals(Object other) {
            return this == other || other instanceof Slot that && name.equals(that.name) && operand == that.operand
                    && layout == that.layout && part == that.part && parts == that.parts && type == that.type
                    && output == that.output;
        }

        @Override
        public int hashCode() {
            return ((((name.hashCode() * 31 + operand) * 31 + layout.ordinal()) * 31 + part) * 31 + parts) * 31 + type.ordinal()
                    + (output ? 1 << 16 : 0);
        }

        /** Whether one element serves a whole row.
         *
         * @param form how the call goes through its shape
         * @return true if it is the same for all elements of a row */
        public boolean isPerRow(Form form) {
            return form == Form.ALONG_AXIS && layout == Layout.ROW || form == Form.ALONG_OTHERS && layout == Layout.AXIS;
        }
    }

    KernelSignature(KernelDefinition definition, Precision precision, Operation operation, Form form, List<Slot> slots,
                    List<String> scalars, Map<String, Integer> constants) {
        this.definition = definition;
        this.precision = precision;
        this.operation = operation;
        this.form = form;
        this.slots = List.copyOf(slots);
        this.scalars = List.copyOf(scalars);
        this.constants = Map.copyOf(constants);
        this.hash = Objects.hash(System.identityHashCode(definition), precision, operation, form, this.slots, this.scalars,
                this.constants);
    }

    /** The function's text.
     *
     * @return the definition */
    public KernelDefinition definition() {
        return definition;
    }

    /** The tier.
     *
     * @return the tier */
    public Precision precision() {
        return precision;
    }

    /** What is computed of the function.
     *
     * @return the operation, whose name begins those of the text's functions */
    public Operation operation() {
        return operation;
    }

    /** How the call goes through its shape.
     *
     * @return the form */
    public Form form() {
        return form;
    }

    /** The inputs and outputs.
     *
     * @return an unmodifiable list */
    public List<Slot> slots() {
        return slots;
    }

    /** The names of the numbers that a call has besides the parameters of its function.
     *
     * @return an unmodifiable list */
    public List<String> scalars() {
        return scalars;
    }

    /** Names of the text that stand for one number here, because the call does not have them: a mask that is not there is 0.
     *
     * @return an unmodifiable map */
    public Map<String, Integer> constants() {
        return constants;
    }

    /** The type in which the call is computed and kept.
     *
     * @return the type of the first slot */
    public DType type() {
        return slots.get(0).type();
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof KernelSignature that && hash == that.hash && definition == that.definition
                && precision == that.precision && operation == that.operation && form == that.form && slots.equals(that.slots)
                && scalars.equals(that.scalars) && constants.equals(that.constants);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return operation.id() + " of " + definition.id() + ' ' + slots.stream().map(Slot::name).toList();
    }
}
