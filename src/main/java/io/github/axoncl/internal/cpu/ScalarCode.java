package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Bits;
import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Type.Scalar;
import io.github.axoncl.internal.kernel.Value;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Type;

import static org.objectweb.asm.Opcodes.*;

/**
 * Emits one operation on scalars. Every value has a local variable, except constants, which are pushed where they are used, and
 * conditions, which become jumps where they are used.
 */
final class ScalarCode {
    private static final String HELPERS = ScalarMath.class.getName().replace('.', '/');
    private static final String FMA = Fma.class.getName().replace('.', '/');

    private final MethodVisitor code;
    private final Locals locals;
    private final boolean fma;

    /** Emits to a method.
     *
     * @param fma whether the processor has a fused multiply-add */
    ScalarCode(MethodVisitor code, Locals locals, boolean fma) {
        this.fma = fma;
        this.code = code;
        this.locals = locals;
    }

    static Type jvm(Scalar type) {
        return switch (type) {
            case FLOAT -> Type.FLOAT_TYPE;
            case DOUBLE -> Type.DOUBLE_TYPE;
            case INT, UINT, BOOL -> Type.INT_TYPE;
            case LONG, ULONG -> Type.LONG_TYPE;
        };
    }

    void store(Value value) {
        code.visitVarInsn(jvm(value.type()).getOpcode(ISTORE), locals.scalar(value));
    }

    void load(Value value) {
        if (value.code() == Opcode.CONSTANT) {
            constant(value);
        } else if (value.type() == Scalar.BOOL) {
            condition(value);
        } else {
            code.visitVarInsn(jvm(value.type()).getOpcode(ILOAD), locals.scalar(value));
        }
    }

    private void constant(Value value) {
        switch (value.type()) {
            case FLOAT -> code.visitLdcInsn(Bits.toFloat(value.bits()));
            case DOUBLE -> code.visitLdcInsn(Bits.toDouble(value.bits()));
            case LONG, ULONG -> code.visitLdcInsn(value.bits());
            default -> locals.pushInt(code, (int) value.bits());
        }
    }

    /** Pushes a condition as 0 or 1. */
    private void condition(Value value) {
        Label no = new Label();
        Label end = new Label();
        jumpUnless(value, no);
        code.visitInsn(ICONST_1);
        code.visitJumpInsn(GOTO, end);
        code.visitLabel(no);
        code.visitInsn(ICONST_0);
        code.visitLabel(end);
    }

    /** Emits the operation and stores its result. */
    void emit(Value value) {
        if (value.code() == Opcode.CONSTANT || value.type() == Scalar.BOOL) {
            return;
        }
        Type type = jvm(value.type());
        switch (value.code()) {
            case PARAMETER -> {
                code.visitVarInsn(ALOAD, LoopClass.PARAMETERS);
                locals.pushInt(code, (int) value.bits());
                code.visitInsn(DALOAD);
                if (value.type() == Scalar.FLOAT) {
                    code.visitInsn(D2F);
                } else if (value.type() != Scalar.DOUBLE) {
                    // By way of long, which holds every 32-bit number.
                    code.visitInsn(D2L);
                    code.visitInsn(L2I);
                }
            }
            case ADD -> binary(value, type.getOpcode(IADD));
            case SUBTRACT -> binary(value, type.getOpcode(ISUB));
            case MULTIPLY -> binary(value, type.getOpcode(IMUL));
            case AND -> binary(value, type.getOpcode(IAND));
            case OR -> binary(value, type.getOpcode(IOR));
            case XOR -> binary(value, type.getOpcode(IXOR));
            case NEGATE -> {
                load(value.argument(0));
                code.visitInsn(type.getOpcode(INEG));
            }
            case NOT -> {
                load(value.argument(0));
                code.visitLdcInsn(value.type().isWide() ? (Object) (-1L) : (Object) (-1));
                code.visitInsn(type.getOpcode(IXOR));
            }
            case FMA -> fma(value, type);
            case RECIPROCAL -> {
                code.visitInsn(value.type() == Scalar.FLOAT ? FCONST_1 : DCONST_1);
                load(value.argument(0));
                code.visitInsn(type.getOpcode(IDIV));
            }
            case MULTIPLY_HIGH -> {
                loadAll(value);
                helper("multiplyHigh" + (value.type().isUnsigned() ? "Unsigned" : ""), type, type, type);
            }
            case SHIFT_LEFT -> shift(value, type.getOpcode(ISHL));
            case SHIFT_RIGHT -> shift(value, type.getOpcode(value.type().isUnsigned() ? IUSHR : ISHR));
            case SELECT -> select(value, type);
            case BITCAST -> bitcast(value);
            case CONVERT -> convert(value);
            default -> throw new IllegalStateException("no scalar form of " + value);
        }
        store(value);
    }

    private void loadAll(Value value) {
        for (Value argument : value.arguments()) {
            load(argument);
        }
    }

    private void binary(Value value, int opcode) {
        loadAll(value);
        code.visitInsn(opcode);
    }

    private void fma(Value value, Type type) {
        loadAll(value);
        String owner = value.type() == Scalar.FLOAT && !fma ? FMA : "java/lang/Math";
        code.visitMethodInsn(INVOKESTATIC, owner, "fma", Type.getMethodDescriptor(type, type, type, type), false);
    }

