package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.Activation;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Loss;
import io.github.axoncl.Penalty;
import io.github.axoncl.Precision;
import io.github.axoncl.Reduction;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.Targets;
import io.github.axoncl.bench.measure.gpu.BenchmarkCase.Call;
import java.util.ArrayList;
import java.util.List;

/** Calls on buffers of the device that add along rows or across them, from many short rows to few long ones. */
final class RowCases {
    private static final String ROWS = "rows";
    private static final String SUMS = "gradients";
    private static final long[] WIDTHS = {1024, 4, 32, 256, 4096, 32_000, 1 << 20, 8, 16, 64, 128, 512, 2048, 8192, 128_256,
        10, 33, 100, 1000, 50_257};
    /** Axis and inner length. */
    private static final long[][] INNER = {{1000, 49}, {21, 4096}, {8, 7}, {1000, 4096}};
    private static final long[] BIAS_WIDTHS = {1024, 4, 64, 16_384, 1, 16, 256, 4096};
    /** Channels and pixels. */
    private static final long[][] IMAGES = {{64, 56 * 56}, {512, 49}, {3, 224 * 224}};

    private RowCases() {
    }

    /** Softmax and its relatives, and the loss that is made of it, by the length of rows. */
    static List<BenchmarkCase> rows(long elements) {
        List<BenchmarkCase> cases = new ArrayList<>();
        List<Rows> shapes = new ArrayList<>();
        for (long width : WIDTHS) {
            if (width <= elements / 4) {
                shapes.add(Rows.of(elements / width, width));
            }
        }
        shapes.add(Rows.of(4, elements / 4));
        shapes.forEach(shape -> cases.add(forward(RowActivation.SOFTMAX, shape)));
        shapes.forEach(shape -> cases.add(crossEntropy(shape)));
        for (long[] inner : INNER) {
            long outer = elements / (inner[0] * inner[1]);
            if (outer > 0) {
                cases.add(forward(RowActivation.SOFTMAX, new Rows(outer, inner[0], inner[1])));
            }
        }
        shapes.forEach(shape -> cases.add(backward(shape)));
        shapes.forEach(shape -> cases.add(forward(RowActivation.SOFTMAX.fast(), shape)));
        shapes.forEach(shape -> cases.add(forward(RowActivation.LOG_SOFTMAX, shape)));
        return cases;
    }

    private static String title(String function, Rows shape) {
        return function + " " + shape.outer() + " x " + shape.axis() + (shape.inner() == 1 ? "" : " x " + shape.inner());
    }

    private static BenchmarkCase forward(RowFunction f, Rows shape) {
        String name = f.id() + (f.precision() == Precision.FAST ? " fast" : "") + " forward";
        return BenchmarkCase.device(ROWS, title(name, shape), shape.length(), 8.0 * shape.length(), session -> {
            DeviceBuffer x = session.input(0, shape.length());
            DeviceBuffer y = session.output(shape.length());
            return new Call(() -> session.backend().forward(f, shape, x, y), y);
        });
    }

    private static BenchmarkCase backward(Rows shape) {
        long length = shape.length();
        return BenchmarkCase.device(ROWS, title("softmax backward", shape), length, 12.0 * length, session -> {
            DeviceBuffer y = session.input(0, length);
            DeviceBuffer dy = session.input(1, length);
            DeviceBuffer dx = session.output(length);
            return new Call(() -> session.backend().backwardFromOutput(RowActivation.SOFTMAX, shape, y, dy, dx), dx);
        });
    }

    private static BenchmarkCase crossEntropy(Rows shape) {
        return BenchmarkCase.device(ROWS, title("softmax_cross_entropy with gradient", shape), shape.length(),
                8.0 * shape.length(), session -> {
                    Targets targets = Targets.classes(session.classes(shape.outer(), shape.axis()));
                    DeviceBuffer logits = session.input(0, shape.length());
                    DeviceBuffer dlogits = session.output(shape.length());
                    DeviceBuffer loss = session.output(1, DType.FLOAT32, shape.outer());
                    return new Call(() -> session.backend().backward(Loss.SOFTMAX_CROSS_ENTROPY, shape, targets,
                            Reduction.NONE, logits, loss, dlogits), dlogits);
                });
    }

    /** Gradients of what a whole axis shares: of biases and slopes, and sums over everything. */
    static List<BenchmarkCase> gradients(long elements) {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (long width : BIAS_WIDTHS) {
            if (width <= elements) {
                cases.add(bias(Rows.of(elements / width, width)));
            }
        }
        for (long[] image : IMAGES) {
            long images = elements / (image[0] * image[1]);
            if (images > 0) {
                cases.add(slopes(new Rows(images, image[0], image[1])));
            }
        }
        cases.add(BenchmarkCase.device(SUMS, "l1_l2 of all", elements, 4.0 * elements, session -> {
            DeviceBuffer x = session.input(0, elements);
            DeviceBuffer value = session.output(1, DType.FLOAT32, 1);
            return new Call(() -> session.backend().forward(Penalty.L1_L2, x, value), value);
        }));
        return cases;
    }

    private static BenchmarkCase bias(Rows shape) {
        return BenchmarkCase.device(SUMS, title("relu with bias backward", shape), shape.length(), 12.0 * shape.length(),
                session -> {
                    DeviceBuffer z = session.input(0, shape.length());
                    DeviceBuffer dy = session.input(1, shape.length());
                    DeviceBuffer dx = session.output(shape.length());
                    DeviceBuffer dbias = session.output(1, DType.FLOAT32, shape.axis());
                    return new Call(() -> session.backend().backward(Activation.RELU.withBias(), shape, z, dy, dx, dbias), dx);
                });
    }

    private static BenchmarkCase slopes(Rows shape) {
        return BenchmarkCase.device(SUMS, title("prelu backward", shape), shape.length(), 12.0 * shape.length(), session -> {
            DeviceBuffer x = session.input(0, shape.length());
            DeviceBuffer slopes = session.input(2, shape.axis());
            DeviceBuffer dy = session.input(1, shape.length());
            DeviceBuffer dx = session.output(shape.length());
            DeviceBuffer dslopes = session.output(1, DType.FLOAT32, shape.axis());
            return new Call(() -> session.backend().backward(Activation.PRELU, shape, x, slopes, dy, dx, dslopes), dx);
        });
    }
}
