package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Type.Scalar;
import io.github.axoncl.internal.kernel.Value;
import org.objectweb.asm.MethodVisitor;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import static io.github.axoncl.internal.cpu.VectorCalls.BYTES;
import static io.github.axoncl.internal.cpu.VectorCalls.MASK;
import static io.github.axoncl.internal.cpu.VectorCalls.OPERATORS;
import static io.github.axoncl.internal.cpu.VectorCalls.SHORTS;
import static io.github.axoncl.internal.cpu.VectorCalls.SPECIES;
import static io.github.axoncl.internal.cpu.VectorCalls.VECTOR;
import static org.objectweb.asm.Opcodes.*;

/**
 * Emits one operation on vectors. {@code jdk.incubator.vector} is named only in what is written, never in the code of this class
 * and of {@link VectorCalls}, so the library compiles and runs without the module. Conditions are masks of real lanes; selects
 * of integers go through reals, which costs nothing, where a cast of masks might.
 */
final class VectorCode {
    private static final int SHARED = -1;
    private static final int SMALLEST_VECTOR = 64;

    private final MethodVisitor code;
    private final VectorCalls api;
    private final Locals locals;
    private final ScalarCode scalar;
    private final LoopShape shape;
    private final Width width;
    private final String reals;
    private final String ints;
    private final int lanes;

    VectorCode(MethodVisitor code, Locals locals, ScalarCode scalar, LoopShape shape) {
        this.code = code;
        this.locals = locals;
        this.scalar = scalar;
        this.shape = shape;
        this.width = Width.of(shape);
        this.reals = width.reals;
        this.ints = width.ints;
        this.lanes = shape.simdLanes();
        this.api = new VectorCalls(code, width, lanes);
    }

    int lanes() {
        return lanes;
    }

    /** Why a line has no SIMD form, or null if it has one. */
    static String obstacle(LoopShape shape) {
        Width width = Width.of(shape);
        for (LoopShape.Port port : shape.operands()) {
            if (port.element() == Element.BYTE && shape.simdLanes() * Byte.SIZE < SMALLEST_VECTOR) {
                return "no vectors of " + shape.simdLanes() + " bytes";
            }
        }
        for (Value value : shape.line().values()) {
            boolean takes = width.holds(value.type()) && switch (value.code()) {
                case MULTIPLY_HIGH -> value.type().isUnsigned();
                case CONVERT -> value.type() == width.real && value.argument(0).type() == width.integer;
                default -> true;
            };
            if (!value.uniform() && !takes) {
                return "no SIMD form of " + value;
            }
        }
        return null;
    }

