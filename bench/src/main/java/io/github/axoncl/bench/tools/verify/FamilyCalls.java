package io.github.axoncl.bench.tools.verify;

import io.github.axoncl.Activation;
import io.github.axoncl.Backend;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Loss;
import io.github.axoncl.Reduction;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import java.util.ArrayList;
import java.util.List;

/** The calls of every family that {@code verify} makes, for those who want to see what a backend does with them. */
public final class FamilyCalls {
    /** The neighbouring channels of a dense layer. */
    private static final int CHANNELS = 64;

    private FamilyCalls() {
    }

    /** Makes the calls; their results are not looked at.
     *
     * @param backend computes them
     * @param samples the elements of a call, unless a row has more
     * @param lengths of rows, and of the sums that are gradients of parameters */
    public static void make(Backend backend, int samples, int... lengths) {
        List<VerifyCase> cases = new ArrayList<>(RowCases.ofLengths(lengths));
        cases.addAll(LossCases.ofLengths(lengths));
        cases.addAll(VerifyCase.all());
        cases.forEach(verified -> make(verified, backend, samples));
        List<VerifyCase> sums = new ArrayList<>(LearnedCases.all());
        sums.addAll(FusedCases.all());
        sums.addAll(DropoutCases.all());
        for (int length : lengths) {
            sums.forEach(verified -> make(verified, backend, FusedCases.CHANNELS * length));
            dense(backend, length);
        }
    }

    private static void make(VerifyCase verified, Backend backend, int samples) {
        verified.prepare().of(samples, backend).run(backend);
    }

    /** The gradients behind a dense layer, and a loss whose targets lie on the device. */
    private static void dense(Backend backend, int length) {
        Rows rows = Rows.of(length, CHANNELS);
        try (DeviceBuffer x = backend.allocate(DType.FLOAT32, rows.length());
             DeviceBuffer dy = backend.allocate(DType.FLOAT32, rows.length());
             DeviceBuffer dx = backend.allocate(DType.FLOAT32, rows.length());
             DeviceBuffer parameter = backend.allocate(DType.FLOAT32, CHANNELS);
             DeviceBuffer sum = backend.allocate(DType.FLOAT32, CHANNELS);
             DeviceBuffer classes = backend.allocate(DType.INT32, length);
             DeviceBuffer loss = backend.allocate(DType.FLOAT32, 1)) {
            backend.backward(Activation.GELU.withBias(), rows, x, dy, dx, sum);
            backend.backward(Activation.GELU.withBias(), rows, x, parameter, dy, dx, sum);
            backend.backward(Activation.PRELU, rows, x, parameter, dy, dx, sum);
            try {
                backend.backward(Loss.SOFTMAX_CROSS_ENTROPY, rows, Targets.classes(classes), Reduction.MEAN, x, loss, dx);
            } catch (IllegalArgumentException e) {
                // A backend that computes nothing cannot say either that all classes are right.
                if (!e.getMessage().contains("the class of row")) {
                    throw e;
                }
            }
        }
    }
}
