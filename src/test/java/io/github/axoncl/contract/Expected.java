package io.github.axoncl.contract;

import io.github.axoncl.Operation;
import io.github.axoncl.oracle.FlushRule;

import java.util.concurrent.atomic.LongAdder;

import static org.assertj.core.api.Assertions.fail;

/**
 * The reference's results for one set of inputs, and the rule by which the backend under test must agree with them: the same
 * bits, NaN being one value.
 *
 * <p>A device that flushes subnormals has a rule of its own, {@link FlushRule}.
 */
final class Expected {
    /** In one element-wise function at most two subnormal numbers were seen to meet. */
    private static final int MOST_FLUSHED = 2;
    private static final LongAdder COMPARED = new LongAdder();
    private static final LongAdder FLUSHED = new LongAdder();

    private final FunctionCase tested;
    private final float[] x;
    private final float[] dy;
    private final float[] result;
    private final float[] ofFlushedInputs;
    private final float[] derivative;

    private Expected(FunctionCase tested, float[] x, float[] dy) {
        this.tested = tested;
        this.x = x;
        this.dy = dy;
        this.result = tested.run(BackendContract.reference(), x, dy);
        boolean exact = BackendContract.KIND.isBitExact();
        this.ofFlushedInputs = exact ? null : tested.run(BackendContract.reference(), flushed(x), flushed(dy));
        this.derivative = exact || !tested.takesGradient() ? null : derivatives();
    }

    static Expected of(FunctionCase tested, float[] x, float[] dy) {
        return new Expected(tested, x, dy);
    }

    float[] result() {
        return result;
    }

    /** Fails if values differ by more than the rule allows.
     *
     * @param what   the situation, for the message
     * @param actual holds the results
     * @param offset the index of the first one
     * @param from   the index of the input it belongs to
     * @param length how many there are */
    void check(Object what, float[] actual, int offset, int from, int length) {
        COMPARED.add(length);
        if (BackendContract.KIND.isBitExact()) {
            Bits.assertSame(what, actual, offset, result, from, length);
            return;
        }
        for (int i = 0; i < length; i++) {
            float value = actual[offset + i];
            if (!Bits.same(value, result[from + i])) {
                if (!isFlushed(value, from + i)) {
                    fail("%s: at %d, x = %s%s: %s instead of %s", what, i, Bits.text(x[from + i]),
                            tested.takesGradient() ? ", dy = " + Bits.text(dy[from + i]) : "", Bits.text(value),
                            Bits.text(result[from + i]));
                }
                FLUSHED.increment();
            }
        }
    }

    /** What was compared in this JVM. */
    static String summary() {
        return COMPARED.sum() + " values compared, " + FLUSHED.sum() + " of them differ by flushed subnormals";
    }

    /** A gradient above 1 multiplies what the derivative lost. */
    private boolean isFlushed(float value, int i) {
        if (!tested.takesGradient()) {
            return FlushRule.explains(value, result[i], ofFlushedInputs[i], MOST_FLUSHED, x[i]);
        }
        double lost = MOST_FLUSHED * Math.max(1.0, Math.abs(dy[i]));
        return FlushRule.explains(value, result[i], ofFlushedInputs[i], lost, x[i], dy[i], derivative[i]);
    }

    private float[] derivatives() {
        float[] ones = new float[x.length];
        java.util.Arrays.fill(ones, 1);
        Operation operation = tested.operation();
        return new FunctionCase(tested.function(), operation).run(BackendContract.reference(), x, ones);
    }

    private static float[] flushed(float... values) {
        float[] flushed = values.clone();
        for (int i = 0; i < flushed.length; i++) {
            if (Math.abs(flushed[i]) < Float.MIN_NORMAL) {
                flushed[i] = Math.copySign(0f, flushed[i]);
            }
        }
        return flushed;
    }
}
