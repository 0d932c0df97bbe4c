package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Value;
import org.objectweb.asm.MethodVisitor;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

import static org.objectweb.asm.Opcodes.*;

/** Hands out local variables of a generated method. */
final class Locals {
    private final Map<Integer, Integer> arrays = new HashMap<>();
    private final Map<Integer, Integer> offsets = new HashMap<>();
    private final Map<Value, Integer> scalars = new IdentityHashMap<>();
    private final Map<Value, Map<Integer, Integer>> vectors = new IdentityHashMap<>();
    private final Map<Integer, Integer> temporaries = new HashMap<>();
    private int next;

    Locals(int first) {
        this.next = first;
    }

    int array(int operand) {
        return arrays.computeIfAbsent(operand, k -> next++);
    }

    int offset(int operand) {
        return offsets.computeIfAbsent(operand, k -> next++);
    }

    int scalar(Value value) {
        Integer known = scalars.get(value);
        if (known == null) {
            known = next;
            next += value.type().isWide() ? 2 : 1;
            scalars.put(value, known);
        }
        return known;
    }

    /** One of a few places for what is needed within one operation. */
    int temporary(int index) {
        return temporaries.computeIfAbsent(index, k -> next++);
    }

    int vector(Value value, int copy) {
        return vectors.computeIfAbsent(value, k -> new HashMap<>()).computeIfAbsent(copy, k -> next++);
    }

    void pushInt(MethodVisitor code, int value) {
        if (value >= -1 && value <= 5) {
            code.visitInsn(ICONST_0 + value);
        } else if (value == (short) value) {
            code.visitIntInsn(SIPUSH, value);
        } else {
            code.visitLdcInsn(value);
        }
    }
}
