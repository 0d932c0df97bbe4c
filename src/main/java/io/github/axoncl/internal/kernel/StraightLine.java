package io.github.axoncl.internal.kernel;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * What is left of a function after it was run symbolically once: operations in an order in which each comes behind its
 * operands, without dead ones.
 *
 * @param values  the operations
 * @param outputs the results, all among the values
 */
public record StraightLine(List<Value> values, List<Value> outputs) {

    private static final Dependencies ARGUMENTS = new Dependencies() {
        @Override
        public List<Value> of(Value value) {
            return value.arguments();
        }
    };

    static StraightLine of(List<Value> outputs) {
        return new StraightLine(order(outputs, ARGUMENTS), List.copyOf(outputs));
    }

    /** A line that passes a float on. */
    public static StraightLine copy() {
        return of(List.of(new Tracer().input(0, Type.Scalar.FLOAT)));
    }

    /** The roots and all they depend on, each behind its dependencies. Without recursion: a line may be thousands of operations
     * deep. */
    static List<Value> order(List<Value> roots, Dependencies dependencies) {
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Value> order = new ArrayList<>();
        List<Value> stack = new ArrayList<>();
        for (int root = roots.size() - 1; root >= 0; root--) {
            stack.add(roots.get(root));
        }
        while (!stack.isEmpty()) {
            Value top = stack.get(stack.size() - 1);
            int pending = stack.size();
            if (!seen.contains(top)) {
                List<Value> needed = dependencies.of(top);
                for (int i = needed.size() - 1; i >= 0; i--) {
                    if (!seen.contains(needed.get(i))) {
                        stack.add(needed.get(i));
                    }
                }
            }
            if (stack.size() == pending) {
                stack.remove(pending - 1);
                if (seen.add(top)) {
                    order.add(top);
                }
            }
        }
        return List.copyOf(order);
    }

    /** What a value is computed from. */
    interface Dependencies {
        List<Value> of(Value value);
    }

    /** The largest number of an input, or -1. */
    public int lastInput() {
        int last = -1;
        for (Value value : values) {
            if (value.code() == Opcode.INPUT) {
                last = Math.max(last, (int) value.bits());
            }
        }
        return last;
    }

    /** The number of operations done for every element: no constants, inputs, or values of the parameters alone. */
    public int operations() {
        int operations = 0;
        for (Value value : values) {
            operations += value.uniform() || value.code() == Opcode.INPUT ? 0 : 1;
        }
        return operations;
    }
}
