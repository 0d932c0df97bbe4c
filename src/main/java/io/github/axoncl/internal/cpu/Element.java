package io.github.axoncl.internal.cpu;

import io.github.axoncl.DType;
import io.github.axoncl.internal.kernel.Type.Scalar;
import org.objectweb.asm.MethodVisitor;

import static org.objectweb.asm.Opcodes.*;

/** What an element is in an array, and how generated code loads and stores one. */
enum Element {
    /** A float. */
    FLOAT("[F", FALOAD, FASTORE, DType.FLOAT32),
    /** A double. */
    DOUBLE("[D", DALOAD, DASTORE, DType.FLOAT64),
    /** 16 bits, which the straight line takes as a uint. */
    SHORT("[S", SALOAD, SASTORE, DType.FLOAT16);

    final String array;
    final int store;
    /** A type of which an operand has such arrays. */
    final DType type;
    private final int load;

    Element(String array, int load, int store, DType type) {
        this.array = array;
        this.load = load;
        this.store = store;
        this.type = type;
    }

    static Element of(Scalar type) {
        return switch (type) {
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            default -> SHORT;
        };
    }

    /** Loads the element whose array and index are on the stack. */
    void load(MethodVisitor code) {
        code.visitInsn(load);
        if (this == SHORT) {
            code.visitLdcInsn(0xFFFF);
            code.visitInsn(IAND);
        }
    }
}
