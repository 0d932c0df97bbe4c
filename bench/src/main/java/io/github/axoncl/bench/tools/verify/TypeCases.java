package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.DType;
import io.github.axoncl.Operation;
import io.github.axoncl.Precision;
import io.github.axoncl.Rows;
import io.github.axoncl.bench.tools.verify.Trial.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Element-wise functions on elements of other types than float32, both tiers where the type is computed in float32. Of these
 * only bits are compared; how close they are to the exact values is a matter of the tests.
 */
final class TypeCases {
    private static final int ALL_OF_16_BITS = 1 << 16;

    private TypeCases() {
    }

    static List<VerifyCase> all() {
        List<VerifyCase> cases = new ArrayList<>();
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

    private static void add(List<VerifyCase> cases, ActivationFunction f, DType type) {
        for (Operation operation : Operation.values()) {
            boolean fromOutput = operation == Operation.BACKWARD_FROM_OUTPUT;
            if (!fromOutput || f.definition().hasDerivativeFromOutput() && f.precision() == Precision.ACCURATE) {
                cases.add(new VerifyCase(type.id() + " " + f.describe() + " " + operation.id(), type,
                        (samples, reference) -> trial(f, operation, type, Math.min(samples, ALL_OF_16_BITS))));
            }
        }
    }

    private static Trial trial(ActivationFunction f, Operation operation, DType type, int samples) {
        Trial trial = Trial.of(new Rows(samples, 1, 1), ElementwiseCases.run(f, operation))
                .in("x", Place.EACH, inputs(type, samples))
                .out(new Output("y", Place.EACH, type, samples, Double.POSITIVE_INFINITY, 2, null));
        return operation.takesGradient() ? trial.factor("dy", Place.EACH, gradients(type, samples)) : trial;
    }

    /** All inputs of a 16-bit type if there are samples enough; any bit patterns and numbers of usual size in double. */
    private static Values inputs(DType type, int samples) {
        SplittableRandom random = new SplittableRandom(5);
        if (type == DType.FLOAT64) {
            float[] narrow = Samples.inputs(samples);
            double[] x = new double[samples];
            for (int i = 0; i < samples; i++) {
                x[i] = switch (i % 4) {
                    case 0 -> narrow[i];
                    case 1 -> Double.longBitsToDouble(random.nextLong());
                    case 2 -> 8 * random.nextGaussian();
                    default -> (random.nextDouble() - 0.5) * 1600;
                };
            }
            return new Values(type, x);
        }
        short[] x = new short[samples];
        for (int i = 0; i < samples; i++) {
            x[i] = (short) (samples == ALL_OF_16_BITS ? i : random.nextInt());
        }
        return new Values(type, x);
    }

    private static Values gradients(DType type, int samples) {
        SplittableRandom random = new SplittableRandom(6);
        if (type == DType.FLOAT64) {
            return new Values(type, random.doubles(samples, -2, 2)
                    .map(value -> Math.scalb(value, random.nextInt(-12, 12))).toArray());
        }
        short[] dy = new short[samples];
        for (int i = 0; i < samples; i++) {
            dy[i] = (short) random.nextInt();
        }
        return new Values(type, dy);
    }
}
