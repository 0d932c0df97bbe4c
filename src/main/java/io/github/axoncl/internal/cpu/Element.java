package io.github.axoncl.internal.cpu;

import io.github.axoncl.DType;
import io.github.axoncl.internal.kernel.Type.Scalar;
import io.github.axoncl.internal.memory.HostMemory;
import org.objectweb.asm.MethodVisitor;

import static org.objectweb.asm.Opcodes.*;

/** What an element is in an array, and how generated code loads and stores one. */
enum Element {
    /** A float. */
    FLOAT("[F", FALOAD, FASTORE, DType.FLOAT32),
    /** A double. */
    DOUBLE("[D", DALOAD, DASTORE, DType.FLOAT64),
    /** 16 bits, which the straight line takes as a uint. */
    SHORT("[S", SALOAD, SASTORE, DType.FLOAT16),
    /** An int, which the straight line may take as a uint too. */
    INT("[I", IALOAD, IASTORE, DType.INT32),
    /** 8 bits, which the straight line takes as a uint. */
    BYTE("[B", BALOAD, BASTORE, DType.UINT8),
    /** A long, which goes from one stage of a line to the next. */
    LONG("[J", LALOAD, LASTORE, null);

    final String array;
    final int store;
    /** A type of which an operand has such arrays, null if there is none. */
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

    static Element of(DType type) {
        return switch (type) {
            case FLOAT32 -> FLOAT;
            case FLOAT64 -> DOUBLE;
            case FLOAT16, BFLOAT16 -> SHORT;
            case INT32 -> INT;
            case UINT8 -> BYTE;
        };
    }

    /** What a value of a straight line is kept as between two stages. */
    static Element keeping(Scalar type) {
        return switch (type) {
            case FLOAT -> FLOAT;
            case DOUBLE -> DOUBLE;
            case LONG, ULONG -> LONG;
            case INT, UINT, BOOL -> INT;
        };
    }

    /** An array of such elements. */
    Object newArray(int length) {
        return this == LONG ? new long[length] : HostMemory.newArray(type, length);
    }

    /** The mask of the bits that belong to an element narrower than an int; 0 for others. */
    int mask() {
        return this == SHORT ? 0xFFFF : this == BYTE ? 0xFF : 0;
    }

    /** Loads the element whose array and index are on the stack. */
    void load(MethodVisitor code) {
        code.visitInsn(load);
        if (mask() != 0) {
            code.visitLdcInsn(mask());
            code.visitInsn(IAND);
        }
    }
}
