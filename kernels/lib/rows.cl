// What functions of whole rows are made of, whatever they reduce: the largest element, the first one with a property, sums of pairs.

// The larger of the two; NaN wins. -0 and +0 may be exchanged, row_maximum removes the difference.
float row_larger(float m, float x) { return x > m || x != x ? x : m; }
float row_maximum(float m) { return m + 0.0f; }

// The smaller of two indexes. NO_INDEX is larger than any.
#define NO_INDEX 0xFFFFFFFFu
uint row_earlier(uint a, uint b) { return a < b ? a : b; }
uint row_first(uint first, uint index, bool holds) { return row_earlier(first, holds ? index : NO_INDEX); }

// |lo| <= half a last place of hi; an infinite or NaN hi has lo = 0
pair row_normal(pair s) {
    pair v = two_sum(s.hi, s.lo);
    bool finite = absolute(s.hi) <= LARGEST;
    return pair_of(finite ? v.hi : s.hi, finite ? v.lo : 0.0f);
}

// 2^64 e^(x - m) for x <= m. The rounding error of x - m goes into the exponential; below e^-104 the value is 0. The factor 2^64
// keeps every intermediate value normal and cancels in quotients.
pair row_exp(float x, float m) {
    pair d = two_sum(x, -m);
    float low = d.hi < -104.0f ? 0.0f : 0.0f - d.lo;
    exp_parts t = exp_split(at_least(d.hi, -104.0f), low);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    up = d.hi < -104.0f ? 0.0f : up;
    return pair_of(e.hi * up, e.lo * up);
}
