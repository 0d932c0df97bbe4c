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

    static StraightLine of(List<Value> outputs) {
        Set<Value> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Value> order = new ArrayList<>();
        for (Value output : outputs) {
            visit(output, seen, order);
        }
        return new StraightLine(List.copyOf(order), List.copyOf(outputs));
    }

    /** Depth first without recursion: a line may be thousands of operations deep. */
    private static void visit(Value root, Set<Value> seen, List<Value> order) {
        List<Value> stack = new ArrayList<>(List.of(root));
        while (!stack.isEmpty()) {
            Value top = stack.get(stack.size() - 1);
            if (seen.contains(top)) {
                stack.remove(stack.size() - 1);
                continue;
            }
            boolean ready = true;
            for (int i = top.arguments().size() - 1; i >= 0; i--) {
                if (!seen.contains(top.argument(i))) {
                    stack.add(top.argument(i));
                    ready = false;
                }
            }
            if (ready) {
                stack.remove(stack.size() - 1);
                seen.add(top);
                order.add(top);
            }
        }
    }

    /** The number of operations done for every element: no constants, inputs, or values of the parameters alone. */
    public int operations() {
        return (int) values.stream().filter(v -> !v.uniform() && v.code() != Opcode.INPUT).count();
    }
}
