// GELU: x Phi(x), exact, Phi the normal distribution function                               Hendrycks and Gimpel 2016
//
// With a = |x| and T = a Phi(-a): gelu = x < 0 ? -T : x - T. Phi(-a) = R(a) e^(-a^2/2), see lib/normal.cl.
// The derivative is gelu'(-a) = (root - a) K(u) e^(-a^2/2), gelu'(a) = 1 - gelu'(-a).
// Coefficients: src/test/python/fit.py.

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

float forward(float x) {
    float a = at_most(absolute(x), NORMAL_END);
    normal_tail t = normal_above(a);
    pair g = pair_times_float(t.value, a);
    float tail = scale_down(g.hi + g.lo, pow2_up64(t.n_bits));
    float z = x - tail;
    return x < 0.0f ? -tail : z;
}

float derivative(float x) {
    float a = at_most(absolute(x), NORMAL_END);
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
    float a = at_most(absolute(x), NORMAL_END);
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
    float a = at_most(absolute(x), NORMAL_END);
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

// The same in double; coefficients: src/test/python/fit64.py. Beyond 39 the tail is below the smallest subnormal.
#define GELU64_END 39.0
// W
// degree 24 on [-1.0, 0.814], error 2^-55.9
#define GELU64_C0_HI 0x1.82b4bb8c94dcp-1
#define GELU64_C0_LO 0x1.b97a6a4d5519bp-50
#define GELU64_C1_HI -0x1.373e3a893c28ap-1
#define GELU64_C1_LO -0x1.9e3753e90e35ap-58
#define GELU64_C2 0x1.8c6dbf2cfc2b1p-2
#define GELU64_C3 -0x1.7dff2bff683b4p-3
#define GELU64_C4 0x1.eec4cc3e4d7f2p-5
#define GELU64_C5 -0x1.ee2761047889ep-8
#define GELU64_C6 -0x1.c81719d5c10dcp-9
#define GELU64_C7 0x1.ab825fbf65b69p-10
#define GELU64_C8 0x1.17a4ae851932ep-13
#define GELU64_C9 -0x1.e4a424fd84275p-13
#define GELU64_C10 -0x1.001edbcd0e89ap-19
#define GELU64_C11 0x1.26d08f65c4ff2p-15
#define GELU64_C12 0x1.80baa16a9c2aap-21
#define GELU64_C13 -0x1.8d49ebe4a9497p-18
#define GELU64_C14 -0x1.51fb943c2c413p-21
#define GELU64_C15 0x1.122a5f17fbb8dp-20
#define GELU64_C16 0x1.23872292c6acap-22
#define GELU64_C17 -0x1.4c4352d9063e7p-23
#define GELU64_C18 -0x1.6d3f0e7e5e128p-24
#define GELU64_C19 0x1.c2d4773d6ec89p-27
#define GELU64_C20 0x1.4c5f1038eb0b5p-26
#define GELU64_C21 0x1.0df9a2d22ac96p-29
#define GELU64_C22 -0x1.4c20ba116ea25p-29
#define GELU64_C23 -0x1.8f97cbc9023ffp-31
#define GELU64_C24 -0x1.f675af45fb0dp-37
#define GELU64_ROOT_HI 0x1.80ead197f00b4p-1
#define GELU64_ROOT_LO -0x1.13e74c58cada8p-56

double forward64(double x) {
    double a = at_most(absolute64(x), GELU64_END);
    pair64 b = two_sum64(4.0, a);
    double m = a - 4.0;
    double m_lo = a - (m + 4.0);
    double y = reciprocal(b.hi);
    pair64 u = pair_quotient64(pair_of64(m, m_lo), b, y);
    double q = fma(GELU64_C24, u.hi, GELU64_C23);
    q = fma(q, u.hi, GELU64_C22);
    q = fma(q, u.hi, GELU64_C21);
    q = fma(q, u.hi, GELU64_C20);
    q = fma(q, u.hi, GELU64_C19);
    q = fma(q, u.hi, GELU64_C18);
    q = fma(q, u.hi, GELU64_C17);
    q = fma(q, u.hi, GELU64_C16);
    q = fma(q, u.hi, GELU64_C15);
    q = fma(q, u.hi, GELU64_C14);
    q = fma(q, u.hi, GELU64_C13);
    q = fma(q, u.hi, GELU64_C12);
    q = fma(q, u.hi, GELU64_C11);
    q = fma(q, u.hi, GELU64_C10);
    q = fma(q, u.hi, GELU64_C9);
    q = fma(q, u.hi, GELU64_C8);
    q = fma(q, u.hi, GELU64_C7);
    q = fma(q, u.hi, GELU64_C6);
    q = fma(q, u.hi, GELU64_C5);
    q = fma(q, u.hi, GELU64_C4);
    q = fma(q, u.hi, GELU64_C3);
    q = fma(q, u.hi, GELU64_C2);
    double c = fma(q, u.hi, GELU64_C1_HI);
    double c_lo = fma(q, u.hi, GELU64_C1_HI - c) + fma(q, u.lo, GELU64_C1_LO);
    pair64 cu = pair_times64(pair_of64(c, c_lo), u);
    pair64 w = fast_two_sum64(GELU64_C0_HI, cu.hi);
    w.lo = w.lo + (cu.lo + GELU64_C0_LO);
    pair64 r = pair_quotient64(w, b, y);
    pair64 s = two_product64(a, a);
    exp_parts64 t = exp_split64(-0.5 * s.hi, 0.5 * s.lo);
    pair64 g = pair_times_double64(pair_times64(r, exp_sum64(t)), a);
    double tail = scale_down64(g.hi + g.lo, raised_pow2_64(t.n_bits));
    double z = x - tail;
    return x < 0.0 ? -tail : z;
}

// K
// degree 22 on [-1.0, 0.814], error 2^-58.3
#define GELUD64_C0_HI 0x1.d94de78425463p-2
#define GELUD64_C0_LO -0x1.bd5d18888c526p-58
#define GELUD64_C1_HI -0x1.a763001ac67ddp-4
#define GELUD64_C1_LO -0x1.826759bca7bb2p-59
#define GELUD64_C2 0x1.ef4ff801379a1p-5
#define GELUD64_C3 -0x1.cc1e2623d9211p-6
#define GELUD64_C4 0x1.37754d816b71ep-7
#define GELUD64_C5 -0x1.d4c8222aa755bp-10
#define GELUD64_C6 -0x1.443f63e033769p-13
#define GELUD64_C7 0x1.85999c301b0f6p-13
#define GELUD64_C8 -0x1.253812ba23fdfp-16
#define GELUD64_C9 -0x1.2e93811496397p-16
#define GELUD64_C10 0x1.dafc0af74b282p-19
#define GELUD64_C11 0x1.29878af869bddp-19
#define GELUD64_C12 -0x1.083eaa56ddf4cp-21
#define GELUD64_C13 -0x1.7734fa51d6f05p-22
#define GELUD64_C14 0x1.c26302ecb8b87p-25
#define GELUD64_C15 0x1.102595904c1e7p-24
#define GELUD64_C16 -0x1.a5038e09d88a7p-31
#define GELUD64_C17 -0x1.88e04c138f186p-27
#define GELUD64_C18 -0x1.e5bce15505784p-30
#define GELUD64_C19 0x1.d6d09ee6c5561p-30
#define GELUD64_C20 0x1.34123478ccb6fp-31
#define GELUD64_C21 -0x1.486c83aadd45p-33
#define GELUD64_C22 -0x1.3f9a661594806p-34

double derivative64(double x) {
    double a = at_most(absolute64(x), GELU64_END);
    pair64 b = two_sum64(4.0, a);
    double m = a - 4.0;
    double m_lo = a - (m + 4.0);
    pair64 u = pair_quotient64(pair_of64(m, m_lo), b, reciprocal(b.hi));
    double q = fma(GELUD64_C22, u.hi, GELUD64_C21);
    q = fma(q, u.hi, GELUD64_C20);
    q = fma(q, u.hi, GELUD64_C19);
    q = fma(q, u.hi, GELUD64_C18);
    q = fma(q, u.hi, GELUD64_C17);
    q = fma(q, u.hi, GELUD64_C16);
    q = fma(q, u.hi, GELUD64_C15);
    q = fma(q, u.hi, GELUD64_C14);
    q = fma(q, u.hi, GELUD64_C13);
    q = fma(q, u.hi, GELUD64_C12);
    q = fma(q, u.hi, GELUD64_C11);
    q = fma(q, u.hi, GELUD64_C10);
    q = fma(q, u.hi, GELUD64_C9);
    q = fma(q, u.hi, GELUD64_C8);
    q = fma(q, u.hi, GELUD64_C7);
    q = fma(q, u.hi, GELUD64_C6);
    q = fma(q, u.hi, GELUD64_C5);
    q = fma(q, u.hi, GELUD64_C4);
    q = fma(q, u.hi, GELUD64_C3);
    q = fma(q, u.hi, GELUD64_C2);
    double c = fma(q, u.hi, GELUD64_C1_HI);
    double c_lo = fma(q, u.hi, GELUD64_C1_HI - c) + fma(q, u.lo, GELUD64_C1_LO);
    pair64 cu = pair_times64(pair_of64(c, c_lo), u);
    pair64 k = fast_two_sum64(GELUD64_C0_HI, cu.hi);
    k.lo = k.lo + (cu.lo + GELUD64_C0_LO);
    pair64 d = two_sum64(GELU64_ROOT_HI, -a);
    d = two_sum64(d.hi, d.lo + GELU64_ROOT_LO);
    pair64 s = two_product64(a, a);
    exp_parts64 t = exp_split64(-0.5 * s.hi, 0.5 * s.lo);
    pair64 g = pair_times64(pair_times64(d, k), exp_sum64(t));
    double tail = scale_down64(g.hi + g.lo, raised_pow2_64(t.n_bits));
    double z = 1.0 - tail;
    return x < 0.0 ? tail : z;
}
