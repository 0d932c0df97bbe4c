package io.github.axoncl.bench;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.Operand;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.oracle.FlushRule;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A function on elements of another type than float32: of these only bits are compared; how close they are to the exact values is
 * a matter of the tests.
 *
 * @param function  the function
 * @param operation what is computed of it
 * @param type      the type of the elements
 */
record TypeCase(ActivationFunction function, Operation operation, DType type) {
    private static final int ALL_OF_16_BITS = 1 << 16;

    /** Every function, operation and type; both tiers where the type is computed in float32. */
    static List<TypeCase> all() {
        List<TypeCase> cases = new ArrayList<>();
        for (DType type : List.of(DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)) {
            for (Activation activation : Activation.values()) {
                add(cases, activation, type);
                if (type != DType.FLOAT64 && activation.definition().hasFast()) {
                    add(cases, activation.fast(), type);
                }
            }
        }
        return cases;
    }

    private static void add(List<TypeCase> cases, ActivationFunction function, DType type) {
        for (Operation operation : Operation.values()) {
            boolean fromOutput = operation == Operation.BACKWARD_FROM_OUTPUT;
            if (!fromOutput || function.definition().hasDerivativeFromOutput() && function.precision() == Precision.ACCURATE) {
                cases.add(new TypeCase(function, operation, type));
            }
        }
    }

    String title() {
        return type.id() + " " + function.describe() + " " + operation.id();
    }

    /** All inputs of a 16-bit type if there are samples enough; any bit patterns and numbers of usual size in double. */
    Inputs inputs(int samples) {
        SplittableRandom random = new SplittableRandom(5);
        if (type == DType.FLOAT64) {
            float[] narrow = Samples.inputs(samples);
            double[] x = new double[samples];
            double[] dy = new double[samples];
            for (int i = 0; i < samples; i++) {
                x[i] = switch (i % 4) {
                    case 0 -> narrow[i];
                    case 1 -> Double.longBitsToDouble(random.nextLong());
                    case 2 -> 8 * random.nextGaussian();
                    default -> (random.nextDouble() - 0.5) * 1600;
                };
                dy[i] = Math.scalb(random.nextDouble(-2, 2), random.nextInt(-12, 12));
            }
            return new Inputs(x, dy);
        }
        short[] x = new short[Math.min(samples, ALL_OF_16_BITS)];
        short[] dy = new short[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = (short) (x.length == ALL_OF_16_BITS ? i : random.nextInt());
            dy[i] = (short) random.nextInt();
        }
        return new Inputs(x, dy);
    }

    /** Arrays of the type: the first input and the gradient. */
    record Inputs(Object x, Object dy) {
    }

    private Object run(Backend backend, Inputs in) {
        Object out = type == DType.FLOAT64 ? new double[((double[]) in.x()).length] : new short[((short[]) in.x()).length];
        Operand x = operand(in.x());
        Operand dy = operand(in.dy());
        Operand result = operand(out);
        switch (operation) {
            case FORWARD -> backend.forward(function, x, result);
            case DERIVATIVE -> backend.derivative(function, x, result);
            case BACKWARD -> backend.backward(function, x, dy, result);
            case BACKWARD_FROM_OUTPUT -> backend.backwardFromOutput(function, x, dy, result);
        }
        return out;
    }

    private Operand operand(Object array) {
        return array instanceof double[] doubles ? Operand.of(doubles) : Operand.of((short[]) array, type);
    }

    /** Compares two backends.
     *
     * @param bitExact whether flushed subnormals explain nothing */
    Comparison compare(Backend reference, Backend target, boolean bitExact, int samples) {
        Inputs in = inputs(samples);
        Object expected = run(reference, in);
        Object actual = run(target, in);
        return type == DType.FLOAT64 ? compareDoubles((double[]) expected, (double[]) actual, (double[]) in.x())
                : compareShorts((short[]) expected, (short[]) actual, (short[]) in.x(), (short[]) in.dy(), bitExact ? null
                        : (short[]) run(reference, new Inputs(flushed((short[]) in.x()), flushed((short[]) in.dy()))));
    }

    /** The inputs as a device takes them that flushes what is subnormal in float32. */
    private short[] flushed(short... values) {
        short[] flushed = values.clone();
        for (int i = 0; i < flushed.length; i++) {
            if (type == DType.BFLOAT16 && Math.abs(number(values[i])) < Float.MIN_NORMAL) {
                flushed[i] &= (short) 0x8000;
            }
        }
        return flushed;
    }

    private static Comparison compareDoubles(double[] expected, double[] actual, double... x) {
        long differing = 0;
        String first = "";
        for (int i = 0; i < x.length; i++) {
            if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(actual[i])) {
                first = differing++ == 0 ? "x=" + x[i] + " gave " + actual[i] + ", not " + expected[i] : first;
            }
        }
        return new Comparison(x.length, differing, 0, 0, first);
    }

    /** On a bit-exact device {@code ofFlushed} is null. */
    private Comparison compareShorts(short[] expected, short[] actual, short[] x, short[] dy, short[] ofFlushed) {
        long differing = 0;
        long flushed = 0;
        String first = "";
        for (int i = 0; i < x.length; i++) {
            if (expected[i] != actual[i] && !(isNan(expected[i]) && isNan(actual[i]))) {
                if (ofFlushed != null && type == DType.BFLOAT16
                        && isFlushed(actual[i], expected[i], ofFlushed[i], x[i], dy[i])) {
                    flushed++;
                } else if (differing++ == 0) {
                    first = String.format("x=%04x dy=%04x gave %04x, not %04x", x[i], dy[i], actual[i], expected[i]);
                }
            }
        }
        return new Comparison(x.length, differing, flushed, 0, first);
    }

    private boolean isNan(short bits) {
        return (bits & 0x7FFF) > (type == DType.FLOAT16 ? 0x7C00 : 0x7F80);
    }

    /** A bfloat16 may be below the normal range of float32; a float16 is not. */
    private boolean isFlushed(short actual, short expected, short ofFlushed, short x, short dy) {
        float gradient = operation.takesGradient() ? number(dy) : 1;
        boolean subnormal = Math.abs(number(x)) < Float.MIN_NORMAL || Math.abs(gradient) < Float.MIN_NORMAL;
        return subnormal && (actual == ofFlushed || isNan(actual) && isNan(ofFlushed))
                || FlushRule.explains(number(actual), number(expected), number(ofFlushed), 2 * Math.max(1, Math.abs(gradient)),
                        number(x), gradient);
    }

    private static float number(short bfloat16) {
        return Float.intBitsToFloat(bfloat16 << 16);
    }
}
