package io.github.axoncl.bench;

import io.github.axoncl.*;
import io.github.axoncl.Targets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The operations that the README shows, on operands for which the shapes fit together. */
final class ReadmeOperations {
    private final Map<String, float[]> arrays = new LinkedHashMap<>();

    private Operand floats(String name, int length) {
        float[] array = new float[length];
        for (int i = 0; i < length; i++) {
            array[i] = (float) Math.sin(i + name.hashCode() % 100);
        }
        arrays.put(name, array);
        return Operand.of(array);
    }

    /** Runs them; returns what all operands hold then. */
    static Map<String, float[]> run(Backend backend) {
        ReadmeOperations example = new ReadmeOperations();
        example.compute(backend);
        return example.arrays;
    }

    private void compute(Backend backend) {
        int batch = 2, heads = 1, queries = 3, keys = 4, n = 4, width = 6, channels = 2, pixels = 3, classes = 5, units = 3;
        long seed = 1, step = 2;
        double scale = 0.5;
        Operand x = floats("x", 24), y = floats("y", 24), dy = floats("dy", 24), dx = floats("dx", 24), z = floats("z", 24);
        Operand dz = floats("dz", 24), ab = floats("ab", 48), bias = floats("bias", width), dbias = floats("dbias", width);
        Operand slopes = floats("slopes", channels), dslopes = floats("dslopes", channels), value = floats("value", 1);
        Operand total = floats("total", 24), logits = floats("logits", n * classes), dlogits = floats("dlogits", n * classes);
        Operand loss = floats("loss", 1), labels = Operand.of(new int[] {0, 4, 2, 1}),
                gates = floats("gates", 4 * batch * units);
        Operand cBefore = floats("cBefore", batch * units), c = floats("c", batch * units), h = floats("h", batch * units);
        // README
        Rows scores = Rows.of(batch * heads * queries, keys);
        backend.forward(RowActivation.SOFTMAX.with(scale, 0), scores, Mask.causal(queries, keys - queries), x, y);  // attention
        backend.backward(Loss.SOFTMAX_CROSS_ENTROPY, Rows.of(n, classes), Targets.classes(labels), Reduction.MEAN,
                logits, loss, dlogits);
        backend.forward(GatedActivation.SWIGLU, Rows.of(n, width), ab, y);            // ab holds both halves of each row
        backend.backward(Activation.PRELU, new Rows(n, channels, pixels), x, slopes, dy, dx, dslopes);  // a slope per channel
        backend.forward(StochasticActivation.DROPOUT.with(0.1), new RandomSeed(seed, step), x, y);      // no mask is kept
        backend.forward(Activation.GELU.withBias(), Rows.of(n, width), x, bias, z, y);       // z = x + bias, y = gelu(z)
        backend.backward(Activation.GELU.withBias(), Rows.of(n, width), z, dy, dz, dbias);
        backend.forward(Activation.GELU.withDropout(0.1).withBias(), Rows.of(n, width), new RandomSeed(seed, step), x, bias, y);
        backend.forward(Activation.TANH.after(Activation.GELU), x, y);                // a chain is one pass
        backend.forward(Activation.SILU.accumulating(1, 1), x, y);                    // y = y + silu(x)
        backend.backward(Penalty.L1_L2.with(0.01, 0), y, dy, value, total);           // total = dy + the penalty's gradient
        backend.lstmForward(Rows.of(batch, units), gates, cBefore, c, h);             // all gates of one step; GRU likewise
        // END
    }
}
