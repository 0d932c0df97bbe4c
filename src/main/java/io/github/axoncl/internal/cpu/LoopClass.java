package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Value;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;

import java.lang.invoke.MethodHandles;
import java.util.TreeSet;

import static org.objectweb.asm.Opcodes.*;

/** Writes the class of one loop, in scalar or SIMD form, and defines it as a hidden one. */
final class LoopClass {
    private static final String NAME = LoopClass.class.getPackageName().replace('.', '/') + "/GeneratedLoop";
    private static final String RUN = "([Ljava/lang/Object;[III[DI)I";

    static final int ARRAYS = 1;
    static final int OFFSETS = 2;
    static final int FROM = 3;
    static final int TO = 4;
    static final int PARAMETERS = 5;
    static final int BESIDE = 6;
    private static final int FIRST_FREE = 7;

    private final LoopShape shape;
    private final MethodVisitor code;
    private final Locals locals = new Locals(FIRST_FREE);
    private final ScalarCode scalar;

    private LoopClass(LoopShape shape, MethodVisitor code, boolean fma) {
        this.shape = shape;
        this.code = code;
        this.scalar = new ScalarCode(code, locals, fma);
    }

    /** The loop in scalar form. */
    static Loop scalar(LoopShape shape) {
        return define(shape, 0);
    }

    /** The loop in SIMD form; the module {@code jdk.incubator.vector} must be there. */
    static Loop simd(LoopShape shape, int vectorsPerStep) {
        return define(shape, vectorsPerStep);
    }

