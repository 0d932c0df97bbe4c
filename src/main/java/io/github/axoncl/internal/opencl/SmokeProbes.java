package io.github.axoncl.internal.opencl;

import io.github.axoncl.AccumulatedActivation;
import io.github.axoncl.Activation;
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
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * The calls of the {@link SmokeTest}: one for each way in which elements are moved, converted, added up and drawn at random.
 * The functions are those with short texts, which let every element through, so that an element from the wrong place shows.
 */
final class SmokeProbes {
    static final float[] SPECIAL = {0.0f, -0.0f, Float.MIN_VALUE, -Float.MIN_VALUE, 0x1.23456p-130f, -0x1.fffffcp-127f,
        Float.MIN_NORMAL, 0x1p-100f, 0x1p-24f, 0.5f, 1.0f, -1.0f, 0x1.fffffep-1f, 3.0f, 17.5f, -13.9f, -14.5f, 88.7f, -103.9f,
        1e10f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN};

    private static final ActivationFunction LEAKY = Activation.LEAKY_RELU.with(0.3);
    /** A whole work-group of the largest tiling and a part of one. */
    private static final int LENGTH = 4096 + 1003;
    /** Visits every sign and exponent of 16 bits and fractions of every kind. */
    private static final int BITS_STEP = 29;
    private static final RandomSeed SEED = new RandomSeed(0x8A5C_36D1_F00D_4B29L, 0x7E57_0000_9B3D_5EEDL, (5L << 32) - 1000);

    /**
     * A call that is made on the device and on the reference.
     *
     * @param name     what the verdict calls it
     * @param function what is computed, of whose text the verdict depends
     * @param tiling   how the device divides it
     * @param inputs   the inputs of the first output's elements, null if they are never so small that a device flushes them
     * @param call     makes the call
     */
    record Probe(String name, KernelFunction function, Tiling tiling, float[] inputs, Work call) {
    }

    /** Makes a call and returns its outputs. */
    interface Work {
        List<Operand> on(Backend backend);
    }

    private final List<Probe> probes = new ArrayList<>();
    private final List<Tiling> tilings;
    /** That which moves most elements at once. */
    private final Tiling widest;

    private SmokeProbes(Device device) {
        tilings = tilings(device.form());
        widest = tilings.stream().max(Comparator.comparingInt(Tiling::width)).orElseThrow();
    }

    /** All that element-wise calls in float32 may have. */
    static List<Tiling> tilings(KernelForm form) {
        Set<Tiling> all = new LinkedHashSet<>(List.of(Tiling.DEFAULT));
        for (WorkloadClass workload : List.of(WorkloadClass.LIGHT, WorkloadClass.HEAVY)) {
            all.add(workload.usual(form));
            all.addAll(workload.candidates(form));
        }
        return List.copyOf(all);
    }

    /** The calls for a device. */
    static List<Probe> of(Device device) {
        SmokeProbes probes = new SmokeProbes(device);
        probes.elements();
        probes.maps();
        probes.random();
        probes.rows();
        probes.rowsOfSeveralInputs();
        return probes.probes;
    }

