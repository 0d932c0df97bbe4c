package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Value;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is computed by a loop, and on what: equal for loops that are the same, from whatever function they come. */
final class LoopKey {
    private final Object[] parts;
    private final int hash;

    LoopKey(LoopShape shape) {
        Map<Value, Integer> numbers = new HashMap<>();
        List<Object> all = new ArrayList<>();
        for (Value value : shape.line().values()) {
            all.add(value.code());
            all.add(value.type());
            all.add(value.bits());
            all.add(value.uniform());
            for (Value argument : value.arguments()) {
                all.add(numbers.get(argument));
            }
            numbers.put(value, numbers.size());
        }
        for (Value output : shape.line().outputs()) {
            all.add(numbers.get(output));
        }
        for (int target : shape.targets()) {
            all.add(target);
        }
        // Not the port itself: the methods that a record gets by itself would make classes in a first call.
        for (LoopShape.Port port : shape.operands()) {
            all.add(port.element());
            all.add(port.period());
        }
        parts = all.toArray();
        hash = Arrays.hashCode(parts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LoopKey that && hash == that.hash && Arrays.equals(parts, that.parts);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