    /** The class file of a {@link ReadyLoop}, the same whatever processor it is made on. */
    static byte[] ready(String name, LoopShape shape) {
        ClassWriter writer = begin(name.replace('.', '/'), ReadyLoop.class);
        MethodVisitor operations = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "operations", "()I", null, null);
        operations.visitCode();
        operations.visitLdcInsn(shape.line().operations());
        operations.visitInsn(IRETURN);
        operations.visitMaxs(0, 0);
        operations.visitEnd();
        return end(writer, shape, 0, true);
    }

    private static Loop define(LoopShape shape, int vectorsPerStep) {
        byte[] file = end(begin(NAME, Loop.class), shape, vectorsPerStep, Fma.HARDWARE);
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup().defineHiddenClass(file, true);
            return (Loop) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated loop could not be defined", e);
        }
    }

    /** A class with a constructor. */
    private static ClassWriter begin(String name, Class<?> type) {
        // Frames are computed; every merge is of equal types, so no class need be looked up.
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_FRAMES) {
            @Override
            protected String getCommonSuperClass(String a, String b) {
                return "java/lang/Object";
            }
        };
        writer.visit(V17, ACC_FINAL | ACC_SUPER, name, null, "java/lang/Object",
                new String[] {type.getName().replace('.', '/')});
        MethodVisitor init = writer.visitMethod(0, "<init>", "()V", null, null);
        init.visitCode();
        init.visitVarInsn(ALOAD, 0);
        init.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
        init.visitInsn(RETURN);
        init.visitMaxs(0, 0);
        init.visitEnd();
        return writer;
    }

    /** Ends a class with the loop.
     *
     * @param fma whether the processor has a fused multiply-add */
    private static byte[] end(ClassWriter writer, LoopShape shape, int vectorsPerStep, boolean fma) {
        MethodVisitor run = writer.visitMethod(ACC_PUBLIC | ACC_FINAL, "run", RUN, null, null);
        run.visitCode();
        new LoopClass(shape, run, fma).emit(vectorsPerStep);
        run.visitMaxs(0, 0);
        run.visitEnd();
        writer.visitEnd();
        return writer.toByteArray();
    }

    private void emit(int vectorsPerStep) {
        openOperands();
        for (Value value : shape.line().values()) {
            if (value.uniform()) {
                scalar.emit(value);
            }
        }
        if (vectorsPerStep == 0) {
            emitScalarLoop();
        } else {
            VectorCode vector = new VectorCode(code, locals, scalar, shape);
            vector.prepare();
            if (vectorsPerStep > 1) {
                emitVectorLoop(vector, vectorsPerStep);
            }
            emitVectorLoop(vector, 1);
        }
        code.visitVarInsn(ILOAD, FROM);
        code.visitInsn(IRETURN);
    }

    /** Array and offset of each operand go to locals once, and the masks that take the place of a modulo. */
    private void openOperands() {
        TreeSet<Integer> used = new TreeSet<>();
        for (Value value : shape.line().values()) {
            if (value.code() == Opcode.INPUT) {
                used.add((int) value.bits());
            }
        }
        for (int target : shape.targets()) {
            used.add(target);
        }
        for (int k = 0; k < shape.operands().size(); k++) {
            if (shape.isListed(k)) {
                used.add(k + 1);
            }
        }
        for (int operand : used) {
            code.visitVarInsn(ALOAD, ARRAYS);
            locals.pushInt(code, operand);
            code.visitInsn(AALOAD);
            code.visitTypeInsn(CHECKCAST, shape.operands().get(operand).element().array);
            code.visitVarInsn(ASTORE, locals.array(operand));
            code.visitVarInsn(ALOAD, OFFSETS);
            locals.pushInt(code, operand);
            code.visitInsn(IALOAD);
            code.visitVarInsn(ISTORE, locals.offset(operand));
        }
        TreeSet<Integer> periods = new TreeSet<>();
        for (int operand : used) {
            periods.add(shape.operands().get(operand).period());
        }
        for (int period : periods) {
            if (period > 0) {
                code.visitVarInsn(ILOAD, BESIDE);
                locals.pushInt(code, period);
                code.visitInsn(IMUL);
                code.visitInsn(ICONST_1);
                code.visitInsn(ISUB);
                code.visitVarInsn(ISTORE, locals.mask(period));
            }
        }
    }

    private void emitScalarLoop() {
        Label head = new Label();
        Label end = new Label();
        code.visitLabel(head);
        code.visitVarInsn(ILOAD, FROM);
        code.visitVarInsn(ILOAD, TO);
        code.visitJumpInsn(IF_ICMPGE, end);
        for (Value value : shape.line().values()) {
            if (value.code() == Opcode.INPUT) {
                pushElement((int) value.bits(), 0);
                shape.operands().get((int) value.bits()).element().load(code);
                scalar.store(value);
            } else if (!value.uniform()) {
                scalar.emit(value);
            }
        }
        for (int i = 0; i < shape.targets().length; i++) {
            pushElement(shape.targets()[i], 0);
            scalar.load(shape.line().outputs().get(i));
            code.visitInsn(shape.operands().get(shape.targets()[i]).element().store);
        }
        code.visitIincInsn(FROM, 1);
        code.visitJumpInsn(GOTO, head);
        code.visitLabel(end);
    }

    private void emitVectorLoop(VectorCode vector, int vectors) {
        int step = vector.lanes() * vectors;
        Label head = new Label();
        Label end = new Label();
        code.visitLabel(head);
        code.visitVarInsn(ILOAD, FROM);
        code.visitVarInsn(ILOAD, TO);
        locals.pushInt(code, step);
        code.visitInsn(ISUB);
        code.visitJumpInsn(IF_ICMPGT, end);
        for (Value value : shape.line().values()) {
            if (!value.uniform()) {
                for (int copy = 0; copy < vectors; copy++) {
                    if (value.code() == Opcode.INPUT) {
                        vector.load(value, copy, shape.isListed((int) value.bits()) ? this::pushList : this::pushElement);
                    } else {
                        vector.emit(value, copy);
                    }
                }
            }
        }
        for (int i = 0; i < shape.targets().length; i++) {
            for (int copy = 0; copy < vectors; copy++) {
                vector.storeTo(shape.line().outputs().get(i), shape.targets()[i], copy, this::pushElement);
            }
        }
        code.visitIincInsn(FROM, step);
        code.visitJumpInsn(GOTO, head);
        code.visitLabel(end);
    }

    /** Pushes an operand's array and the index of the current element plus ahead. */
    private void pushElement(int operand, int ahead) {
        code.visitVarInsn(ALOAD, locals.array(operand));
        if (shape.isListed(operand)) {
            pushElement(operand + 1, ahead);
            code.visitInsn(IALOAD);
            code.visitVarInsn(ILOAD, locals.offset(operand));
            code.visitInsn(IADD);
            return;
        }
        code.visitVarInsn(ILOAD, FROM);
        if (ahead > 0) {
            locals.pushInt(code, ahead);
            code.visitInsn(IADD);
        }
        int period = shape.operands().get(operand).period();
        if (period > 0) {
            code.visitVarInsn(ILOAD, locals.mask(period));
            code.visitInsn(IAND);
        }
        code.visitVarInsn(ILOAD, locals.offset(operand));
        code.visitInsn(IADD);
    }

    /** Pushes an operand's array, where its element 0 lies, and where in a list the numbers of elements begin. */
    private void pushList(int operand, int ahead) {
        code.visitVarInsn(ALOAD, locals.array(operand));
        code.visitVarInsn(ILOAD, locals.offset(operand));
        pushElement(operand + 1, ahead);
    }

    /** Pushes where an element of an operand lies. */
    interface Place {
        void push(int operand, int ahead);
    }
}
