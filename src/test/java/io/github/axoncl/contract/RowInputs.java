package io.github.axoncl.contract;

import io.github.axoncl.Rows;
import io.github.axoncl.oracle.FlushRule;

import java.util.SplittableRandom;

import static org.assertj.core.api.Assertions.fail;

/** Kinds of rows on which sums and exponentials go wrong in different ways. */
public enum RowInputs {
    /** Normally distributed with deviation 5. */
    NORMAL {
        @Override
        float value(SplittableRandom random, long column) {
            return (float) (5 * random.nextGaussian());
        }
    },
    /** One element far above the others. */
    DOMINATED {
        @Override
        float value(SplittableRandom random, long column) {
            return column == 0 ? 90 : (float) (40 * random.nextDouble());
        }
    },
    /** Many equal elements. */
    TIES {
        @Override
        float value(SplittableRandom random, long column) {
            return random.nextInt(3);
        }
    },
    /** Terms from 1 to below the smallest subnormal. */
    TAILS {
        @Override
        float value(SplittableRandom random, long column) {
            return (float) (-150 * random.nextDouble());
        }
    },
    /** A million, and differences of its last places. */
    OFFSET {
        @Override
        float value(SplittableRandom random, long column) {
            return 1e6f + 0.0625f * random.nextInt(200);
        }
    },
    /** Sizes from 1e-3 to 1e38, both signs. */
    SPREAD {
        @Override
        float value(SplittableRandom random, long column) {
            double size = StrictMath.pow(10, -3 + 41 * random.nextDouble());
            return (float) (random.nextBoolean() ? size : -size);
        }
    };

    abstract float value(SplittableRandom random, long column);

    /** Rows of this kind, the same for the same arguments.
     *
     * @param rows the shape
     * @param seed which rows
     * @return the values */
    public float[] values(Rows rows, long seed) {
        SplittableRandom random = new SplittableRandom(seed * 31 + ordinal());
        float[] x = new float[(int) rows.length()];
        for (int i = 0; i < x.length; i++) {
            x[i] = value(random, i % rows.axis());
        }
        return x;
    }

    /** {@link FlushRule} for rows: one intermediate value for each element and a few more may be flushed. */
    static void assertSameButForFlushing(String what, float[] actual, int offset, float[] expected) {
        assertSameButForFlushing(what, actual, offset, expected.length + 8, expected);
    }

    /** {@link FlushRule} for results on the way to which so many numbers may be flushed. */
    static void assertSameButForFlushing(String what, float[] actual, int offset, int flushes, float... expected) {
        for (int i = 0; i < expected.length; i++) {
            float value = actual[offset + i];
            if (!Bits.same(value, expected[i])
                    && !FlushRule.explains(value, expected[i], Float.NaN, flushes)) {
                fail("%s: at %d: %s instead of %s", what, i, Bits.text(value), Bits.text(expected[i]));
            }
        }
    }
}
