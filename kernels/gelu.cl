// GELU: x Phi(x), exact, Phi the normal distribution function                               Hendrycks and Gimpel 2016
//
// With a = |x| and T = a Phi(-a): gelu = x < 0 ? -T : x - T. Phi(-a) = R(a) e^(-a^2/2), R(a) = W(u) / (a + 4),
// u = (a - 4) / (a + 4). The square is carried as a pair, otherwise its rounding error would be amplified up to 100 times.
// The derivative is gelu'(-a) = (root - a) K(u) e^(-a^2/2), gelu'(a) = 1 - gelu'(-a).
// Coefficients: src/test/python/fit.py.

// W: degree 10 on u in [-1, 0.5745], error 2^-29.4
#define GELU_C0_HI 0x1.82b4cp-1f
#define GELU_C0_LO -0x1.1b14bep-23f
#define GELU_C1_HI -0x1.373e3ap-1f
#define GELU_C1_LO -0x1.94b0b4p-26f
#define GELU_C2 0x1.8c6dbap-2f
#define GELU_C3 -0x1.7dff06p-3f
#define GELU_C4 0x1.eec80ap-5f
#define GELU_C5 -0x1.ee51c2p-8f
#define GELU_C6 -0x1.c99c4p-9f
#define GELU_C7 0x1.acf598p-10f
#define GELU_C8 0x1.663f14p-13f
#define GELU_C9 -0x1.cf5c7ap-13f
#define GELU_C10 -0x1.7ee5e2p-15f
// K: degree 9, error 2^-30.6
#define GELUD_C0_HI 0x1.d94de8p-2f
#define GELUD_C0_LO -0x1.ddd47p-28f
#define GELUD_C1_HI -0x1.a763p-4f
#define GELUD_C1_LO -0x1.91ae4p-30f
#define GELUD_C2 0x1.ef4fecp-5f
#define GELUD_C3 -0x1.cc1e06p-6f
#define GELUD_C4 0x1.377838p-7f
#define GELUD_C5 -0x1.d4d222p-10f
#define GELUD_C6 -0x1.484a66p-13f
#define GELUD_C7 0x1.85343ap-13f
#define GELUD_C8 -0x1.b78004p-17f
#define GELUD_C9 -0x1.0e8c36p-16f
#define GELU_ROOT_HI 0x1.80ead2p-1f
#define GELU_ROOT_LO -0x1.a03fd4p-27f

// Beyond 14.8 the tail is below the smallest subnormal.
#define GELU_END 14.8f

float forward(float x) {
    float a = at_most(absolute(x), GELU_END);
    pair b = fast_two_sum(4.0f, a);
    float m = a - 4.0f;
    float m_lo = a - (m + 4.0f);
    float y = reciprocal(b.hi);
    pair u = pair_quotient(pair_of(m, m_lo), b, y);
    float q = fma(GELU_C10, u.hi, GELU_C9);
    q = fma(q, u.hi, GELU_C8);
    q = fma(q, u.hi, GELU_C7);
    q = fma(q, u.hi, GELU_C6);
    q = fma(q, u.hi, GELU_C5);
    q = fma(q, u.hi, GELU_C4);
    q = fma(q, u.hi, GELU_C3);
    q = fma(q, u.hi, GELU_C2);
    float c = fma(q, u.hi, GELU_C1_HI);
    float c_lo = fma(q, u.hi, GELU_C1_HI - c) + fma(q, u.lo, GELU_C1_LO);
    pair cu = pair_times(pair_of(c, c_lo), u);
    pair w = fast_two_sum(GELU_C0_HI, cu.hi);
    w.lo = w.lo + (cu.lo + GELU_C0_LO);
    pair r = pair_quotient(w, b, y);
    pair s = two_product(a, a);
    exp_parts t = exp_split(-0.5f * s.hi, 0.5f * s.lo);
    pair g = pair_times_float(pair_times(r, exp_sum(t)), a);
    float tail = scale_down(g.hi + g.lo, pow2_up64(t.n_bits));
    float z = x - tail;
    return x < 0.0f ? -tail : z;
}

