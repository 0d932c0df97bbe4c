package io.github.axoncl.internal.cpu;

import org.objectweb.asm.MethodVisitor;

import static org.objectweb.asm.Opcodes.*;

/** Writes calls of the vector API on what is on the stack, and what the JVM's compiler must know of their results. */
final class VectorCalls {
    static final String SHORTS = Width.PACKAGE + "ShortVector";
    static final String BYTES = Width.PACKAGE + "ByteVector";
    static final String MASK = Width.PACKAGE + "VectorMask";
    static final String VECTOR = "L" + Width.PACKAGE + "Vector;";
    static final String SPECIES = "L" + Width.PACKAGE + "VectorSpecies;";
    static final String OPERATORS = Width.PACKAGE + "VectorOperators";
    private static final String TYPES = VectorTypes.class.getName().replace('.', '/');

    private final MethodVisitor code;
    private final Width width;
    private final int lanes;

    /** Writes to a method.
     *
     * @param lanes how many elements a vector has */
    VectorCalls(MethodVisitor code, Width width, int lanes) {
        this.code = code;
        this.width = width;
        this.lanes = lanes;
    }

    /** Makes one of the masks on the stack. */
    void masks(String method, int count) {
        call(MASK, method, "(" + (count == 1 ? "" : "L" + MASK + ";") + ")L" + MASK + ";");
        exactly(MASK);
    }

    /** Combines the integer vector on the stack with one number. */
    void integer(String operator, long number) {
        operator(operator, "Binary");
        code.visitLdcInsn(width == Width.WIDE ? (Object) number : (Object) (int) number);
        call(width.ints, "lanewise", "(L" + OPERATORS + "$Binary;" + width.intDescriptor + ")L" + width.ints + ";");
    }

    /** Converts the lanes of the vector on the stack to those of another class, as many. */
    void convert(String from, String conversion, String to) {
        operator(conversion, "Conversion");
        species(to);
        code.visitInsn(ICONST_0);
        call(from, "convertShape", "(L" + OPERATORS + "$Conversion;" + SPECIES + "I)" + VECTOR);
        exactly(to);
    }

    /** Takes the bits of the vector on the stack as those of another class. */
    void reinterpret(String from, String to) {
        String elements = to.substring(Width.PACKAGE.length(), to.length() - "Vector".length());
        call(from, "reinterpretAs" + elements + "s", "()L" + to + ";");
        exactly(to);
    }

    /** Tells the JVM's compiler the exact class of what is on the stack and that it is not null; see {@link VectorTypes}. Bytes
     * are only read. */
    void exactly(String type) {
        if (type.equals(BYTES)) {
            code.visitTypeInsn(CHECKCAST, type);
        } else {
            String field = type.equals(SHORTS) ? "SHORT" : type.equals(MASK) ? width.real + "_MASK"
                    : (type.equals(width.reals) ? width.real : width.integer).name();
            code.visitFieldInsn(GETSTATIC, TYPES, field, "Ljava/lang/Class;");
            code.visitInsn(SWAP);
            call("java/lang/Class", "cast", "(Ljava/lang/Object;)Ljava/lang/Object;");
            staticCall("java/util/Objects", "requireNonNull", "(Ljava/lang/Object;)Ljava/lang/Object;");
            code.visitTypeInsn(CHECKCAST, type);
        }
    }

    void species() {
        species(width.reals);
    }

    void species(String vectors) {
        // As many shorts as there are ints take half the bits, as many bytes a quarter.
        String name = vectors.equals(SHORTS) ? "SPECIES_" + lanes * Short.SIZE : vectors.equals(BYTES)
                ? "SPECIES_" + lanes * Byte.SIZE : "SPECIES_PREFERRED";
        code.visitFieldInsn(GETSTATIC, vectors, name, SPECIES);
    }

    /** Pushes an operator; those that are associative have a type of their own. */
    void operator(String name, String kind) {
        boolean associative = name.equals("AND") || name.equals("OR") || name.equals("XOR");
        code.visitFieldInsn(GETSTATIC, OPERATORS, name, "L" + OPERATORS + "$" + (associative ? "Associative" : kind) + ";");
    }

    void call(String owner, String method, String descriptor) {
        code.visitMethodInsn(INVOKEVIRTUAL, owner, method, descriptor, false);
    }

    void staticCall(String owner, String method, String descriptor) {
        code.visitMethodInsn(INVOKESTATIC, owner, method, descriptor, false);
    }
}