    private void shift(Value value, int opcode) {
        loadAll(value);
        if (value.argument(1).type().isWide()) {
            code.visitInsn(L2I);
        }
        code.visitInsn(opcode);
    }

    private void select(Value value, Type type) {
        String extreme = Extremes.of(value);
        if (extreme != null) {
            // A jump on unpredictable data costs ten times an instruction without one.
            load(value.argument(1));
            load(value.argument(2));
            code.visitMethodInsn(INVOKESTATIC, "java/lang/Math", extreme, Type.getMethodDescriptor(type, type, type), false);
            return;
        }
        Label otherwise = new Label();
        Label end = new Label();
        jumpUnless(value.argument(0), otherwise);
        load(value.argument(1));
        code.visitJumpInsn(GOTO, end);
        code.visitLabel(otherwise);
        load(value.argument(2));
        code.visitLabel(end);
    }

    private void jumpUnless(Value condition, Label no) {
        switch (condition.code()) {
            case CONSTANT -> {
                if (condition.bits() == 0) {
                    code.visitJumpInsn(GOTO, no);
                }
            }
            case NOT -> jumpIf(condition.argument(0), no);
            case AND -> {
                jumpUnless(condition.argument(0), no);
                jumpUnless(condition.argument(1), no);
            }
            case OR -> {
                Label yes = new Label();
                jumpIf(condition.argument(0), yes);
                jumpUnless(condition.argument(1), no);
                code.visitLabel(yes);
            }
            case SELECT -> {
                condition(condition.argument(0));
                Label otherwise = new Label();
                Label end = new Label();
                code.visitJumpInsn(IFEQ, otherwise);
                jumpUnless(condition.argument(1), no);
                code.visitJumpInsn(GOTO, end);
                code.visitLabel(otherwise);
                jumpUnless(condition.argument(2), no);
                code.visitLabel(end);
            }
            default -> compare(condition, no);
        }
    }

    private void jumpIf(Value condition, Label yes) {
        Label no = new Label();
        jumpUnless(condition, no);
        code.visitJumpInsn(GOTO, yes);
        code.visitLabel(no);
    }

    /** Jumps unless the comparison holds. A NaN makes fcmpg 1 and fcmpl -1: less and equal fail, not-equal holds. */
    private void compare(Value value, Label no) {
        loadAll(value);
        Scalar type = value.argument(0).type();
        switch (type) {
            case FLOAT -> code.visitInsn(FCMPG);
            case DOUBLE -> code.visitInsn(DCMPG);
            case LONG -> code.visitInsn(LCMP);
            case ULONG -> code.visitMethodInsn(INVOKESTATIC, "java/lang/Long", "compareUnsigned", "(JJ)I", false);
            case INT -> code.visitMethodInsn(INVOKESTATIC, "java/lang/Integer", "compare", "(II)I", false);
            case UINT -> code.visitMethodInsn(INVOKESTATIC, "java/lang/Integer", "compareUnsigned", "(II)I", false);
            case BOOL -> code.visitInsn(ISUB);
        }
        code.visitJumpInsn(switch (value.code()) {
            case LESS -> IFGE;
            case LESS_OR_EQUAL -> IFGT;
            case EQUAL -> IFNE;
            case NOT_EQUAL -> IFEQ;
            default -> throw new IllegalStateException("no scalar form of " + value);
        }, no);
    }

    private void bitcast(Value value) {
        load(value.argument(0));
        bitcast(value.argument(0).type(), value.type());
    }

    /** Changes the type of what is on the stack, not its bits. */
    void bitcast(Scalar from, Scalar to) {
        switch (from) {
            case FLOAT -> code.visitMethodInsn(INVOKESTATIC, "java/lang/Float", "floatToRawIntBits", "(F)I", false);
            case DOUBLE -> code.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "doubleToRawLongBits", "(D)J", false);
            default -> { }
        }
        switch (to) {
            case FLOAT -> code.visitMethodInsn(INVOKESTATIC, "java/lang/Float", "intBitsToFloat", "(I)F", false);
            case DOUBLE -> code.visitMethodInsn(INVOKESTATIC, "java/lang/Double", "longBitsToDouble", "(J)D", false);
            default -> { }
        }
    }

    /** Integers go through long, which holds every 32-bit value; reals to integers likewise. */
    private void convert(Value value) {
        Value from = value.argument(0);
        load(from);
        if (from.type() == Scalar.FLOAT && value.type() == Scalar.DOUBLE) {
            code.visitInsn(F2D);
        } else if (from.type() == Scalar.DOUBLE && value.type() == Scalar.FLOAT) {
            code.visitInsn(D2F);
        } else {
            switch (from.type()) {
                case FLOAT -> code.visitInsn(F2L);
                case DOUBLE -> code.visitInsn(D2L);
                case INT -> code.visitInsn(I2L);
                case UINT -> code.visitMethodInsn(INVOKESTATIC, "java/lang/Integer", "toUnsignedLong", "(I)J", false);
                default -> { }
            }
            switch (value.type()) {
                case FLOAT -> code.visitInsn(L2F);
                case DOUBLE -> code.visitInsn(L2D);
                case INT, UINT -> code.visitInsn(L2I);
                default -> { }
            }
        }
    }

    private void helper(String name, Type result, Type... arguments) {
        code.visitMethodInsn(INVOKESTATIC, HELPERS, name, Type.getMethodDescriptor(result, arguments), false);
    }
}
