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

// row_exp in the fast tier: one float
float row_exp_fast(float x, float m) {
    pair d = two_sum(x, -m);
    float low = d.hi < -104.0f ? 0.0f : 0.0f - d.lo;
    exp_scaled t = exp_fast(at_least(d.hi, -104.0f), low);
    float up = pow2_up64(t.n_bits);
    return t.value * (d.hi < -104.0f ? 0.0f : up);
}

// hi + lo rounded; where hi has become infinite or NaN, lo is meaningless and hi is what plain sums would give
float row_value(pair s) {
    float v = s.hi + s.lo;
    return absolute(s.hi) <= LARGEST ? v : s.hi;
}

// a / b as a pair
pair pair_over(pair a, pair b) { return pair_quotient(a, b, reciprocal(b.hi)); }

pair pair_negate(pair a) { return pair_of(-a.hi, -a.lo); }

// The factor 2^64 of row_exp taken out of a sum of such terms.
pair row_unscaled(pair s) { return pair_of(s.hi * TWO_M64, s.lo * TWO_M64); }

// log s as a pair with small relative error, near s = 1 too; s.hi is normal or NaN, |s.lo| at most half a last place of it
pair row_log(pair s) {
    uint k_bits = (as_uint(s.hi) - SQRT_HALF_BITS) & 0xFF800000u;             // s 2^-k in [0.707, 1.414]
    float k = (float)(as_int(k_bits) >> 23);
    float f = as_float(as_uint(s.hi) - k_bits);
    pair e = two_sum(f - 1.0f, s.lo * as_float(ONE_BITS - k_bits));
    pair l = log1p_pair(e.hi, e.lo);
    pair r = fast_two_sum(k * LN2_HI, l.hi);                                  // k LN2_HI is exact
    float hi = s.hi == s.hi ? r.hi : s.hi;                                    // bit operations have lost a NaN
    return pair_of(hi, r.lo + fma(k, LN2_LO, l.lo));
}

// An element's score: scale x + mask, rounded once; -inf where keep is 0, or where the element is later than the query sees.
#define MINUS_INFINITY_BITS 0xFF800000u

float row_score(float x, float scale, float mask, uint keep, uint index, uint query, int reach, uint causal) {
    float hidden = as_float(MINUS_INFINITY_BITS);
    float z = fma(scale, x, mask);
    float kept = keep != 0u ? z : hidden;
    float seen = as_int(index) <= as_int(query) + reach ? kept : hidden;
    return causal != 0u ? seen : kept;
}

// What scores are compared with: 0 where a row has nothing but -inf and shall not give NaN for that. Its terms are 0 then, and so is
// their sum, which else is 2^64 at least.
float row_reference(float largest, float zero_if_empty) {
    return zero_if_empty != 0.0f && as_uint(largest) == MINUS_INFINITY_BITS ? 0.0f : largest;
}
pair row_sum_or(float if_empty, pair sum) { return pair_of(sum.hi == 0.0f ? if_empty : sum.hi, sum.lo); }

// chain_rule with a derivative that is a pair
pair chain_rule_pair(float dy, pair derivative) {
    pair product = pair_times_float(derivative, dy);
    float nothing = dy == dy ? 0.0f : dy;
    bool none = derivative.hi == 0.0f;
    return pair_of(none ? nothing : product.hi, none ? 0.0f : product.lo);
}

// What an element adds to the gradient of a parameter on which f depends for x up to 0 only. A NaN counts.
pair negative_side_term(float x, float dy, pair derivative) {
    pair t = chain_rule_pair(dy, derivative);
    return pair_of(x > 0.0f ? 0.0f : t.hi, x > 0.0f ? 0.0f : t.lo);
}

// y (dy - sum): the gradient of functions whose outputs add up to 1
float row_centred(float y, float dy, pair sum) {
    pair d = two_sum(dy, -sum.hi);
    float low = absolute(d.hi) <= LARGEST ? d.lo - sum.lo : 0.0f;
    return fma(y, d.hi, y * low);
}
