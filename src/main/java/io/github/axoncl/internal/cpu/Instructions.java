package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.NamedLine;
import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Stages;
import io.github.axoncl.internal.kernel.StraightLine;
import io.github.axoncl.internal.kernel.Value;

import java.util.List;

/** What operations on vectors come to in instructions. */
final class Instructions implements Stages.Cost {
    private static final int OF_MULTIPLY_HIGH = 16;

    @Override
    public int of(Value value) {
        return value.code() == Opcode.MULTIPLY_HIGH ? OF_MULTIPLY_HIGH : 1;
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