float derivative(float x) {
    float a = at_most(absolute(x), GELU_END);
    pair b = fast_two_sum(4.0f, a);
    float m = a - 4.0f;
    float m_lo = a - (m + 4.0f);
    pair u = pair_quotient(pair_of(m, m_lo), b, reciprocal(b.hi));
    float q = fma(GELUD_C9, u.hi, GELUD_C8);
    q = fma(q, u.hi, GELUD_C7);
    q = fma(q, u.hi, GELUD_C6);
    q = fma(q, u.hi, GELUD_C5);
    q = fma(q, u.hi, GELUD_C4);
    q = fma(q, u.hi, GELUD_C3);
    q = fma(q, u.hi, GELUD_C2);
    float c = fma(q, u.hi, GELUD_C1_HI);
    float c_lo = fma(q, u.hi, GELUD_C1_HI - c) + fma(q, u.lo, GELUD_C1_LO);
    pair cu = pair_times(pair_of(c, c_lo), u);
    pair k = fast_two_sum(GELUD_C0_HI, cu.hi);
    k.lo = k.lo + (cu.lo + GELUD_C0_LO);
    pair d = two_sum(GELU_ROOT_HI, -a);
    d.lo = d.lo + GELU_ROOT_LO;
    pair s = two_product(a, a);
    exp_parts t = exp_split(-0.5f * s.hi, 0.5f * s.lo);
    pair g = pair_times(pair_times(d, k), exp_sum(t));
    float tail = scale_down(g.hi + g.lo, pow2_up64(t.n_bits));
    float z = 1.0f - tail;
    return x < 0.0f ? tail : z;
}

// Fast: R = P / Q directly in a. The low parts of the exponential and of the denominator and one correction of the quotient
// keep T within the bound. P and Q in powers of the square have fewer roundings than Horner's scheme and as many operations.
// R: P4/Q5 on [0, 14.8], error 2^-25.9
#define GELU_FAST_P0 0x1p-1f
#define GELU_FAST_P1 0x1.c0b594p-2f
#define GELU_FAST_P2 0x1.7708e4p-3f
#define GELU_FAST_P3 0x1.4c7832p-5f
#define GELU_FAST_P4 0x1.0d1798p-8f
#define GELU_FAST_Q1 0x1.ac9cf8p+0f
#define GELU_FAST_Q2 0x1.33bdd4p+0f
#define GELU_FAST_Q3 0x1.e06c82p-2f
#define GELU_FAST_Q4 0x1.a0b6f2p-4f
#define GELU_FAST_Q5 0x1.5140d2p-7f
// the derivative's K: P4/Q4 on [0, 14.8], error 2^-25.8
#define GELUD_FAST_P0 0x1.54851ap-1f
#define GELUD_FAST_P1 0x1.868b0ap-1f
#define GELUD_FAST_P2 0x1.8c4136p-2f
#define GELUD_FAST_P3 0x1.96f0dep-4f
#define GELUD_FAST_P4 0x1.6a0a96p-7f
#define GELUD_FAST_Q1 0x1.699a8ep+0f
#define GELUD_FAST_Q2 0x1.9ee448p-1f
#define GELUD_FAST_Q3 0x1.d36522p-3f
#define GELUD_FAST_Q4 0x1.c5bff6p-6f

float forward_fast(float x) {
    float a = at_most(absolute(x), GELU_END);
    pair s = two_product(a, a);
    exp_scaled t = expm1_fast_split(-0.5f * s.hi, 0.5f * s.lo);
    pair e = fast_two_sum(1.0f, t.value);
    float n = fma(s.hi, fma(GELU_FAST_P4, a, GELU_FAST_P3), fma(GELU_FAST_P2, a, GELU_FAST_P1));
    float m = a * fma(a, n, GELU_FAST_P0);
    pair p = pair_times_float(e, m);
    float c = fma(s.hi, GELU_FAST_Q5, fma(GELU_FAST_Q4, a, GELU_FAST_Q3));
    c = fma(s.hi, c, fma(GELU_FAST_Q2, a, GELU_FAST_Q1));
    float d = fma(a, c, 1.0f);
    float d_lo = 1.0f - fma(-a, c, d);
    float y = reciprocal(d);
    float q = p.hi * y;
    float r = fma(-q, d_lo, fma(-q, d, p.hi)) + p.lo;
    float tail = scale_down(fma(r, y, q), pow2_up64(t.n_bits));
    float z = x - tail;
    return x < 0.0f ? -tail : z;
}

float derivative_fast(float x) {
    float a = at_most(absolute(x), GELU_END);
    pair s = two_product(a, a);
    exp_scaled t = exp_fast(-0.5f * s.hi, 0.5f * s.lo);
    float n = fma(s.hi, fma(GELUD_FAST_P4, a, GELUD_FAST_P3), fma(GELUD_FAST_P2, a, GELUD_FAST_P1));
    n = fma(a, n, GELUD_FAST_P0);
    float d = fma(s.hi, fma(GELUD_FAST_Q4, a, GELUD_FAST_Q3), fma(GELUD_FAST_Q2, a, GELUD_FAST_Q1));
    d = fma(a, d, 1.0f);
    float root = (GELU_ROOT_HI - a) + GELU_ROOT_LO;
    float tail = scale_down((root * n) * (t.value * reciprocal(d)), pow2_up64(t.n_bits));
    float z = 1.0f - tail;
    return x < 0.0f ? tail : z;
}
