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
    private final Map<Integer, Integer> masks = new HashMap<>();
    private final Map<Value, Integer> scalars = new IdentityHashMap<>();
    private final Map<Value, Map<Integer, Integer>> vectors = new IdentityHashMap<>();
    private final Map<Integer, Integer> temporaries = new HashMap<>();
    private int next;

    Locals(int first) {
        this.next = first;
    }

    int array(int operand) {
        return place(arrays, operand);
    }

    int offset(int operand) {
        return place(offsets, operand);
    }

    int mask(int period) {
        return place(masks, period);
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
        return place(temporaries, index);
    }

    int vector(Value value, int copy) {
        Map<Integer, Integer> copies = vectors.get(value);
        if (copies == null) {
            copies = new HashMap<>();
            vectors.put(value, copies);
        }
        return place(copies, copy);
    }

    private int place(Map<Integer, Integer> places, int key) {
        Integer known = places.get(key);
        if (known == null) {
            known = next++;
            places.put(key, known);
        }
        return known;
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
