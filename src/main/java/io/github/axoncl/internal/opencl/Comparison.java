package io.github.axoncl.internal.opencl;

import io.github.axoncl.DType;
import io.github.axoncl.Operand;
import io.github.axoncl.internal.memory.HostMemory;

import java.util.Arrays;

/**
 * Counts how results compare with a reference: equal in bits, different in a way that flushed subnormals explain, or wrong.
 *
 * <p>Flushing shows beyond subnormal inputs and results, because an intermediate value may be subnormal where neither is. So
 * below 2^-90 two units in the last place or a zero are put down to it; above, nothing is.
 */
final class Comparison {
    private static final float SMALL = 0x1p-90f;

    private long cases;
    private long flushed;
    private String firstWrong;

    /** Compares one result; {@code inputs} are those of this element. */
    void add(String what, float got, float expected, float... inputs) {
        cases++;
        if (Float.floatToIntBits(got) == Float.floatToIntBits(expected)) {
            return;
        }
        boolean small = Math.abs(expected) < SMALL;
        for (float input : inputs) {
            small |= Math.abs(input) < SMALL;
        }
        double tolerance = Math.max(2 * Math.ulp(expected), Float.MIN_NORMAL);
        if (small && (got == 0 || Math.abs((double) got - expected) <= tolerance)) {
            flushed++;
        } else if (firstWrong == null) {
            firstWrong = wrong(what, got, expected, inputs);
        }
    }

    /** Compares results on the way to which nothing is so small that a device flushes it. */
    void addExact(String what, float[] got, float[] expected, float... inputs) {
        cases += got.length;
        int wrong = Arrays.mismatch(got, expected);
        if (wrong >= 0 && firstWrong == null) {
            firstWrong = wrong(what, got[wrong], expected[wrong], inputs[wrong]);
        }
    }

    /** Compares one result that may also be what comes out when subnormal inputs count as zero. */
    void addOperation(String what, float got, float expected, float expectedOfFlushed, float... inputs) {
        if (got == expectedOfFlushed && got != expected || Math.abs(expectedOfFlushed) < Float.MIN_NORMAL && got == 0
                && expected != 0) {
            cases++;
            flushed++;
        } else {
            add(what, got, expected, inputs);
        }
    }

    /** Compares arrays of results. In types other than float32 and bfloat16 nothing is put down to flushing.
     *
     * @param inputs those of the elements, null if they are never so small that it matters */
    void addAll(String what, Operand got, Operand expected, float[] inputs) {
        Object a = HostMemory.array(got);
        Object b = HostMemory.array(expected);
        if (a instanceof float[] x && b instanceof float[] y && !Arrays.equals(x, y)) {
            for (int i = 0; i < x.length; i++) {
                addElement(what, i, x[i], y[i], inputs);
            }
        } else if (a instanceof short[] x && b instanceof short[] y && !Arrays.equals(x, y)) {
            for (int i = 0; i < x.length; i++) {
                // A NaN has one pattern of bits, and float16 is never so small that it matters.
                if (got.type() == DType.BFLOAT16 && (x[i] & 0x7FFF) <= 0x7F80) {
                    addElement(what, i, Float.intBitsToFloat(x[i] << 16), Float.intBitsToFloat(y[i] << 16), null);
                } else {
                    addBits(what, i, x[i], y[i]);
                }
            }
        } else if (a instanceof double[] x && b instanceof double[] y && !Arrays.equals(x, y)) {
            for (int i = 0; i < x.length; i++) {
                addBits(what, i, Double.doubleToLongBits(x[i]), Double.doubleToLongBits(y[i]));
            }
        } else {
            cases += got.length();
        }
    }

    private void addElement(String what, int i, float got, float expected, float... inputs) {
        boolean differs = Float.floatToIntBits(got) != Float.floatToIntBits(expected);
        if (inputs == null) {
            add(differs ? what + ", element " + i : what, got, expected);
        } else {
            add(differs ? what + ", element " + i : what, got, expected, inputs[i]);
        }
    }

    private void addBits(String what, int i, long got, long expected) {
        cases++;
        if (got != expected && firstWrong == null) {
            firstWrong = what + ", element " + i + ", gave the bits " + Long.toHexString(got) + ", expected "
                    + Long.toHexString(expected);
        }
    }

    private static String wrong(String what, float got, float expected, float... inputs) {
        StringBuilder text = new StringBuilder(what).append(inputs.length == 0 ? "" : " of");
        for (float input : inputs) {
            text.append(' ').append(Float.toHexString(input));
        }
        return text.append(" gave ").append(Float.toHexString(got)).append(", expected ").append(Float.toHexString(expected))
                .toString();
    }

    long cases() {
        return cases;
    }

    /** How many differ by flushed subnormals. */
    long flushed() {
        return flushed;
    }

    /** The first difference that has no such excuse, or null. */
    String firstWrong() {
        return firstWrong;
    }
}
