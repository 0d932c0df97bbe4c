package io.github.axoncl.internal.cpu;

import io.github.axoncl.internal.kernel.Bits;
import io.github.axoncl.internal.kernel.Opcode;
import io.github.axoncl.internal.kernel.Type.Scalar;
import io.github.axoncl.internal.kernel.Value;

/**
 * Recognises the selects that are {@link Math#max} or {@link Math#min} bit for bit. Both pass NaN, as {@code x < c ? c : x}
 * does. They order −0 below +0, which a comparison does not: hence the conditions on c.
 */
final class Extremes {
    private Extremes() {
    }

    /** The name of the method, or null. The constant is the select's second operand, x its third. */
    static String of(Value select) {
        Value condition = select.argument(0);
        Value c = select.argument(1);
        Value x = select.argument(2);
        boolean compares = condition.code() == Opcode.LESS || condition.code() == Opcode.LESS_OR_EQUAL;
        if (!(select.type() == Scalar.FLOAT || select.type() == Scalar.DOUBLE) || !compares || c.code() != Opcode.CONSTANT) {
            return null;
        }
        double value = c.type() == Scalar.FLOAT ? Bits.toFloat(c.bits()) : Bits.toDouble(c.bits());
        if (Double.isNaN(value)) {
            return null;
        }
        boolean orEqual = condition.code() == Opcode.LESS_OR_EQUAL;
        if (condition.argument(0) == x && condition.argument(1) == c) {
            return value != 0 || orEqual && c.isConstant(0) ? "max" : null;
        }
        if (condition.argument(0) == c && condition.argument(1) == x) {
            return value != 0 || !orEqual && c.isConstant(0) ? "min" : null;
        }
        return null;
    }
}