    /** The call in double, which decides about double alone. */
    static Probe inDouble() {
        double[] x = new double[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i < SPECIAL.length ? SPECIAL[i] : i < 2 * SPECIAL.length ? SPECIAL[i % SPECIAL.length] * 0x1p-900
                    : (i - 500) * 0.0461;
        }
        return new Probe("tanh in float64", Activation.TANH, Tiling.DEFAULT, null, b -> {
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
        add(name, function, Tiling.DEFAULT, call);
    }

    private void add(String name, KernelFunction function, Tiling tiling, Work call) {
        probes.add(new Probe(name, function, tiling, null, call));
    }

    // ---- elements by themselves

    private void elements() {
        float[] x = new float[1000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i < SPECIAL.length ? SPECIAL[i] : (i - 500) * 0.0361f;
        }
        probes.add(new Probe("gelu", Activation.GELU, Tiling.DEFAULT, x,
                b -> forward(b, Activation.GELU, Operand.of(x), DType.FLOAT32)));
        float[] y = numbers(LENGTH);
        float[] z = reversed(y);
        for (Tiling tiling : tilings) {
            // By turns, because memory that a kernel does not write may hold what the call before has left there.
            Operand any = Operand.of(tilings.indexOf(tiling) % 2 == 0 ? y : z);
            add("leaky_relu", LEAKY, tiling, b -> forward(b, LEAKY, any, DType.FLOAT32));
        }
        short[] bits = new short[(1 << 16) / BITS_STEP];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = (short) (i * BITS_STEP);
        }
        // Ties and overflow, and results of any digits.
        for (ActivationFunction f : List.of(Activation.LEAKY_RELU.with(1.5), LEAKY)) {
            for (Tiling tiling : List.of(Tiling.DEFAULT, widest)) {
                add("the gradient of leaky_relu", f, tiling, b -> {
                    float[] dx = new float[LENGTH];
                    b.backward(f, y, z, dx);
                    return List.of(Operand.of(dx));
                });
                for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
                    add("leaky_relu in " + type.name().toLowerCase(Locale.ROOT), f, tiling,
                            b -> forward(b, f, Operand.of(bits, type), type));
                }
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
            Operand x = Operand.of(numbers((int) rows.length()));
            Operand bias = Operand.of(numbers((int) rows.axis()));
            add("leaky_relu with a bias in " + rows, f, b -> {
                Operand y = Operand.of(new float[(int) rows.length()]);
                b.forward(f, rows, x, bias, y);
                return List.of(y);
            });
        }
        Rows halves = new Rows(3, 7, 5);
        Operand ab = Operand.of(numbers(2 * (int) halves.length()));
        Operand dy = Operand.of(numbers((int) halves.length()));
        add("the gradients of reglu in " + halves, GatedActivation.REGLU, b -> {
            Operand dab = Operand.of(new float[(int) ab.length()]);
            b.backward(GatedActivation.REGLU, halves, ab, dy, dab);
            return List.of(dab);
        });
        AccumulatedActivation sum = LEAKY.accumulating(0.7f, 0.9f);
        float[] x = numbers(LENGTH);
        float[] before = reversed(x);
        add("leaky_relu that is added to its output", sum, b -> {
            Operand y = Operand.of(before.clone());
            b.forward(sum, Operand.of(x), y);
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
        // Of one sign, where rrelu depends on the random number.
        float[] x = positive(2000);
        for (int i = 0; i < x.length; i++) {
            x[i] = -x[i];
        }
        add(f.id() + " from element " + seed.firstElement(), f, b -> {
            float[] y = new float[x.length];
            b.forward(f, seed, x, y);
            return List.of(Operand.of(y));
        });
    }

    // ---- rows

    private void rows() {
        softmax(Rows.of(1, 4300), 9.0f);
        softmax(new Rows(3, 37, 5), 60.0f);
        // Rows of all lengths that are divided among work-items in another way.
        for (Rows rows : List.of(Rows.of(50, 7), Rows.of(9, 100), Rows.of(2, 2000), new Rows(1, 4100, 2))) {
            gradient(RowActivation.SOFTMAX, rows);
        }
        for (Rows rows : List.of(new Rows(700, 3, 1), new Rows(46, 2, 90))) {
            BiasedActivation f = LEAKY.withBias();
            Operand z = Operand.of(positive((int) rows.length()));
            Operand dy = Operand.of(cancelling((int) rows.length()));
            add("the gradient of a bias in " + rows, f, b -> {
                Operand dx = Operand.of(new float[(int) rows.length()]);
                Operand dbias = Operand.of(new float[(int) rows.axis()]);
                b.backward(f, rows, z, dy, dx, dbias);
                return List.of(dx, dbias);
            });
        }
        Rows masked = new Rows(6, 37, 3);
        int half = (int) masked.length() / 2;
        byte[] keep = new byte[half];
        for (int i = 0; i < half; i++) {
            keep[i] = (byte) (i % 5);
        }
        Operand x = Operand.of(numbers(2 * half));
        add("logsumexp with a mask in " + masked, RowActivation.LOGSUMEXP, b -> {
            Operand y = Operand.of(new float[(int) (masked.outer() * masked.inner())]);
            b.forward(RowActivation.LOGSUMEXP, masked, Mask.keeping(Operand.of(keep)), x, y);
            return List.of(y);
        });
        Rows classes = new Rows(3, 13, 5);
        int[] indices = new int[15];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = i * 7 % 13;
        }
        Operand logits = Operand.of(numbers((int) classes.length()));
        add("the gradient of cross-entropy in " + classes, Loss.SOFTMAX_CROSS_ENTROPY, b -> {
            Operand loss = Operand.of(new float[indices.length]);
            Operand dlogits = Operand.of(new float[(int) classes.length()]);
            b.backward(Loss.SOFTMAX_CROSS_ENTROPY, classes, Targets.classes(Operand.of(indices)), Reduction.NONE,
                    logits, loss, dlogits);
            return List.of(dlogits, loss);
        });
    }

    /** Of several inputs, rows in local memory keep some. */
    private void rowsOfSeveralInputs() {
        Rows rows = Rows.of(2, 1000);
        Operand logits = Operand.of(numbers(2000));
        Operand targets = Operand.of(positive(2000));
        add("the gradient of cross-entropy with probabilities in " + rows, Loss.SOFTMAX_CROSS_ENTROPY, b -> {
            Operand loss = Operand.of(new float[2]);
            Operand dlogits = Operand.of(new float[2000]);
            b.backward(Loss.SOFTMAX_CROSS_ENTROPY, rows, Targets.probabilities(targets), Reduction.NONE, logits, loss, dlogits);
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
        // The largest one is in the last segment.
        x[x.length - 1] = spread;
        probes.add(new Probe("softmax in rows " + rows, RowActivation.SOFTMAX, Tiling.DEFAULT, x, b -> {
            float[] y = new float[x.length];
            b.forward(RowActivation.SOFTMAX, rows, x, y);
            return List.of(Operand.of(y));
        }));
    }

    private void gradient(RowFunction f, Rows rows) {
        float[] y = positive((int) rows.length());
        float[] dy = cancelling(y.length);
        add("the gradient of " + f.id() + " in rows " + rows, f, b -> {
            float[] dx = new float[y.length];
            b.backwardFromOutput(f, rows, y, dy, dx);
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
