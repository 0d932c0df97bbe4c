// Tanh shrink: x - tanh x
// |x| < 1: x^3 P(x^2), 2^64 times; else the difference from the pair tanh |x|. Coefficients: src/test/python/fit.py.
// degree 7 on [0, 1], error 2^-27.4
#define TSH_C0_HI 0x1.555556p-2f
#define TSH_C0_LO -0x1.91e144p-27f
#define TSH_C1 -0x1.1110f2p-3f
#define TSH_C2 0x1.ba114cp-5f
#define TSH_C3 -0x1.65a576p-6f
#define TSH_C4 0x1.1cf5acp-7f
#define TSH_C5 -0x1.a405d6p-9f
#define TSH_C6 0x1.e35158p-11f
#define TSH_C7 -0x1.2a7b74p-13f

// 1 - tanh(a) / a for 0 <= a <= 1
pair lost_part(float a) {
    pair s = two_product(a, a);
    float q = fma(TSH_C7, s.hi, TSH_C6);
    q = fma(q, s.hi, TSH_C5);
    q = fma(q, s.hi, TSH_C4);
    q = fma(q, s.hi, TSH_C3);
    q = fma(q, s.hi, TSH_C2);
    q = fma(q, s.hi, TSH_C1);
    float c = fma(s.hi, q, TSH_C0_HI);
    float c_lo = fma(s.hi, q, TSH_C0_HI - c) + TSH_C0_LO;
    return pair_times(s, pair_of(c, c_lo));
}

float forward(float x) {
    float a = absolute(x);
    pair t = tanh_pair(a);
    pair big = fast_two_sum(a, -t.hi);
    float far = big.hi + (big.lo - t.lo);
    far = a > 64.0f ? a - 1.0f : far;
    float b = at_most(a, 1.0f);
    pair w = lost_part(b);
    b = b * 0x1p64f;
    float near = fma(b, w.hi, b * w.lo) * TWO_M64;
    return with_sign_of(a < 1.0f ? near : far, x);
}

// tanh^2 x; below 1 the tanh is x - x w, because the square doubles the error of tanh_pair
float derivative(float x) {
    float a = absolute(x);
    pair far = tanh_pair(a);
    float b = at_most(a, 1.0f);
    pair v = pair_times_float(lost_part(b), b);
    pair near = fast_two_sum(b, -v.hi);
    float hi = a < 1.0f ? near.hi : far.hi;
    float lo = a < 1.0f ? near.lo - v.lo : far.lo;
    return fma(hi, hi, (hi + hi) * lo);
}

// Fast: x^3 P(x^2), degree 6 on [0, 1], error 2^-23.9; beyond 1 the sum of (|x| - 1) and 2 E / (1 + E), E = e^-2|x|.
#define TSH_FAST_C0 0x1.555554p-2f
#define TSH_FAST_C1 -0x1.111002p-3f
#define TSH_FAST_C2 0x1.b9d5f4p-5f
#define TSH_FAST_C3 -0x1.62e4aep-6f
#define TSH_FAST_C4 0x1.0d5d88p-7f
#define TSH_FAST_C5 -0x1.4934ecp-9f
#define TSH_FAST_C6 0x1.b98556p-12f

float forward_fast(float x) {
    float a = absolute(x);
    exp_scaled t = exp_fast(-2.0f * at_most(a, 40.0f), 0.0f);
    float e = t.value * pow2(t.n_bits);
    float far = fma(e + e, reciprocal(1.0f + e), a - 1.0f);
    float b = at_most(a, 1.0f);
    float s = b * b;
    float q = fma(TSH_FAST_C6, s, TSH_FAST_C5);
    q = fma(q, s, TSH_FAST_C4);
    q = fma(q, s, TSH_FAST_C3);
    q = fma(q, s, TSH_FAST_C2);
    q = fma(q, s, TSH_FAST_C1);
    q = fma(q, s, TSH_FAST_C0);
    return with_sign_of(a < 1.0f ? b * (s * q) : far, x);
}

float derivative_fast(float x) {
    float t = tanh_fast(absolute(x));
    return t * t;
}
