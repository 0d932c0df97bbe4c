package io.github.axoncl.bench.measure.gpu;

import io.github.axoncl.Activation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Precision;
import io.github.axoncl.bench.measure.gpu.BenchmarkCase.Call;
import java.util.ArrayList;
import java.util.List;

/** Element-wise calls on buffers of the device: copies, functions, types, tilings, lengths. */
final class ElementwiseCases {
    static final String COPY = "copy";
    static final String FUNCTIONS = "elementwise";
    /** Work-items of a group, elements of each, elements moved at once. */
    private static final List<String> TILINGS = List.of("256 4 4", "256 1 1", "1024 1 1", "256 16 4", "256 8 4", "64 4 4",
            "64 1 1", "256 2 2", "256 2 1", "256 4 1", "256 8 1", "128 8 1");
    private static final int COPY_TILINGS = 4;
    private static final long SHORTEST = 1 << 10;
    private static final long[] ODD_LENGTHS = {1000, 100_003, 1_000_003, 10_000_019};

    private ElementwiseCases() {
    }

    /** Lengths from the longest down, in steps of four. */
    static List<Long> lengths(long longest) {
        List<Long> lengths = new ArrayList<>();
        for (long length = longest; length >= SHORTEST; length /= 4) {
            lengths.add(length);
        }
        return lengths.isEmpty() ? List.of(longest) : lengths;
    }

    /** Copies of every size, by identity, in several tilings: what others are compared with. */
    static List<BenchmarkCase> copies(long longest) {
        List<BenchmarkCase> cases = new ArrayList<>();
        lengths(longest).forEach(length -> cases.add(copy(length)));
        for (String tiling : TILINGS.subList(0, COPY_TILINGS)) {
            lengths(longest).forEach(length -> cases.add(copy(length).in(tiling)));
        }
        return cases;
    }

    private static BenchmarkCase copy(long length) {
        return forward(COPY, Activation.IDENTITY, DType.FLOAT32, length);
    }

    /** Every function in both tiers, forward and backward, in every length. */
    static List<BenchmarkCase> functions(long longest) {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (long length : lengths(longest)) {
            for (ActivationFunction f : tiers()) {
                cases.add(forward(FUNCTIONS, f, DType.FLOAT32, length));
            }
            for (ActivationFunction f : tiers()) {
                cases.add(backward(FUNCTIONS, f, length));
            }
        }
        return cases;
    }

    /** All functions in the accurate tier, then those that have a fast one in that. */
    private static List<ActivationFunction> tiers() {
        List<ActivationFunction> tiers = new ArrayList<>(List.of(Activation.values()));
        for (Activation f : Activation.values()) {
            if (f.definition().hasFast()) {
                tiers.add(f.fast());
            }
        }
        return tiers;
    }

    /** Float16, bfloat16 and double. */
    static List<BenchmarkCase> types(long length) {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (String tiling : List.of(DeviceSession.USUAL, TILINGS.get(0))) {
            for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT64)) {
                for (ActivationFunction f : List.of(Activation.RELU, Activation.SIGMOID.fast(), Activation.GELU)) {
                    BenchmarkCase usual = forward("types", f, type, length);
                    cases.add(tiling.equals(DeviceSession.USUAL) ? usual : usual.in(tiling));
                }
            }
        }
        return cases;
    }

    /** Every tiling for calls of little and of much arithmetic. */
    static List<BenchmarkCase> tilings(long length) {
        List<BenchmarkCase> cases = new ArrayList<>();
        TILINGS.forEach(tiling -> representatives("tilings", length).forEach(one -> cases.add(one.in(tiling))));
        return cases;
    }

    /** What the library's measurement chooses, and what that brings. */
    static List<BenchmarkCase> tuned(long length) {
        return representatives("tuned", length).stream().map(one -> one.in(DeviceSession.TUNED)).toList();
    }

    private static List<BenchmarkCase> representatives(String section, long length) {
        return List.of(forward(section, Activation.RELU, DType.FLOAT32, length), backward(section, Activation.RELU, length),
                forward(section, Activation.SIGMOID.fast(), DType.FLOAT32, length),
                forward(section, Activation.GELU, DType.FLOAT32, length), backward(section, Activation.GELU, length));
    }

    /** Calls in place and calls of lengths that no tiling divides. */
    static List<BenchmarkCase> inPlace(long longest) {
        List<BenchmarkCase> cases = new ArrayList<>();
        for (long length : new long[] {longest, longest - 1}) {
            cases.add(BenchmarkCase.device("in-place", "relu forward in place", length, 8.0 * length, session -> {
                DeviceBuffer x = session.input(0, length);
                return new Call(() -> session.backend().forward(Activation.RELU, x, x), x);
            }));
        }
        for (long length : ODD_LENGTHS) {
            if (length < longest) {
                cases.add(forward("in-place", Activation.RELU, DType.FLOAT32, length));
            }
        }
        return cases;
    }

    static BenchmarkCase forward(String section, ActivationFunction f, DType type, long length) {
        String name = title(f) + " forward" + (type == DType.FLOAT32 ? "" : " " + type.id());
        return BenchmarkCase.device(section, name, length, 2.0 * type.bytes() * length, session -> {
            DeviceBuffer x = session.input(0, type, length);
            DeviceBuffer y = session.output(0, type, length);
            return new Call(() -> session.backend().forward(f, x, y), y);
        });
    }

    static BenchmarkCase backward(String section, ActivationFunction f, long length) {
        return BenchmarkCase.device(section, title(f) + " backward", length, 12.0 * length, session -> {
            DeviceBuffer x = session.input(0, length);
            DeviceBuffer dy = session.input(1, length);
            DeviceBuffer dx = session.output(length);
            return new Call(() -> session.backend().backward(f, x, dy, dx), dx);
        });
    }

    private static String title(ActivationFunction f) {
        return f.id() + (f.precision() == Precision.FAST ? " fast" : "");
    }
}
