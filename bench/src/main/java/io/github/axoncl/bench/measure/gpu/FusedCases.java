package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.Activation;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.bench.measure.gpu.BenchmarkCase.Call;
import java.util.ArrayList;
import java.util.List;

/** Calls on buffers of the device that do several steps in one pass: biases, dropout, gates, cells, chains. */
final class FusedCases {
    private static final String FUSED = "fused";
    private static final RandomSeed SEED = new RandomSeed(1, 2);
    private static final long[] WIDTHS = {1024, 1000};
    /** Odd numbers of rows and columns in place. */
    private static final long ODD_WIDTH = 1001;

    private FusedCases() {
    }

    /** All of them. */
    static List<BenchmarkCase> all(long elements) {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (long width : WIDTHS) {
            if (width <= elements) {
                cases.addAll(byRows(Rows.of(elements / width, width)));
            }
        }
        cases.add(flat("dropout", elements, 8, (session, x, y) -> session.backend().forward(
                StochasticActivation.DROPOUT.with(0.1), SEED, x, y)));
        cases.add(flat("stochastic_gelu", elements, 8, (session, x, y) -> session.backend().forward(
                StochasticActivation.STOCHASTIC_GELU, SEED, x, y)));
        cases.add(flat("tanh after gelu", elements, 8, (session, x, y) -> session.backend().forward(
                Activation.TANH.after(Activation.GELU), x, y)));
        cases.add(flat("silu accumulating", elements, 12, (session, x, y) -> session.backend().forward(
                Activation.SILU.accumulating(1, 0), x, y)));
        if (ODD_WIDTH <= elements) {
            cases.add(inPlace(Rows.of((elements / ODD_WIDTH - 1) | 1, ODD_WIDTH)));
        }
        return cases;
    }

    /** A call with an input and an output of one length. */
    private interface Flat {
        void run(DeviceSession session, DeviceBuffer x, DeviceBuffer y);
    }

    private static BenchmarkCase flat(String name, long elements, double bytesPerElement, Flat call) {
        return BenchmarkCase.device(FUSED, name, elements, bytesPerElement * elements, session -> {
            DeviceBuffer x = session.input(0, elements);
            DeviceBuffer y = session.output(elements);
            return new Call(() -> call.run(session, x, y), y);
        });
    }

    private static List<BenchmarkCase> byRows(Rows shape) {
        String suffix = " " + shape.outer() + " x " + shape.axis();
        long length = shape.length();
        Rows halves = Rows.of(shape.outer(), shape.axis() / 2);
        Rows cells = Rows.of(shape.outer(), shape.axis() / 4);
        return List.of(
                flat("relu with bias" + suffix, length, 8, (session, x, y) -> session.backend().forward(
                        Activation.RELU.withBias(), shape, x, session.input(1, shape.axis()), y)),
                flat("gelu with bias" + suffix, length, 8, (session, x, y) -> session.backend().forward(
                        Activation.GELU.withBias(), shape, x, session.input(1, shape.axis()), y)),
                flat("gelu with dropout and bias" + suffix, length, 8, (session, x, y) -> session.backend().forward(
                        Activation.GELU.withDropout(0.1).withBias(), shape, SEED, x, session.input(1, shape.axis()), y)),
                BenchmarkCase.device(FUSED, "swiglu" + suffix, length, 6.0 * length, session -> {
                    DeviceBuffer ab = session.input(0, length);
                    DeviceBuffer y = session.output(halves.length());
                    return new Call(() -> session.backend().forward(GatedActivation.SWIGLU, halves, ab, y), y);
                }),
                BenchmarkCase.device(FUSED, "lstm" + suffix, length, 7.0 * length, session -> {
                    DeviceBuffer gates = session.input(0, length);
                    DeviceBuffer before = session.input(0, cells.length());
                    DeviceBuffer c = session.output(cells.length());
                    DeviceBuffer h = session.output(1, c.type(), cells.length());
                    return new Call(() -> session.backend().lstmForward(cells, gates, before, c, h), h);
                }));
    }

    private static BenchmarkCase inPlace(Rows shape) {
        return BenchmarkCase.device(FUSED, "relu with bias in place " + shape.outer() + " x " + shape.axis(), shape.length(),
                8.0 * shape.length(), session -> {
                    DeviceBuffer x = session.input(0, shape.length());
                    DeviceBuffer bias = session.input(1, shape.axis());
                    return new Call(() -> session.backend().forward(Activation.RELU.withBias(), shape, x, bias, x), x);
                });
    }
}
