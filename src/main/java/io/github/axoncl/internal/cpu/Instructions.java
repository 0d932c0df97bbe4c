package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Stages;
import io.github.axoncl.internal.kernel.StraightLine;
import io.github.axoncl.internal.kernel.Type.Scalar;
import io.github.axoncl.internal.kernel.Value;

import java.util.List;

/** What operations on vectors come to in instructions. */
final class Instructions implements Stages.Cost {
    private static final int OF_MULTIPLY_HIGH = 16;
    /** Integers are compared to a mask that is cast, and chosen as reals: both of them are reinterpreted, and the result. */
    private static final int OF_COMPARED_INTEGERS = 2;
    private static final int OF_SELECTED_INTEGERS = 4;

    @Override
    public int of(Value value) {
        return switch (value.code()) {
            case MULTIPLY_HIGH -> OF_MULTIPLY_HIGH;
            case LESS, LESS_OR_EQUAL, EQUAL, NOT_EQUAL -> isInteger(value.argument(0)) ? OF_COMPARED_INTEGERS : 1;
            case SELECT -> isInteger(value) ? OF_SELECTED_INTEGERS : 1;
            default -> 1;
        };
    }

    private static boolean isInteger(Value value) {
        return value.type() != Scalar.FLOAT && value.type() != Scalar.DOUBLE && value.type() != Scalar.BOOL;
    }

    /** Lines that follow each other, of at most so many instructions. */
    static List<NamedLine> stages(NamedLine line, int most) {
        return Stages.of(line, new Instructions(), most);
    }

    /** What the operations of a line come to. */
    int of(StraightLine line) {
        int instructions = 0;
        for (Value value : line.values()) {
            instructions += value.uniform() || value.code() == Opcode.INPUT ? 0 : of(value);
        }
        return instructions;
    }
}
