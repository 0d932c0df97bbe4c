package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Type.Scalar;
import io.github.axoncl.internal.kernel.Value;
import org.objectweb.asm.MethodVisitor;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

import static org.objectweb.asm.Opcodes.*;

/**
 * Emits one operation on vectors. {@code jdk.incubator.vector} is named only in what this class writes, never in its own code, so
 * the library compiles and runs without the module. Conditions are masks of float lanes; selects of integers go through floats,
 * which costs nothing, where a cast of masks might.
 */
final class VectorCode {
    private static final String PACKAGE = "jdk/incubator/vector/";
    private static final String FLOATS = PACKAGE + "FloatVector";
    private static final String INTS = PACKAGE + "IntVector";
    private static final String MASK = PACKAGE + "VectorMask";
    private static final String VECTOR = "L" + PACKAGE + "Vector;";
    private static final String SPECIES = "L" + PACKAGE + "VectorSpecies;";
    private static final String OPERATORS = PACKAGE + "VectorOperators";
    private static final int SHARED = -1;

    private final MethodVisitor code;
    private final Locals locals;
    private final ScalarCode scalar;
    private final LoopShape shape;
    private final int lanes = Simd.LANES;

    VectorCode(MethodVisitor code, Locals locals, ScalarCode scalar, LoopShape shape) {
        this.code = code;
        this.locals = locals;
        this.scalar = scalar;
        this.shape = shape;
    }

    int lanes() {
        return lanes;
    }

