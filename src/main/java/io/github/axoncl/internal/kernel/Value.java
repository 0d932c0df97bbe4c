package io.github.axoncl.internal.kernel;

import java.util.List;

/**
 * One value of a straight line: an operation on earlier values. Compared by identity; equal operations on equal values are one
 * value already.
 *
 * @param code      the operation
 * @param type      the type of the result
 * @param arguments the operands
 * @param bits      the bits of a {@link Opcode#CONSTANT}; the index of an {@link Opcode#INPUT} or {@link Opcode#PARAMETER}
 * @param uniform   whether it is the same for every element
 */
public record Value(Opcode code, Type.Scalar type, List<Value> arguments, long bits, boolean uniform) {

    /** One operand. */
    public Value argument(int index) {
        return arguments.get(index);
    }

    /** Whether this is a constant with these bits. */
    public boolean isConstant(long wanted) {
        return code == Opcode.CONSTANT && bits == wanted;
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return code + ":" + type.text();
    }
}
