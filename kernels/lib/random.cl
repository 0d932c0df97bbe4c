// Random words that depend on a seed, an offset and the place of an element alone: Philox4x32-10.
// Salmon, Moraes, Dror and Shaw: Parallel random numbers, as easy as 1, 2, 3. 2011
//
// The key is the seed; the counter is the number of a block of four elements and the offset. Element e takes word e mod 4 of
// block e / 4, so every device and every way to divide the work gives the same words.
#define PHILOX_A 0xD2511F53ul
#define PHILOX_B 0xCD9E8D57ul
#define PHILOX_KEY_LOW 0x9E3779B9u
#define PHILOX_KEY_HIGH 0xBB67AE85u

typedef struct { uint word0; uint word1; uint word2; uint word3; } words;

// The same, each in the lower half of 64 bits: drivers' compilers then make one multiplication for both halves of a product.
typedef struct { ulong word0; ulong word1; ulong word2; ulong word3; } wide_words;

#define LOWER_HALF 0xFFFFFFFFul

wide_words philox_round(wide_words c, uint key_low, uint key_high) {
    ulong a = PHILOX_A * c.word0;
    ulong b = PHILOX_B * c.word2;
    wide_words r = { (b >> 32) ^ c.word1 ^ (ulong)key_low, b & LOWER_HALF,
                     (a >> 32) ^ c.word3 ^ (ulong)key_high, a & LOWER_HALF };
    return r;
}

// Two rounds with the keys number n and n + 1.
wide_words philox_rounds(wide_words c, uint n, uint key_low, uint key_high) {
    wide_words half_way = philox_round(c, key_low + n * PHILOX_KEY_LOW, key_high + n * PHILOX_KEY_HIGH);
    return philox_round(half_way, key_low + (n + 1u) * PHILOX_KEY_LOW, key_high + (n + 1u) * PHILOX_KEY_HIGH);
}

wide_words widened(words w) {
    wide_words r = { (ulong)w.word0, (ulong)w.word1, (ulong)w.word2, (ulong)w.word3 };
    return r;
}

words narrowed(wide_words w) {
    words r = { (uint)w.word0, (uint)w.word1, (uint)w.word2, (uint)w.word3 };
    return r;
}

// In two parts, because a JVM does not keep the vectors of all rounds in registers.
words random_words_begun(uint block_low, uint block_high, uint offset_low, uint offset_high, uint seed_low, uint seed_high) {
    words c = { block_low, block_high, offset_low, offset_high };
    wide_words c2 = philox_rounds(widened(c), 0u, seed_low, seed_high);
    wide_words c4 = philox_rounds(c2, 2u, seed_low, seed_high);
    return narrowed(philox_rounds(c4, 4u, seed_low, seed_high));
}

words random_words_ended(words begun, uint seed_low, uint seed_high) {
    wide_words c8 = philox_rounds(widened(begun), 6u, seed_low, seed_high);
    return narrowed(philox_rounds(c8, 8u, seed_low, seed_high));
}

// The word of one element, for those who do not make four at once.
uint random_word(ulong element, uint offset_low, uint offset_high, uint seed_low, uint seed_high) {
    ulong block = element >> 2;
    words begun = random_words_begun((uint)block, (uint)(block >> 32), offset_low, offset_high, seed_low, seed_high);
    words w = random_words_ended(begun, seed_low, seed_high);
    // By its two bits: compilers make a switch over two bits of a longer choice, which Oclgrind 21.10 gets wrong.
    uint early = ((uint)element & 1u) == 0u ? w.word0 : w.word1;
    uint late = ((uint)element & 1u) == 0u ? w.word2 : w.word3;
    return ((uint)element & 2u) == 0u ? early : late;
}

// In [0, 1), exact.
float uniform_of(uint bits) { return (float)(int)(bits >> 8) * 0x1p-24f; }

// In (0, 1), exact: for logarithms.
float uniform_open(uint bits) { return ((float)(int)(bits >> 9) + 0.5f) * 0x1p-23f; }

// True with the probability threshold / 2^32, which is given as threshold - 1 and whether it is above 0.
bool keeps(uint bits, uint last_kept, uint any_kept) { return any_kept != 0u && bits <= last_kept; }

// x + g, g = -log(-log u) with u in (0, 1): the outer logarithm is that of a pair, and the sum is rounded once. The error of
// g is below 2^-30, or 2^-30 of it where it is larger.
float gumbel_plus(float x, uint bits) {
    pair inner = pair_negate(row_log(pair_of(uniform_open(bits), 0.0f)));     // from 2^-24 to 17
    pair g = pair_negate(row_log(row_normal(inner)));
    pair s = two_sum(x, g.hi);
    return row_value(pair_of(s.hi, s.lo + g.lo));
}
