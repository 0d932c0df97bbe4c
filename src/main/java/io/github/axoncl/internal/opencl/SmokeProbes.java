package io.github.axoncl.internal.opencl;

import io.github.axoncl.Activation;
import io.github.axoncl.AccumulatedActivation;
import io.github.axoncl.ActivationFunction;
import io.github.axoncl.Backend;
import io.github.axoncl.BiasedActivation;
import io.github.axoncl.DType;
import io.github.axoncl.GatedActivation;
import io.github.axoncl.KernelDefinition;
import io.github.axoncl.KernelFunction;
import io.github.axoncl.Loss;
import io.github.axoncl.Mask;
import io.github.axoncl.Operand;
import io.github.axoncl.RandomSeed;
import io.github.axoncl.Reduction;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import io.github.axoncl.StochasticActivation;
import io.github.axoncl.StochasticFunction;
import io.github.axoncl.Targets;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * The calls of the {@link SmokeTest}: one for each way in which elements are moved, converted, added up and drawn at random. The
 * functions are those with short texts, which let every element through, so that an element from the wrong place shows.
 */
final class SmokeProbes {
    static final float[] SPECIAL = {0.0f, -0.0f, Float.MIN_VALUE, -Float.MIN_VALUE, 0x1.23456p-130f, -0x1.fffffcp-127f,
        Float.MIN_NORMAL, 0x1p-100f, 0x1p-24f, 0.5f, 1.0f, -1.0f, 0x1.fffffep-1f, 3.0f, 17.5f, -13.9f, -14.5f, 88.7f, -103.9f,
        1e10f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};

    private static final ActivationFunction LEAKY = Activation.LEAKY_RELU.with(0.3);
    /** Some whole work-groups of the largest tiling and a part of one. */
    private static final int LENGTH = 2 * 4096 + 1003;
    /** Visits every sign and exponent of 16 bits and fractions of every kind. */
    private static final int BITS_STEP = 13;
    private static final RandomSeed SEED = new RandomSeed(0x8A5C_36D1_F00D_4B29L, 0x7E57_0000_9B3D_5EEDL, (5L << 32) - 1000);

    /**
     * A call that is made on the device and on the reference.
     *
     * @param name     what the verdict calls it
     * @param function what is computed, of whose text the verdict depends
     * @param tilings  how the device divides it, one after the other
     * @param inputs   the inputs of the first output's elements, null if they are never so small that a device flushes them
     * @param call     makes the call
     */
    record Probe(String name, KernelFunction function, List<Tiling> tilings, float[] inputs, Work call) {
    }

    /** Makes a call and returns its outputs. */
    interface Work {
        List<Operand> on(Backend backend);
    }

    private final List<Probe> probes = new ArrayList<>();
    private final List<Tiling> tilings;
    /** That which moves most elements at once, besides the usual one. */
    private final List<Tiling> usualAndWidest;

    private SmokeProbes(Device device) {
        Tuned usual = Tuned.usual(device);
        Set<Tiling> all = new LinkedHashSet<>(List.of(Tiling.DEFAULT, usual.light(), usual.heavy()));
        all.addAll(Tiling.CANDIDATES);
        tilings = List.copyOf(all);
        Tiling widest = Tiling.DEFAULT;
        for (Tiling tiling : tilings) {
            widest = tiling.width() >= widest.width() ? tiling : widest;
        }
        usualAndWidest = List.of(Tiling.DEFAULT, widest);
    }

    /** The calls for a device. */
    static List<Probe> of(Device device) {
        SmokeProbes probes = new SmokeProbes(device);
        probes.elements();
        probes.maps();
        probes.random();
        probes.rows();
        return probes.probes;
    }

    /** The call in double, which decides about double alone. */
    static Probe inDouble() {
        double[] x = new double[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i < SPECIAL.length ? SPECIAL[i] : i < 2 * SPECIAL.length ? SPECIAL[i % SPECIAL.length] * 0x1p-900
                    : (i - 500) * 0.0461;
        }
        return new Probe("tanh in float64", Activation.TANH, List.of(Tiling.DEFAULT), null, b -> {
            Operand y = Operand.of(new double[x.length]);
            b.forward(Activation.TANH, Operand.of(x), y);
            return List.of(y);
        });
    }

