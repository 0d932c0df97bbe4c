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

// The same in double. Below 2^-200 the factors of x^3 and x^2 are scaled: no part of a product underflows before the end. The
// derivative squares the pair tanh x, and x itself where x is that small.
// degree 18 on [0.0, 1.0], error 2^-56.0
#define TSH64_C0_HI 0x1.5555555555555p-2
#define TSH64_C0_LO 0x1.5547a2ac2c5c1p-56
#define TSH64_C1_HI -0x1.1111111111111p-3
#define TSH64_C1_LO 0x1.21530967e0a3p-62
#define TSH64_C2 0x1.ba1ba1ba1b9f7p-5
#define TSH64_C3 -0x1.664f4882c0365p-6
#define TSH64_C4 0x1.226e355e411f4p-7
#define TSH64_C5 -0x1.d6d3d0d6edea5p-9
#define TSH64_C6 0x1.7da3637bc212p-10
#define TSH64_C7 -0x1.3558184bbb1fbp-11
#define TSH64_C8 0x1.f57c73b68a46fp-13
#define TSH64_C9 -0x1.96760117ce133p-14
#define TSH64_C10 0x1.494c2420a2307p-15
#define TSH64_C11 -0x1.0a296ce048e07p-16
#define TSH64_C12 0x1.aa38c99699bc2p-18
#define TSH64_C13 -0x1.4b6cc6fc682cbp-19
#define TSH64_C14 0x1.e029d08691f3ap-21
#define TSH64_C15 -0x1.2e8981b6082b8p-22
#define TSH64_C16 0x1.2c57cb77f434ap-24
#define TSH64_C17 -0x1.947a01e0091bdp-27
#define TSH64_C18 0x1.0e62b598db57cp-30

double forward64(double x) {
    double a = absolute64(x);
    pair64 t = tanh_pair64(a);
    pair64 big = fast_two_sum64(a, -t.hi);
    double far = big.hi + (big.lo - t.lo);
    far = a > 64.0 ? a - 1.0 : far;
    double b = at_most(a, 1.0);
    pair64 s = two_product64(b, b);
    double q = fma(TSH64_C18, s.hi, TSH64_C17);
    q = fma(q, s.hi, TSH64_C16);
    q = fma(q, s.hi, TSH64_C15);
    q = fma(q, s.hi, TSH64_C14);
    q = fma(q, s.hi, TSH64_C13);
    q = fma(q, s.hi, TSH64_C12);
    q = fma(q, s.hi, TSH64_C11);
    q = fma(q, s.hi, TSH64_C10);
    q = fma(q, s.hi, TSH64_C9);
    q = fma(q, s.hi, TSH64_C8);
    q = fma(q, s.hi, TSH64_C7);
    q = fma(q, s.hi, TSH64_C6);
    q = fma(q, s.hi, TSH64_C5);
    q = fma(q, s.hi, TSH64_C4);
    q = fma(q, s.hi, TSH64_C3);
    q = fma(q, s.hi, TSH64_C2);
    double c1 = fma(s.hi, q, TSH64_C1_HI);
    double c1_lo = fma(s.hi, q, TSH64_C1_HI - c1) + TSH64_C1_LO;
    pair64 v = pair_times64(s, pair_of64(c1, c1_lo));
    pair64 c = fast_two_sum64(TSH64_C0_HI, v.hi);
    c.lo = c.lo + (v.lo + TSH64_C0_LO);
    bool tiny = b < 0x1p-200;
    double down = tiny ? 0x1p-300 : 1.0;
    double z = b * (tiny ? 0x1p300 : 1.0);
    pair64 w = pair_times64(two_product64(z, z), c);
    double near = ((fma(z, w.hi, z * w.lo) * down) * down) * down;
    return with_sign_of64(a < 1.0 ? near : far, x);
}

double derivative64(double x) {
    double a = absolute64(x);
    pair64 t = tanh_pair64(a);
    bool tiny = a < 0x1p-200;
    double hi = tiny ? a * 0x1p400 : t.hi;
    double lo = tiny ? 0.0 : t.lo;
    double down = tiny ? 0x1p-400 : 1.0;
    return (fma(hi, hi, (hi + hi) * lo) * down) * down;
}
