package io.github.axoncl.oracle;

/** Philox4x32-10 as its paper defines it, with products of longs: the definition that kernels are compared with. */
public final class Philox {
    private static final long LOW = 0xFFFFFFFFL;
    private static final int ROUNDS = 10;

    private Philox() {
    }

    /** Four words.
     *
     * @param counter four words
     * @param key     two words
     * @return the words as longs below 2<sup>32</sup> */
    public static long[] words(long[] counter, long... key) {
        long[] c = counter.clone();
        long k0 = key[0];
        long k1 = key[1];
        for (int round = 0; round < ROUNDS; round++) {
            long a = 0xD2511F53L * c[0];
            long b = 0xCD9E8D57L * c[2];
            c = new long[] {b >>> 32 ^ c[1] ^ k0, b & LOW, a >>> 32 ^ c[3] ^ k1, a & LOW};
            k0 = k0 + 0x9E3779B9L & LOW;
            k1 = k1 + 0xBB67AE85L & LOW;
        }
        return c;
    }

    /** The word of an element: number element mod 4 of block element / 4.
     *
     * @param seed    the key
     * @param offset  the upper half of the counter
     * @param element the number of the element
     * @return the word as a long below 2<sup>32</sup> */
    public static long word(long seed, long offset, long element) {
        long block = element / 4;
        return words(new long[] {block & LOW, block >>> 32, offset & LOW, offset >>> 32},
                seed & LOW, seed >>> 32)[(int) (element % 4)];
    }

    /** The uniform number in [0, 1) of a word. */
    static double uniform(long word) {
        return (word >>> 8) * 0x1p-24;
    }

    /** The uniform number in (0, 1) of a word. */
    static double uniformOpen(long word) {
        return ((word >>> 9) + 0.5) * 0x1p-23;
    }
}