    /** Why a line has no SIMD form, or null if it has one. */
    static String obstacle(Iterable<Value> values) {
        for (Value value : values) {
            if (!value.uniform() && (value.type().isWide() || value.code() == Opcode.MULTIPLY_HIGH
                    || value.code() == Opcode.CONVERT && value.type() != Scalar.FLOAT
                    || value.code() == Opcode.CONVERT && value.argument(0).type() != Scalar.INT)) {
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
                    species();
                    code.visitInsn(FCONST_1);
                    staticCall(FLOATS, "broadcast", "(" + SPECIES + "F)L" + FLOATS + ";");
                    code.visitVarInsn(ASTORE, locals.vector(value, SHARED));
                }
            }
        }
        shape.line().outputs().stream().filter(Value::uniform).forEach(shared::add);
        shared.forEach(this::broadcast);
    }

    private void broadcast(Value value) {
        species();
        if (value.type() == Scalar.BOOL) {
            scalar.load(value);
            code.visitMethodInsn(INVOKEINTERFACE, PACKAGE + "VectorSpecies", "maskAll", "(Z)L" + MASK + ";", true);
        } else {
            scalar.load(value);
            boolean real = value.type() == Scalar.FLOAT;
            if (!real) {
                // The int species of the same shape, by way of the bits of a float vector.
                code.visitMethodInsn(INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false);
            }
            staticCall(FLOATS, "broadcast", "(" + SPECIES + "F)L" + FLOATS + ";");
            if (!real) {
                call(FLOATS, "reinterpretAsInts", "()L" + INTS + ";");
            }
        }
        code.visitVarInsn(ASTORE, locals.vector(value, SHARED));
    }

    void load(Value input, int copy, LoopClass.Place place) {
        species();
        place.push((int) input.bits(), copy * lanes);
        staticCall(FLOATS, "fromArray", "(" + SPECIES + "[FI)L" + FLOATS + ";");
        code.visitVarInsn(ASTORE, locals.vector(input, copy));
    }

    void storeTo(Value output, int operand, int copy, LoopClass.Place place) {
        push(output, copy);
        place.push(operand, copy * lanes);
        call(FLOATS, "intoArray", "([FI)V");
    }

    private void push(Value value, int copy) {
        code.visitVarInsn(ALOAD, locals.vector(value, value.uniform() ? SHARED : copy));
    }

    void emit(Value value, int copy) {
        boolean real = value.type() == Scalar.FLOAT;
        String self = real ? FLOATS : INTS;
        switch (value.code()) {
            case ADD -> binary(value, copy, self, "add");
            case SUBTRACT -> binary(value, copy, self, "sub");
            case MULTIPLY -> binary(value, copy, self, "mul");
            case FMA -> {
                push(value.argument(0), copy);
                push(value.argument(1), copy);
                push(value.argument(2), copy);
                call(FLOATS, "fma", "(" + VECTOR + VECTOR + ")L" + FLOATS + ";");
            }
            case RECIPROCAL -> {
                code.visitVarInsn(ALOAD, locals.vector(value, SHARED));
                push(value.argument(0), copy);
                call(FLOATS, "div", "(" + VECTOR + ")L" + FLOATS + ";");
            }
            case NEGATE -> unary(value, copy, self, "NEG");
            case NOT -> {
                if (value.type() == Scalar.BOOL) {
                    push(value.argument(0), copy);
                    call(MASK, "not", "()L" + MASK + ";");
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
            case CONVERT -> {
                push(value.argument(0), copy);
                operator("I2F", "Conversion");
                species();
                code.visitInsn(ICONST_0);
                call(INTS, "convertShape", "(L" + OPERATORS + "$Conversion;" + SPECIES + "I)" + VECTOR);
                code.visitTypeInsn(CHECKCAST, FLOATS);
            }
            default -> throw new IllegalStateException("no SIMD form of " + value);
        }
        code.visitVarInsn(ASTORE, locals.vector(value, copy));
    }

    private void binary(Value value, int copy, String self, String method) {
        push(value.argument(0), copy);
        push(value.argument(1), copy);
        call(self, method, "(" + VECTOR + ")L" + self + ";");
    }

    private void unary(Value value, int copy, String self, String operator) {
        push(value.argument(0), copy);
        operator(operator, "Unary");
        call(self, "lanewise", "(L" + OPERATORS + "$Unary;)L" + self + ";");
    }

    private void bitwise(Value value, int copy, String operator, String maskMethod) {
        push(value.argument(0), copy);
        if (value.type() == Scalar.BOOL) {
            push(value.argument(1), copy);
            call(MASK, maskMethod, "(L" + MASK + ";)L" + MASK + ";");
        } else {
            operator(operator, "Binary");
            push(value.argument(1), copy);
            call(INTS, "lanewise", "(L" + OPERATORS + "$Binary;" + VECTOR + ")L" + INTS + ";");
        }
    }

    private void shift(Value value, int copy, String operator) {
        push(value.argument(0), copy);
        operator(operator, "Binary");
        if (value.argument(1).uniform()) {
            scalar.load(value.argument(1));
            call(INTS, "lanewise", "(L" + OPERATORS + "$Binary;I)L" + INTS + ";");
        } else {
            push(value.argument(1), copy);
            call(INTS, "lanewise", "(L" + OPERATORS + "$Binary;" + VECTOR + ")L" + INTS + ";");
        }
    }

    private void compare(Value value, int copy, String operator) {
        Scalar type = value.argument(0).type();
        if (type == Scalar.BOOL) {
            push(value.argument(0), copy);
            push(value.argument(1), copy);
            call(MASK, "eq", "(L" + MASK + ";)L" + MASK + ";");
            if (value.code() == Opcode.NOT_EQUAL) {
                call(MASK, "not", "()L" + MASK + ";");
            }
            return;
        }
        boolean ordered = value.code() == Opcode.LESS || value.code() == Opcode.LESS_OR_EQUAL;
        pushOrdered(value.argument(0), copy, ordered);
        operator(operator, "Comparison");
        pushOrdered(value.argument(1), copy, ordered);
        String self = type == Scalar.FLOAT ? FLOATS : INTS;
        call(self, "compare", "(L" + OPERATORS + "$Comparison;" + VECTOR + ")L" + MASK + ";");
        if (type != Scalar.FLOAT) {
            species();
            call(MASK, "cast", "(" + SPECIES + ")L" + MASK + ";");
        }
    }

    /** Unsigned order is signed order with the top bit flipped; the unsigned comparisons have other names in other releases. */
    private void pushOrdered(Value value, int copy, boolean ordered) {
        push(value, copy);
        if (ordered && value.type() == Scalar.UINT) {
            operator("XOR", "Binary");
            code.visitLdcInsn(Integer.MIN_VALUE);
            call(INTS, "lanewise", "(L" + OPERATORS + "$Binary;I)L" + INTS + ";");
        }
    }

    private void select(Value value, int copy) {
        if (value.type() == Scalar.BOOL) {
            // c ? a : b = (a and c) or (b and not c)
            push(value.argument(1), copy);
            push(value.argument(0), copy);
            call(MASK, "and", "(L" + MASK + ";)L" + MASK + ";");
            push(value.argument(2), copy);
            push(value.argument(0), copy);
            call(MASK, "andNot", "(L" + MASK + ";)L" + MASK + ";");
            call(MASK, "or", "(L" + MASK + ";)L" + MASK + ";");
            return;
        }
        pushAsFloats(value.argument(2), copy);
        pushAsFloats(value.argument(1), copy);
        push(value.argument(0), copy);
        call(FLOATS, "blend", "(" + VECTOR + "L" + MASK + ";)L" + FLOATS + ";");
        if (value.type() != Scalar.FLOAT) {
            call(FLOATS, "reinterpretAsInts", "()L" + INTS + ";");
        }
    }

    private void pushAsFloats(Value value, int copy) {
        push(value, copy);
        if (value.type() != Scalar.FLOAT) {
            call(INTS, "reinterpretAsFloats", "()L" + FLOATS + ";");
        }
    }

    private void bitcast(Value value, int copy) {
        push(value.argument(0), copy);
        boolean fromReal = value.argument(0).type() == Scalar.FLOAT;
        boolean toReal = value.type() == Scalar.FLOAT;
        if (fromReal && !toReal) {
            call(FLOATS, "reinterpretAsInts", "()L" + INTS + ";");
        } else if (!fromReal && toReal) {
            call(INTS, "reinterpretAsFloats", "()L" + FLOATS + ";");
        }
    }

    private void species() {
        code.visitFieldInsn(GETSTATIC, FLOATS, "SPECIES_PREFERRED", SPECIES);
    }

    /** Pushes an operator; those that are associative have a type of their own. */
    private void operator(String name, String kind) {
        boolean associative = name.equals("AND") || name.equals("OR") || name.equals("XOR");
        code.visitFieldInsn(GETSTATIC, OPERATORS, name, "L" + OPERATORS + "$" + (associative ? "Associative" : kind) + ";");
    }

    private void call(String owner, String method, String descriptor) {
        code.visitMethodInsn(INVOKEVIRTUAL, owner, method, descriptor, false);
    }

    private void staticCall(String owner, String method, String descriptor) {
        code.visitMethodInsn(INVOKESTATIC, owner, method, descriptor, false);
    }
}
