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
 * Emits one operation on vectors. {@code jdk.incubator.vector} is named only in what this class writes, never in its own code,
 * so the library compiles and runs without the module. Conditions are masks of real lanes; selects of integers go through
 * reals, which costs nothing, where a cast of masks might.
 */
final class VectorCode {
    private static final String PACKAGE = Width.PACKAGE;
    private static final String SHORTS = PACKAGE + "ShortVector";
    private static final String BYTES = PACKAGE + "ByteVector";
    private static final String MASK = PACKAGE + "VectorMask";
    private static final String VECTOR = "L" + PACKAGE + "Vector;";
    private static final String SPECIES = "L" + PACKAGE + "VectorSpecies;";
    private static final String OPERATORS = PACKAGE + "VectorOperators";
    private static final String TYPES = VectorTypes.class.getName().replace('.', '/');
    private static final int SHARED = -1;
    private static final int SMALLEST_VECTOR = 64;

    private final MethodVisitor code;
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
                    species();
                    code.visitInsn(width == Width.WIDE ? DCONST_1 : FCONST_1);
                    staticCall(reals, "broadcast", "(" + SPECIES + width.realDescriptor + ")L" + reals + ";");
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
        species();
        if (value.type() == Scalar.BOOL) {
            scalar.load(value);
            code.visitMethodInsn(INVOKEINTERFACE, PACKAGE + "VectorSpecies", "maskAll", "(Z)L" + MASK + ";", true);
            exactly(MASK);
        } else {
            scalar.load(value);
            boolean real = value.type() == width.real;
            if (!real) {
                // The integer species of the same shape, by way of the bits of a real vector.
                scalar.bitcast(width.integer, width.real);
            }
            staticCall(reals, "broadcast", "(" + SPECIES + width.realDescriptor + ")L" + reals + ";");
            exactly(reals);
            if (!real) {
                reinterpret(reals, ints);
            }
        }
        code.visitVarInsn(ASTORE, locals.vector(value, SHARED));
    }

    void load(Value input, int copy, LoopClass.Place place) {
        Element element = shape.operands().get((int) input.bits()).element();
        String vectors = vectors(element);
        species(vectors);
        place.push((int) input.bits(), copy * lanes);
        String list = shape.isListed((int) input.bits()) ? "[II" : "";
        staticCall(vectors, "fromArray", "(" + SPECIES + element.array + "I" + list + ")L" + vectors + ";");
        exactly(vectors);
        if (element.mask() != 0) {
            convert(vectors, element == Element.SHORT ? "S2I" : "B2I", ints);
            integer("AND", element.mask());
        }
        code.visitVarInsn(ASTORE, locals.vector(input, copy));
    }

    void storeTo(Value output, int operand, int copy, LoopClass.Place place) {
        push(output, copy);
        Element element = shape.operands().get(operand).element();
        String vectors = vectors(element);
        if (element.mask() != 0) {
            convert(ints, element == Element.SHORT ? "I2S" : "I2B", vectors);
        }
        exactly(vectors);
        place.push(operand, copy * lanes);
        call(vectors, "intoArray", "(" + element.array + "I)V");
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
                call(reals, "fma", "(" + VECTOR + VECTOR + ")L" + reals + ";");
            }
            case RECIPROCAL -> {
                code.visitVarInsn(ALOAD, locals.vector(value, SHARED));
                push(value.argument(0), copy);
                call(reals, "div", "(" + VECTOR + ")L" + reals + ";");
            }
            case NEGATE -> unary(value, copy, self, "NEG");
            case NOT -> {
                if (value.type() == Scalar.BOOL) {
                    push(value.argument(0), copy);
                    masks("not", 1);
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
                convert(ints, width.conversion, reals);
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
            masks(maskMethod, 2);
        } else {
            operator(operator, "Binary");
            push(value.argument(1), copy);
            call(ints, "lanewise", "(L" + OPERATORS + "$Binary;" + VECTOR + ")L" + ints + ";");
        }
    }

    private void shift(Value value, int copy, String operator) {
        push(value.argument(0), copy);
        operator(operator, "Binary");
        if (value.argument(1).uniform()) {
            scalar.load(value.argument(1));
            if (width == Width.WIDE && !value.argument(1).type().isWide()) {
                code.visitInsn(I2L);
            }
            call(ints, "lanewise", "(L" + OPERATORS + "$Binary;" + width.intDescriptor + ")L" + ints + ";");
        } else {
            push(value.argument(1), copy);
            call(ints, "lanewise", "(L" + OPERATORS + "$Binary;" + VECTOR + ")L" + ints + ";");
        }
    }

    private void compare(Value value, int copy, String operator) {
        Scalar type = value.argument(0).type();
        if (type == Scalar.BOOL) {
            push(value.argument(0), copy);
            push(value.argument(1), copy);
            masks("eq", 2);
            if (value.code() == Opcode.NOT_EQUAL) {
                masks("not", 1);
            }
            return;
        }
        boolean ordered = value.code() == Opcode.LESS || value.code() == Opcode.LESS_OR_EQUAL;
        pushOrdered(value.argument(0), copy, ordered);
        operator(operator, "Comparison");
        pushOrdered(value.argument(1), copy, ordered);
        String self = type == width.real ? reals : ints;
        call(self, "compare", "(L" + OPERATORS + "$Comparison;" + VECTOR + ")L" + MASK + ";");
        if (type != width.real) {
            species();
            call(MASK, "cast", "(" + SPECIES + ")L" + MASK + ";");
            exactly(MASK);
        }
    }

    /** Unsigned order is signed order with the top bit flipped; the unsigned comparisons have other names in other releases. */
    private void pushOrdered(Value value, int copy, boolean ordered) {
        push(value, copy);
        if (ordered && value.type().isUnsigned()) {
            integer("XOR", width == Width.WIDE ? Long.MIN_VALUE : Integer.MIN_VALUE);
        }
    }

    private void select(Value value, int copy) {
        if (value.type() == Scalar.BOOL) {
            // c ? a : b = (a and c) or (b and not c)
            push(value.argument(1), copy);
            push(value.argument(0), copy);
            masks("and", 2);
            push(value.argument(2), copy);
            push(value.argument(0), copy);
            masks("andNot", 2);
            masks("or", 2);
            return;
        }
        pushAsReals(value.argument(2), copy);
        pushAsReals(value.argument(1), copy);
        push(value.argument(0), copy);
        call(reals, "blend", "(" + VECTOR + "L" + MASK + ";)L" + reals + ";");
        if (value.type() != width.real) {
            reinterpret(reals, ints);
        }
    }

    private void pushAsReals(Value value, int copy) {
        push(value, copy);
        if (value.type() != width.real) {
            reinterpret(ints, reals);
        }
    }

    private void bitcast(Value value, int copy) {
        push(value.argument(0), copy);
        boolean fromReal = value.argument(0).type() == width.real;
        boolean toReal = value.type() == width.real;
        if (fromReal && !toReal) {
            reinterpret(reals, ints);
        } else if (!fromReal && toReal) {
            reinterpret(ints, reals);
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
            integer("AND", mask);
            code.visitVarInsn(ASTORE, half[2 * i]);
            push(value.argument(i), copy);
            integer("LSHR", width.half);
            code.visitVarInsn(ASTORE, half[2 * i + 1]);
        }
        // a b = (a1 b1) 2^2h + (a1 b0 + a0 b1) 2^h + a0 b0: no sum below exceeds the bits of an element.
        product(half[0], half[2]);
        integer("LSHR", width.half);
        product(half[1], half[2]);
        call(ints, "add", "(" + VECTOR + ")L" + ints + ";");
        code.visitVarInsn(ASTORE, half[4]);
        product(half[0], half[3]);
        code.visitVarInsn(ALOAD, half[4]);
        integer("AND", mask);
        call(ints, "add", "(" + VECTOR + ")L" + ints + ";");
        integer("LSHR", width.half);
        code.visitVarInsn(ALOAD, half[4]);
        integer("LSHR", width.half);
        call(ints, "add", "(" + VECTOR + ")L" + ints + ";");
        product(half[1], half[3]);
        call(ints, "add", "(" + VECTOR + ")L" + ints + ";");
    }

    private void product(int a, int b) {
        code.visitVarInsn(ALOAD, a);
        code.visitVarInsn(ALOAD, b);
        call(ints, "mul", "(" + VECTOR + ")L" + ints + ";");
    }

    /** Makes one of the masks on the stack. */
    private void masks(String method, int count) {
        call(MASK, method, "(" + (count == 1 ? "" : "L" + MASK + ";") + ")L" + MASK + ";");
        exactly(MASK);
    }

    /** Combines the integer vector on the stack with one number. */
    private void integer(String operator, long number) {
        operator(operator, "Binary");
        code.visitLdcInsn(width == Width.WIDE ? (Object) number : (Object) (int) number);
        call(ints, "lanewise", "(L" + OPERATORS + "$Binary;" + width.intDescriptor + ")L" + ints + ";");
    }

    /** Converts the lanes of the vector on the stack to those of another class, as many. */
    private void convert(String from, String conversion, String to) {
        operator(conversion, "Conversion");
        species(to);
        code.visitInsn(ICONST_0);
        call(from, "convertShape", "(L" + OPERATORS + "$Conversion;" + SPECIES + "I)" + VECTOR);
        exactly(to);
    }

    /** Takes the bits of the vector on the stack as those of another class. */
    private void reinterpret(String from, String to) {
        String elements = to.substring(PACKAGE.length(), to.length() - "Vector".length());
        call(from, "reinterpretAs" + elements + "s", "()L" + to + ";");
        exactly(to);
    }

    /** Tells the JVM's compiler the exact class of what is on the stack and that it is not null; see {@link VectorTypes}. Bytes are
     * only read. */
    private void exactly(String type) {
        if (type.equals(BYTES)) {
            code.visitTypeInsn(CHECKCAST, type);
        } else {
            String field = type.equals(SHORTS) ? "SHORT" : type.equals(MASK) ? width.real + "_MASK"
                    : (type.equals(reals) ? width.real : width.integer).name();
            code.visitFieldInsn(GETSTATIC, TYPES, field, "Ljava/lang/Class;");
            code.visitInsn(SWAP);
            call("java/lang/Class", "cast", "(Ljava/lang/Object;)Ljava/lang/Object;");
            staticCall("java/util/Objects", "requireNonNull", "(Ljava/lang/Object;)Ljava/lang/Object;");
            code.visitTypeInsn(CHECKCAST, type);
        }
    }

    private void species() {
        species(reals);
    }

    private void species(String vectors) {
        // As many shorts as there are ints take half the bits, as many bytes a quarter.
        String name = vectors.equals(SHORTS) ? "SPECIES_" + lanes * Short.SIZE : vectors.equals(BYTES)
                ? "SPECIES_" + lanes * Byte.SIZE : "SPECIES_PREFERRED";
        code.visitFieldInsn(GETSTATIC, vectors, name, SPECIES);
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
