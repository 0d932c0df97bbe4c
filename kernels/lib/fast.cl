// The pieces of the fast tier (forward_fast, derivative_fast), float32: at most 5 ULP forward, 9 in derivatives, on the whole line.
//
// One float instead of a pair. What would cost more than a few last places stays compensated: the argument of an exponential,
// which multiplies its absolute error, and the distance from a root. Powers of two are applied last, as in math.cl.
//
// Constants are minimax coefficients, the errors relative to the whole function; src/test/python/fit.py computes them.

// ---- the exponential
#define LN2 0x1.62e43p-1f
// for e^r: degree 4 on [-0.3475, 0.3475], error 2^-28.2
#define EXP_FAST_C0 0x1.fffffcp-2f
#define EXP_FAST_C1 0x1.55549p-3f
#define EXP_FAST_C2 0x1.5558aap-5f
#define EXP_FAST_C3 0x1.123b02p-7f
#define EXP_FAST_C4 0x1.6a5602p-10f
// for e^r - 1: degree 4 on [-0.3475, 0.3475], error 2^-26.1
#define EXPM1_FAST_C0 0x1.fffffep-2f
#define EXPM1_FAST_C1 0x1.5554b2p-3f
#define EXPM1_FAST_C2 0x1.5556f8p-5f
#define EXPM1_FAST_C3 0x1.1226d8p-7f
#define EXPM1_FAST_C4 0x1.6b96b8p-10f

typedef struct { float value; uint n_bits; } exp_scaled;

// e^(x - low) = 2^n value, value in [0.7, 1.42]
exp_scaled exp_fast(float x, float low) {
    float shifted = fma(x, LOG2E, ROUND_MAGIC);
    float n = shifted - ROUND_MAGIC;
    float r = fma(n, -LN2_LO, fma(n, -LN2_HI, x)) - low;
    float q = fma(EXP_FAST_C4, r, EXP_FAST_C3);
    q = fma(q, r, EXP_FAST_C2);
    q = fma(q, r, EXP_FAST_C1);
    q = fma(q, r, EXP_FAST_C0);
    q = fma(q, r, 1.0f);
    exp_scaled t = { fma(q, r, 1.0f), as_uint(shifted) << 23 };
    return t;
}

// e^r - 1 for |r| < 0.3475
float expm1_near_zero(float r) {
    float q = fma(EXPM1_FAST_C4, r, EXPM1_FAST_C3);
    q = fma(q, r, EXPM1_FAST_C2);
    q = fma(q, r, EXPM1_FAST_C1);
    q = fma(q, r, EXPM1_FAST_C0);
    return fma(r * r, q, r);
}

// e^(x - low) = 2^n (1 + value) with small relative error of value
exp_scaled expm1_fast_split(float x, float low) {
    float shifted = fma(x, LOG2E, ROUND_MAGIC);
    float n = shifted - ROUND_MAGIC;
    float r = fma(n, -LN2_LO, fma(n, -LN2_HI, x)) - low;
    exp_scaled t = { expm1_near_zero(r), as_uint(shifted) << 23 };
    return t;
}

// e^x - 1 for -25 <= x <= 0. ln2 in one part is enough: its error is multiplied by n, but e^x is small against 1 then.
float expm1_fast(float x) {
    float shifted = fma(x, LOG2E, ROUND_MAGIC);
    float w = expm1_near_zero(fma(shifted - ROUND_MAGIC, -LN2, x));
    float p = pow2(as_uint(shifted) << 23);
    return fma(p, w, p - 1.0f);
}

// ---- the logarithm
// log(1 + e) / e for 0 <= e <= 1: degree 8, error 2^-24.0
#define L1P_FAST_C0 0x1.fffffep-1f
#define L1P_FAST_C1 -0x1.fffdcep-2f
#define L1P_FAST_C2 0x1.55205p-2f
#define L1P_FAST_C3 -0x1.fbe5ecp-3f
#define L1P_FAST_C4 0x1.840f5cp-3f
#define L1P_FAST_C5 -0x1.11509ep-3f
#define L1P_FAST_C6 0x1.31b80cp-4f
#define L1P_FAST_C7 -0x1.c0939p-6f
#define L1P_FAST_C8 0x1.352be6p-8f

float log1p_ratio_fast(float e) {
    float q = fma(L1P_FAST_C8, e, L1P_FAST_C7);
    q = fma(q, e, L1P_FAST_C6);
    q = fma(q, e, L1P_FAST_C5);
    q = fma(q, e, L1P_FAST_C4);
    q = fma(q, e, L1P_FAST_C3);
    q = fma(q, e, L1P_FAST_C2);
    q = fma(q, e, L1P_FAST_C1);
    return fma(q, e, L1P_FAST_C0);
}

// ---- the sigmoid and its relatives
// as sigmoid_near
float sigmoid_near_fast(float x, float low) {
    float u = negative_absolute(x);
    float u_low = x < 0.0f ? 0.0f - low : low;
    u_low = u < -104.0f ? 0.0f : u_low;
    exp_scaled t = exp_fast(at_least(u, -104.0f), u_low);
    float up = pow2_up64(t.n_bits);
    float y = reciprocal(fma(t.value, up * TWO_M64, 1.0f));
    float tail = scale_down(t.value * y, up);
    return x < 0.0f ? tail : y;
}

// as logistic_density
float logistic_density_fast(float x, float final_scale) {
    exp_scaled t = exp_fast(at_least(negative_absolute(x), -110.0f), 0.0f);
    float up = pow2_up64(t.n_bits);
    float d = fma(t.value, up * TWO_M64, 1.0f);
    return ((t.value * reciprocal(d * d)) * up) * final_scale;
}

// tanh of a >= 0: -m / (2 + m), m = expm1(-2a); not -m, which makes a -0
float tanh_fast(float a) {
    float m = expm1_fast(-2.0f * at_most(a, 10.0f));
    return (0.0f - m) * reciprocal(2.0f + m);
}

// as gated
float gated_fast(float x, float v, float low) {
    float u = negative_absolute(v);
    float u_low = v < 0.0f ? 0.0f - low : low;
    u_low = u < -131.0f ? 0.0f : u_low;
    exp_scaled t = exp_fast(at_least(u, -131.0f), u_low);
    float up = pow2_up64(t.n_bits);
    float xs = v < -131.0f ? signed_zero(x) : x;                              // no inf * 0
    float q = xs * reciprocal(fma(t.value, up * TWO_M64, 1.0f));
    float tail = scale_down(q * t.value, up);
    return v < 0.0f ? tail : q;
}

// As silu_derivative. Where the high parts of the root and of v cancel, d_lo is the distance: with the root's third part it is
// right to two roundings there too. Elsewhere the third part is lost, and not missed.
float silu_derivative_fast(float v, float low) {
    float a = absolute(v);
    float a_low = v < 0.0f ? 0.0f - low : low;
    a_low = a > 120.0f ? 0.0f : a_low;
    a = at_most(a, 120.0f);
    float d = SILU_ROOT_HI - a;
    float d_lo = (SILU_ROOT_HI - (d + a)) + ((SILU_ROOT_LO - a_low) + SILU_ROOT_LO2);
    exp_scaled t = expm1_fast_split(d, -d_lo);
    float up = pow2_up64(t.n_bits);
    float p = up * TWO_M64;
    float m = fma(p, t.value, p - 1.0f);
    float n = fma(SILU_K_HI, d + d_lo, m);
    float s = m + SILU_K1_HI;
    float y = scale_down(((1.0f + t.value) * n) * reciprocal(s * s), up);
    float z = 1.0f - y;
    return v < 0.0f ? y : z;
}