    /** Broadcasts what is the same for all elements, before the loop. */
    void prepare() {
        Set<Value> shared = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Value value : shape.line().values()) {
            if (!value.uniform()) {
                boolean shift = value.code() == Opcode.SHIFT_LEFT || value.code() == Opcode.SHIFT_RIGHT;
                for (int i = 0; i < value.arguments().size(); i++) {
                    if (value.argument(i).uniform() && !(shift && i == 1)) {
                        shared.add(value.argument(i));
                    }
                }
                if (value.code() == Opcode.RECIPROCAL) {
                    api.species();
                    code.visitInsn(width == Width.WIDE ? DCONST_1 : FCONST_1);
                    api.staticCall(reals, "broadcast", "(" + SPECIES + width.realDescriptor + ")L" + reals + ";");
                    code.visitVarInsn(ASTORE, locals.vector(value, SHARED));
                }
            }
        }
        for (Value output : shape.line().outputs()) {
            if (output.uniform()) {
                shared.add(output);
            }
        }
        for (Value value : shared) {
            broadcast(value);
        }
    }

    private void broadcast(Value value) {
        api.species();
        if (value.type() == Scalar.BOOL) {
            scalar.load(value);
            code.visitMethodInsn(INVOKEINTERFACE, Width.PACKAGE + "VectorSpecies", "maskAll", "(Z)L" + MASK + ";", true);
            api.exactly(MASK);
        } else {
            scalar.load(value);
            boolean real = value.type() == width.real;
            if (!real) {
                // The integer species of the same shape, by way of the bits of a real vector.
                scalar.bitcast(width.integer, width.real);
            }
            api.staticCall(reals, "broadcast", "(" + SPECIES + width.realDescriptor + ")L" + reals + ";");
            api.exactly(reals);
            if (!real) {
                api.reinterpret(reals, ints);
            }
        }
        code.visitVarInsn(ASTORE, locals.vector(value, SHARED));
    }

    void load(Value input, int copy, LoopClass.Place place) {
        Element element = shape.operands().get((int) input.bits()).element();
        String vectors = vectors(element);
        api.species(vectors);
        place.push((int) input.bits(), copy * lanes);
        String list = shape.isListed((int) input.bits()) ? "[II" : "";
        api.staticCall(vectors, "fromArray", "(" + SPECIES + element.array + "I" + list + ")L" + vectors + ";");
        api.exactly(vectors);
        if (element.mask() != 0) {
            api.convert(vectors, element == Element.SHORT ? "S2I" : "B2I", ints);
            api.integer("AND", element.mask());
        }
        code.visitVarInsn(ASTORE, locals.vector(input, copy));
    }

    void storeTo(Value output, int operand, int copy, LoopClass.Place place) {
        push(output, copy);
        Element element = shape.operands().get(operand).element();
        String vectors = vectors(element);
        if (element.mask() != 0) {
            api.convert(ints, element == Element.SHORT ? "I2S" : "I2B", vectors);
        }
        api.exactly(vectors);
        place.push(operand, copy * lanes);
        api.call(vectors, "intoArray", "(" + element.array + "I)V");
    }

    private String vectors(Element element) {
        return switch (element) {
            case FLOAT, DOUBLE -> reals;
            case INT, LONG -> ints;
            case SHORT -> SHORTS;
            case BYTE -> BYTES;
        };
    }

    private void push(Value value, int copy) {
        code.visitVarInsn(ALOAD, locals.vector(value, value.uniform() ? SHARED : copy));
    }

    void emit(Value value, int copy) {
        String self = value.type() == width.real ? reals : ints;
        switch (value.code()) {
            case ADD -> binary(value, copy, self, "add");
            case SUBTRACT -> binary(value, copy, self, "sub");
            case MULTIPLY -> binary(value, copy, self, "mul");
            case FMA -> {
                push(value.argument(0), copy);
                push(value.argument(1), copy);
                push(value.argument(2), copy);
                api.call(reals, "fma", "(" + VECTOR + VECTOR + ")L" + reals + ";");
            }
            case RECIPROCAL -> {
                code.visitVarInsn(ALOAD, locals.vector(value, SHARED));
                push(value.argument(0), copy);
                api.call(reals, "div", "(" + VECTOR + ")L" + reals + ";");
            }
            case NEGATE -> unary(value, copy, self, "NEG");
            case NOT -> {
                if (value.type() == Scalar.BOOL) {
                    push(value.argument(0), copy);
                    api.masks("not", 1);
                } else {
                    unary(value, copy, self, "NOT");
                }
            }
            case AND -> bitwise(value, copy, "AND", "and");
            case OR -> bitwise(value, copy, "OR", "or");
            case XOR -> bitwise(value, copy, "XOR", "");
            case SHIFT_LEFT -> shift(value, copy, "LSHL");
            case SHIFT_RIGHT -> shift(value, copy, value.type().isUnsigned() ? "LSHR" : "ASHR");
            case LESS -> compare(value, copy, "LT");
            case LESS_OR_EQUAL -> compare(value, copy, "LE");
            case EQUAL -> compare(value, copy, "EQ");
            case NOT_EQUAL -> compare(value, copy, "NE");
            case SELECT -> select(value, copy);
            case BITCAST -> bitcast(value, copy);
            case MULTIPLY_HIGH -> multiplyHigh(value, copy);
            case CONVERT -> {
                push(value.argument(0), copy);
                api.convert(ints, width.conversion, reals);
            }
            default -> throw new IllegalStateException("no SIMD form of " + value);
        }
        code.visitVarInsn(ASTORE, locals.vector(value, copy));
    }

    private void binary(Value value, int copy, String self, String method) {
        push(value.argument(0), copy);
        push(value.argument(1), copy);
        api.call(self, method, "(" + VECTOR + ")L" + self + ";");
    }

    private void unary(Value value, int copy, String self, String operator) {
        push(value.argument(0), copy);
        api.operator(operator, "Unary");
        api.call(self, "lanewise", "(L" + OPERATORS + "$Unary;)L" + self + ";");
    }

    private void bitwise(Value value, int copy, String operator, String maskMethod) {
        push(value.argument(0), copy);
        if (value.type() == Scalar.BOOL) {
            push(value.argument(1), copy);
            api.masks(maskMethod, 2);
        } else {
            api.operator(operator, "Binary");
            push(value.argument(1), copy);
            api.call(ints, "lanewise", "(L" + OPERATORS + "$Binary;" + VECTOR + ")L" + ints + ";");
        }
    }

    private void shift(Value value, int copy, String operator) {
        push(value.argument(0), copy);
        api.operator(operator, "Binary");
        if (value.argument(1).uniform()) {
            scalar.load(value.argument(1));
            if (width == Width.WIDE && !value.argument(1).type().isWide()) {
                code.visitInsn(I2L);
            }
            api.call(ints, "lanewise", "(L" + OPERATORS + "$Binary;" + width.intDescriptor + ")L" + ints + ";");
        } else {
            push(value.argument(1), copy);
            api.call(ints, "lanewise", "(L" + OPERATORS + "$Binary;" + VECTOR + ")L" + ints + ";");
        }
    }

    private void compare(Value value, int copy, String operator) {
        Scalar type = value.argument(0).type();
        if (type == Scalar.BOOL) {
            push(value.argument(0), copy);
            push(value.argument(1), copy);
            api.masks("eq", 2);
            if (value.code() == Opcode.NOT_EQUAL) {
                api.masks("not", 1);
            }
            return;
        }
        boolean ordered = value.code() == Opcode.LESS || value.code() == Opcode.LESS_OR_EQUAL;
        pushOrdered(value.argument(0), copy, ordered);
        api.operator(operator, "Comparison");
        pushOrdered(value.argument(1), copy, ordered);
        String self = type == width.real ? reals : ints;
        api.call(self, "compare", "(L" + OPERATORS + "$Comparison;" + VECTOR + ")L" + MASK + ";");
        if (type != width.real) {
            api.species();
            api.call(MASK, "cast", "(" + SPECIES + ")L" + MASK + ";");
            api.exactly(MASK);
        }
    }

    /** Unsigned order is signed order with the top bit flipped; the unsigned comparisons have other names in other releases. */
    private void pushOrdered(Value value, int copy, boolean ordered) {
        push(value, copy);
        if (ordered && value.type().isUnsigned()) {
            api.integer("XOR", width == Width.WIDE ? Long.MIN_VALUE : Integer.MIN_VALUE);
        }
    }

    private void select(Value value, int copy) {
        if (value.type() == Scalar.BOOL) {
            // c ? a : b = (a and c) or (b and not c)
            push(value.argument(1), copy);
            push(value.argument(0), copy);
            api.masks("and", 2);
            push(value.argument(2), copy);
            push(value.argument(0), copy);
            api.masks("andNot", 2);
            api.masks("or", 2);
            return;
        }
        pushAsReals(value.argument(2), copy);
        pushAsReals(value.argument(1), copy);
        push(value.argument(0), copy);
        api.call(reals, "blend", "(" + VECTOR + "L" + MASK + ";)L" + reals + ";");
        if (value.type() != width.real) {
            api.reinterpret(reals, ints);
        }
    }

    private void pushAsReals(Value value, int copy) {
        push(value, copy);
        if (value.type() != width.real) {
            api.reinterpret(ints, reals);
        }
    }

    private void bitcast(Value value, int copy) {
        push(value.argument(0), copy);
        boolean fromReal = value.argument(0).type() == width.real;
        boolean toReal = value.type() == width.real;
        if (fromReal && !toReal) {
            api.reinterpret(reals, ints);
        } else if (!fromReal && toReal) {
            api.reinterpret(ints, reals);
        }
    }

    /** The high half of an unsigned product, from products of halves, because vectors have no such instruction. */
    private void multiplyHigh(Value value, int copy) {
        int[] half = new int[5];
        for (int i = 0; i < half.length; i++) {
            half[i] = locals.temporary(i);
        }
        long mask = (1L << width.half) - 1;
        for (int i = 0; i < 2; i++) {
            push(value.argument(i), copy);
            api.integer("AND", mask);
            code.visitVarInsn(ASTORE, half[2 * i]);
            push(value.argument(i), copy);
            api.integer("LSHR", width.half);
            code.visitVarInsn(ASTORE, half[2 * i + 1]);
        }
        // a b = (a1 b1) 2^2h + (a1 b0 + a0 b1) 2^h + a0 b0: no sum below exceeds the bits of an element.
        product(half[0], half[2]);
        api.integer("LSHR", width.half);
        product(half[1], half[2]);
        api.call(ints, "add", "(" + VECTOR + ")L" + ints + ";");
        code.visitVarInsn(ASTORE, half[4]);
        product(half[0], half[3]);
        code.visitVarInsn(ALOAD, half[4]);
        api.integer("AND", mask);
        api.call(ints, "add", "(" + VECTOR + ")L" + ints + ";");
        api.integer("LSHR", width.half);
        code.visitVarInsn(ALOAD, half[4]);
        api.integer("LSHR", width.half);
        api.call(ints, "add", "(" + VECTOR + ")L" + ints + ";");
        product(half[1], half[3]);
        api.call(ints, "add", "(" + VECTOR + ")L" + ints + ";");
    }

    private void product(int a, int b) {
        code.visitVarInsn(ALOAD, a);
        code.visitVarInsn(ALOAD, b);
        api.call(ints, "mul", "(" + VECTOR + ")L" + ints + ";");
    }
}
