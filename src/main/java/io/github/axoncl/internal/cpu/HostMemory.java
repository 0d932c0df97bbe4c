package io.github.axoncl.internal.cpu;

import io.github.axoncl.Operand;

import java.nio.FloatBuffer;

/** Moves elements between operands in host memory and arrays. */
final class HostMemory {
    private HostMemory() {
    }

    /** The array behind an operand, or null if it is direct memory. */
    static float[] array(Operand operand) {
        if (operand instanceof Operand.OfFloats floats) {
            return floats.array();
        }
        if (operand instanceof CpuBuffer buffer) {
            return buffer.elements().array();
        }
        FloatBuffer buffer = ((Operand.OfFloatBuffer) operand).buffer();
        return buffer.hasArray() ? buffer.array() : null;
    }

    /** The index of the operand's first element in its array. */
    static int offset(Operand operand) {
        if (operand instanceof Operand.OfFloats floats) {
            return floats.offset();
        }
        return operand instanceof Operand.OfFloatBuffer host && host.buffer().hasArray() ? host.buffer().arrayOffset() : 0;
    }

    /** Copies from an operand to an array. */
    static void read(Operand from, int fromAt, float[] to, int toAt, int length) {
        float[] array = array(from);
        if (array != null) {
            System.arraycopy(array, offset(from) + fromAt, to, toAt, length);
        } else {
            ((Operand.OfFloatBuffer) from).buffer().get(fromAt, to, toAt, length);
        }
    }

    /** Copies from an array to an operand. */
    static void write(float[] from, int fromAt, Operand to, int toAt, int length) {
        float[] array = array(to);
        if (array != null) {
            System.arraycopy(from, fromAt, array, offset(to) + toAt, length);
        } else {
            ((Operand.OfFloatBuffer) to).buffer().put(toAt, from, fromAt, length);
        }
    }
}
