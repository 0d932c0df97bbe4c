package io.github.axoncl;

import java.util.Objects;

/**
 * Which elements of a row a function sees: for attention scores, shape (…, queries, keys) with the keys as the axis.
 *
 * <p><b>Shapes.</b> A mask with data has {@code axis * inner} elements for each of its outer indexes, of which there may be
 * fewer than the operands have: it is used again and again from the first, each {@link #eachFor} times in succession. For
 * scores of shape (batch, heads, queries, keys) a mask of shape (queries, keys) serves as it is, and one of shape (batch, keys)
 * with {@code eachFor(heads * queries)}.
 * <b>Aliasing.</b> A mask refers to its operand and does not copy it; the output must not overlap it. Immutable otherwise.
 */
public final class Mask {
    private final Operand additive;
    private final Operand keep;
    private final long queries;
    private final long offset;
    private final long each;

    private Mask(Operand additive, Operand keep, long queries, long offset, long each) {
        this.additive = additive;
        this.keep = keep;
        this.queries = queries;
        this.offset = offset;
        this.each = each;
    }

    /** A mask that is added to the scores; −∞ hides an element. An element that is +∞ or NaN cannot be hidden so.
     *
     * @param values float32
     * @return the mask */
    public static Mask additive(Operand values) {
        return new Mask(Objects.requireNonNull(values, "values"), null, 0, 0, 1);
    }

    /** A mask of bytes: 0 hides an element, whatever it is, NaN included.
     *
     * @param flags uint8
     * @return the mask */
    public static Mask keeping(Operand flags) {
        return new Mask(null, Objects.requireNonNull(flags, "flags"), 0, 0, 1);
    }

    /** Hides what comes later: query q sees the keys 0 to q + offset. The query of outer index o is o mod queries. Hidden
     * elements may be anything, NaN included.
     *
     * @param queries the number of queries, at least 1
     * @param offset  how many keys the first query sees besides the first one; keys − queries where the last query sees all
     * @return the mask
     * @throws IllegalArgumentException if queries is not positive, or their sum or one of them is not between -2^31 and 2^31 */
    public static Mask causal(long queries, long offset) {
        if (queries < 1 || queries > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("queries = " + queries + ": must be from 1 to 2^31 - 1");
        }
        if (offset < -Integer.MAX_VALUE || offset > Integer.MAX_VALUE - queries) {
            throw new IllegalArgumentException("offset = " + offset + ": must be above -2^31, and " + queries
                    + " queries and the offset together below 2^31");
        }
        return new Mask(null, null, queries, offset, 1);
    }

    /** This mask, each of its outer indexes serving for some of the scores' in succession.
     *
     * @param times how many, at least 1
     * @return the mask
     * @throws IllegalArgumentException if times is not positive, or this is a causal mask */
    public Mask eachFor(long times) {
        if (times < 1) {
            throw new IllegalArgumentException("times = " + times + ": must be at least 1");
        }
        if (queries > 0) {
            throw new IllegalArgumentException("a causal mask has no elements to repeat");
        }
        return new Mask(additive, keep, queries, offset, times);
    }

    /** The numbers to add, or null. */
    Operand additive() {
        return additive;
    }

    /** The flags, or null. */
    Operand keep() {
        return keep;
    }

    /** The number of queries of a causal mask, else 0. */
    long queries() {
        return queries;
    }

    long offset() {
        return offset;
    }

    long each() {
        return each;
    }
}
