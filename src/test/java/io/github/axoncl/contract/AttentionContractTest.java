package io.github.axoncl.contract;

import io.github.axoncl.DType;
import io.github.axoncl.DeviceBuffer;
import io.github.axoncl.Mask;
import io.github.axoncl.Operand;
import io.github.axoncl.RowActivation;
import io.github.axoncl.RowFunction;
import io.github.axoncl.Rows;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Attention, step by step, as a network computes it: scores of queries and keys, a softmax over the keys that a query may see,
 * and the sum of the values by these weights. The matrix products are the caller's; the softmax with scale and mask is one
 * call.
 */
@Tag("families")
class AttentionContractTest extends BackendContract {
    private static final int BATCH = 2;
    private static final int HEADS = 3;
    private static final int QUERIES = 5;
    private static final int KEYS = 7;
    private static final int WIDTH = 8;
    private static final int[] LENGTHS = {7, 4};

    private final float[] queries = RowInputs.NORMAL.values(Rows.of(BATCH * HEADS * QUERIES, WIDTH), 1);
    private final float[] keys = RowInputs.NORMAL.values(Rows.of(BATCH * HEADS * KEYS, WIDTH), 2);
    private final float[] values = RowInputs.NORMAL.values(Rows.of(BATCH * HEADS * KEYS, WIDTH), 3);

    /** Scores of shape (batch, heads, queries, keys). */
    private float[] scores() {
        float[] scores = new float[BATCH * HEADS * QUERIES * KEYS];
        for (int row = 0; row < BATCH * HEADS * QUERIES; row++) {
            for (int key = 0; key < KEYS; key++) {
                float sum = 0;
                for (int i = 0; i < WIDTH; i++) {
                    sum = Math.fma(queries[row * WIDTH + i], keys[(row / QUERIES * KEYS + key) * WIDTH + i], sum);
                }
                scores[row * KEYS + key] = sum;
            }
        }
        return scores;
    }

    /** Sums of the values of shape (batch, heads, queries, width). */
    private float[] weighted(float... weights) {
        float[] out = new float[BATCH * HEADS * QUERIES * WIDTH];
        for (int row = 0; row < BATCH * HEADS * QUERIES; row++) {
            for (int key = 0; key < KEYS; key++) {
                for (int i = 0; i < WIDTH; i++) {
                    out[row * WIDTH + i] = Math.fma(weights[row * KEYS + key],
                            values[(row / QUERIES * KEYS + key) * WIDTH + i], out[row * WIDTH + i]);
                }
            }
        }
        return out;
    }

    @Test
    void sentencesOfSeveralLengths() {
        Rows rows = Rows.of(BATCH * HEADS * QUERIES, KEYS);
        float scale = (float) (1 / Math.sqrt(WIDTH));
        // One row of flags for each sentence: a key beyond its end is padding.
        byte[] real = new byte[BATCH * KEYS];
        for (int i = 0; i < real.length; i++) {
            real[i] = (byte) (i % KEYS < LENGTHS[i / KEYS] ? 1 : 0);
        }
        float[] scores = scores();
        float[] weights = new float[scores.length];
        RowFunction softmax = RowActivation.SOFTMAX.with(scale, 0);
        backend().forward(softmax, rows, Mask.keeping(Operand.of(real)).eachFor(HEADS * QUERIES), Operand.of(scores),
                Operand.of(weights));
        check(scores, scale, weights, (row, key) -> key < LENGTHS[row / (HEADS * QUERIES)]);
    }

    @Test
    void wordsThatDoNotSeeTheFuture() {
        Rows rows = Rows.of(BATCH * HEADS * QUERIES, KEYS);
        float scale = (float) (1 / Math.sqrt(WIDTH));
        float[] scores = scores();
        float[] weights = new float[scores.length];
        // The scores may stay on the device, which overwrites them.
        try (DeviceBuffer buffer = backend().allocate(DType.FLOAT32, scores.length)) {
            buffer.write(scores);
            backend().forward(RowActivation.SOFTMAX.with(scale, 0), rows, Mask.causal(QUERIES, KEYS - QUERIES), buffer, buffer);
            buffer.read(weights);
        }
        check(scores, scale, weights, (row, key) -> key <= row % QUERIES + KEYS - QUERIES);
        float[] again = new float[weights.length];
        reference().forward(RowActivation.SOFTMAX.with(scale, 0), rows, Mask.causal(QUERIES, KEYS - QUERIES),
                Operand.of(scores), Operand.of(again));
        if (KIND.isBitExact()) {
            Bits.assertSame("weights", weights, again);
        }
    }

    /** What a query sees. */
    private interface Sight {
        boolean of(int row, int key);
    }

    /** Weights and sums against the definition in double. */
    private void check(float[] scores, float scale, float[] weights, Sight sees) {
        float[] out = weighted(weights);
        for (int row = 0; row < BATCH * HEADS * QUERIES; row++) {
            double[] exact = new double[KEYS];
            double sum = 0;
            double largest = Double.NEGATIVE_INFINITY;
            for (int key = 0; key < KEYS; key++) {
                largest = Math.max(largest, sees.of(row, key) ? scale * scores[row * KEYS + key] : Double.NEGATIVE_INFINITY);
            }
            for (int key = 0; key < KEYS; key++) {
                exact[key] = sees.of(row, key) ? Math.exp((double) scale * scores[row * KEYS + key] - largest) : 0;
                sum += exact[key];
            }
            for (int i = 0; i < WIDTH; i++) {
                double expected = 0;
                for (int key = 0; key < KEYS; key++) {
                    expected += exact[key] / sum * values[(row / QUERIES * KEYS + key) * WIDTH + i];
                }
                assertThat((double) out[row * WIDTH + i]).isCloseTo(expected, within(1e-4));
            }
            for (int key = 0; key < KEYS; key++) {
                // Scores of about a hundred are rounded to 2^-18, which the exponential makes a relative error.
                assertThat((double) weights[row * KEYS + key]).as("row %d, key %d", row, key).isCloseTo(exact[key] / sum,
                        within(1e-5));
                if (!sees.of(row, key)) {
                    assertThat(weights[row * KEYS + key]).isZero();
                }
            }
        }
    }
}