    /** The texts of all functions. */
    static String texts(Device device) {
        Set<KernelDefinition> definitions = new LinkedHashSet<>(List.of(inDouble().function().definition()));
        for (Probe probe : of(device)) {
            definitions.add(probe.function().definition());
            definitions.addAll(probe.function().definition().used());
        }
        StringBuilder texts = new StringBuilder();
        definitions.forEach(definition -> texts.append(definition.source()));
        return texts.toString();
    }

    private void add(String name, KernelFunction function, Work call) {
        probes.add(new Probe(name, function, List.of(Tiling.DEFAULT), null, call));
    }

    // ---- elements by themselves

    private void elements() {
        float[] x = new float[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i < SPECIAL.length ? SPECIAL[i] : (i - 500) * 0.0361f;
        }
        probes.add(new Probe("gelu", Activation.GELU, List.of(Tiling.DEFAULT), x,
                b -> forward(b, Activation.GELU, Operand.of(x), DType.FLOAT32)));
        float[] any = numbers(LENGTH);
        probes.add(new Probe("leaky_relu", LEAKY, tilings, null, b -> forward(b, LEAKY, Operand.of(any), DType.FLOAT32)));
        probes.add(new Probe("the gradient of leaky_relu", LEAKY, usualAndWidest, null, b -> {
            float[] dx = new float[LENGTH];
            b.backward(LEAKY, any, numbers(LENGTH), dx);
            return List.of(Operand.of(dx));
        }));
        short[] bits = new short[(1 << 16) / BITS_STEP];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (short) (i * BITS_STEP);
        }
        for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
            // Ties and overflow, and results of any digits.
            for (double slope : new double[] {1.5, 0.3}) {
                ActivationFunction f = Activation.LEAKY_RELU.with(slope);
                probes.add(new Probe("leaky_relu in " + type.name().toLowerCase(Locale.ROOT), f, usualAndWidest, null,
                        b -> forward(b, f, Operand.of(bits, type), type)));
            }
        }
    }

    private static List<Operand> forward(Backend backend, ActivationFunction f, Operand x, DType type) {
        int length = (int) x.length();
        Operand y = type == DType.FLOAT32 ? Operand.of(new float[length]) : Operand.of(new short[length], type);
        backend.forward(f, x, y);
        return List.of(y);
    }

    // ---- elements of several operands

    private void maps() {
        // Lines that a work-group divides and others, as rows and as inner indexes.
        for (Rows rows : List.of(Rows.of(5, 512), Rows.of(5, 301), new Rows(3, 5, 512), new Rows(4, 7, 37))) {
            BiasedActivation f = LEAKY.withBias();
            add("leaky_relu with a bias in " + rows, f, b -> {
                Operand y = Operand.of(new float[(int) rows.length()]);
                b.forward(f, rows, Operand.of(numbers((int) rows.length())), Operand.of(numbers((int) rows.axis())), y);
                return List.of(y);
            });
        }
        Rows halves = new Rows(3, 7, 5);
        add("the gradients of reglu in " + halves, GatedActivation.REGLU, b -> {
            int length = (int) halves.length();
            Operand dab = Operand.of(new float[2 * length]);
            b.backward(GatedActivation.REGLU, halves, Operand.of(numbers(2 * length)), Operand.of(numbers(length)), dab);
            return List.of(dab);
        });
        AccumulatedActivation sum = LEAKY.accumulating(0.7f, 0.9f);
        add("leaky_relu that is added to its output", sum, b -> {
            Operand y = Operand.of(reversed(numbers(LENGTH)));
            b.forward(sum, Operand.of(numbers(LENGTH)), y);
            return List.of(y);
        });
    }

    // ---- random numbers

    private void random() {
        // Element numbers that pass 2^32, and begin with four that share a block or in the middle of such.
        for (RandomSeed seed : List.of(SEED, SEED.from(3))) {
            random(StochasticActivation.DROPOUT, seed);
            random(StochasticActivation.RRELU, seed);
        }
    }

    private void random(StochasticFunction f, RandomSeed seed) {
        add(f.id() + " from element " + seed.firstElement(), f, b -> {
            float[] y = new float[2000];
            b.forward(f, seed, numbers(y.length), y);
            return List.of(Operand.of(y));
        });
    }

    // ---- rows

    private void rows() {
        softmax(Rows.of(2, 4300), 9.0f);
        softmax(Rows.of(5, 37), 60.0f);
        softmax(new Rows(3, 37, 5), 20.0f);
        // One for each way in which rows are divided among work-items, and rows of more than one segment.
        for (Rows rows : List.of(Rows.of(50, 7), Rows.of(30, 20), Rows.of(3, 1000), Rows.of(2, 5000), new Rows(3, 70, 3),
                new Rows(3, 100, 19), new Rows(1, 4500, 5))) {
            gradient(RowActivation.SOFTMAX, rows);
        }
        for (Rows rows : List.of(new Rows(700, 3, 1), new Rows(50, 3, 90))) {
            BiasedActivation f = LEAKY.withBias();
            add("the gradient of a bias in " + rows, f, b -> {
                int length = (int) rows.length();
                Operand dx = Operand.of(new float[length]);
                Operand dbias = Operand.of(new float[(int) rows.axis()]);
                b.backward(f, rows, Operand.of(positive(length)), Operand.of(cancelling(length)), dx, dbias);
                return List.of(dx, dbias);
            });
        }
        Rows masked = new Rows(6, 37, 3);
        int half = (int) masked.length() / 2;
        byte[] keep = new byte[half];
        for (int i = 0; i < half; i++) {
            keep[i] = (byte) (i % 5);
        }
        add("logsumexp with a mask in " + masked, RowActivation.LOGSUMEXP, b -> {
            Operand y = Operand.of(new float[(int) (masked.outer() * masked.inner())]);
            b.forward(RowActivation.LOGSUMEXP, masked, Mask.keeping(Operand.of(keep)), Operand.of(numbers(2 * half)), y);
            return List.of(y);
        });
        Rows classes = new Rows(3, 13, 5);
        int[] indices = new int[15];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = i * 7 % 13;
        }
        add("the gradient of cross-entropy in " + classes, Loss.SOFTMAX_CROSS_ENTROPY, b -> {
            Operand loss = Operand.of(new float[indices.length]);
            Operand dlogits = Operand.of(new float[(int) classes.length()]);
            b.backward(Loss.SOFTMAX_CROSS_ENTROPY, classes, Targets.classes(Operand.of(indices)), Reduction.NONE,
                    Operand.of(numbers((int) classes.length())), loss, dlogits);
            return List.of(dlogits, loss);
        });
    }

    private void softmax(Rows rows, float spread) {
        Random random = new Random(rows.length());
        float[] x = new float[(int) rows.length()];
        for (int i = 0; i < x.length; i++) {
            x[i] = (random.nextFloat() - 0.5f) * spread;
        }
        x[x.length / 2] = Float.NEGATIVE_INFINITY;
        probes.add(new Probe("softmax in rows " + rows, RowActivation.SOFTMAX, List.of(Tiling.DEFAULT), x, b -> {
            float[] y = new float[x.length];
            b.forward(RowActivation.SOFTMAX, rows, x, y);
            return List.of(Operand.of(y));
        }));
    }

    private void gradient(RowFunction f, Rows rows) {
        add("the gradient of " + f.id() + " in rows " + rows, f, b -> {
            int length = (int) rows.length();
            float[] dx = new float[length];
            b.backwardFromOutput(f, rows, positive(length), cancelling(length), dx);
            return List.of(Operand.of(dx));
        });
    }

    // ---- numbers

    /** All different, of both signs. */
    private static float[] numbers(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (i * 0x9E3779B1 >> 7) * 0x1p-22f;
        }
        return values;
    }

    private static float[] positive(int length) {
        float[] values = numbers(length);
        for (int i = 0; i < length; i++) {
            values[i] = Math.abs(values[i]) + 1;
        }
        return values;
    }

    /** Of sizes so different that the sum of any of them shows in which order they were added. */
    private static float[] cancelling(int length) {
        float[] values = numbers(length);
        for (int i = 0; i < length; i++) {
            values[i] = Math.scalb(values[i], i * 7 % 64);
        }
        return values;
    }

    private static float[] reversed(float... values) {
        float[] reversed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            reversed[i] = values[values.length - 1 - i];
        }
        return reversed;
    }
}
