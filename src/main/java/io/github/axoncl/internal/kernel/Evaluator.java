package io.github.axoncl.internal.kernel;

import java.util.IdentityHashMap;
import java.util.Map;

/** Computes a straight line for one element, operation by operation, with the bits of every other executor. */
final class Evaluator {
    private final StraightLine line;
    private final float[] parameters;

    Evaluator(StraightLine line, float... parameters) {
        this.line = line;
        this.parameters = parameters;
    }

    /** The first output. */
    float at(float... inputs) {
        Map<Value, Long> known = new IdentityHashMap<>();
        for (Value value : line.values()) {
            known.put(value, switch (value.code()) {
                case CONSTANT -> value.bits();
                case INPUT -> Bits.of(inputs[(int) value.bits()]);
                case PARAMETER -> Bits.of(parameters[(int) value.bits()]);
                case SELECT -> known.get(value.argument(known.get(value.argument(0)) != 0 ? 1 : 2));
                default -> Folding.apply(value.code(), value.type(), value.argument(0).type(),
                        value.arguments().stream().mapToLong(known::get).toArray());
            });
        }
        return Bits.toFloat(known.get(line.outputs().get(0)));
    }
}
