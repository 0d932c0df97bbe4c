// The normal distribution, float32.
//
// Phi(-a) = R(a) e^(-a^2/2), R(a) = W(u) / (a + 4), u = (a - 4) / (a + 4), for 0 <= a <= NORMAL_END. The square is carried as a
// pair, otherwise its rounding error would be amplified up to 100 times. Coefficients: src/test/python/fit.py.

// W: degree 10 on u in [-1, 0.5745], error 2^-29.4
#define NORMAL_C0_HI 0x1.82b4cp-1f
#define NORMAL_C0_LO -0x1.1b14bep-23f
#define NORMAL_C1_HI -0x1.373e3ap-1f
#define NORMAL_C1_LO -0x1.94b0b4p-26f
#define NORMAL_C2 0x1.8c6dbap-2f
#define NORMAL_C3 -0x1.7dff06p-3f
#define NORMAL_C4 0x1.eec80ap-5f
#define NORMAL_C5 -0x1.ee51c2p-8f
#define NORMAL_C6 -0x1.c99c4p-9f
#define NORMAL_C7 0x1.acf598p-10f
#define NORMAL_C8 0x1.663f14p-13f
#define NORMAL_C9 -0x1.cf5c7ap-13f
#define NORMAL_C10 -0x1.7ee5e2p-15f

// Beyond 14.8 the tail is below the smallest subnormal.
#define NORMAL_END 14.8f

// value.hi + value.lo times the power of two of n_bits
typedef struct { pair value; uint n_bits; } normal_tail;

normal_tail normal_above(float a) {
    pair b = fast_two_sum(4.0f, a);
    float m = a - 4.0f;
    float m_lo = a - (m + 4.0f);
    float y = reciprocal(b.hi);
    pair u = pair_quotient(pair_of(m, m_lo), b, y);
    float q = fma(NORMAL_C10, u.hi, NORMAL_C9);
    q = fma(q, u.hi, NORMAL_C8);
    q = fma(q, u.hi, NORMAL_C7);
    q = fma(q, u.hi, NORMAL_C6);
    q = fma(q, u.hi, NORMAL_C5);
    q = fma(q, u.hi, NORMAL_C4);
    q = fma(q, u.hi, NORMAL_C3);
    q = fma(q, u.hi, NORMAL_C2);
    float c = fma(q, u.hi, NORMAL_C1_HI);
    float c_lo = fma(q, u.hi, NORMAL_C1_HI - c) + fma(q, u.lo, NORMAL_C1_LO);
    pair cu = pair_times(pair_of(c, c_lo), u);
    pair w = fast_two_sum(NORMAL_C0_HI, cu.hi);
    w.lo = w.lo + (cu.lo + NORMAL_C0_LO);
    pair r = pair_quotient(w, b, y);
    pair s = two_product(a, a);
    exp_parts t = exp_split(-0.5f * s.hi, 0.5f * s.lo);
    normal_tail tail = { pair_times(r, exp_sum(t)), t.n_bits };
    return tail;
}

// Phi(x)
float normal_below(float x) {
    normal_tail t = normal_above(at_most(absolute(x), NORMAL_END));
    float tail = scale_down(t.value.hi + t.value.lo, pow2_up64(t.n_bits));
    return x < 0.0f ? tail : 1.0f - tail;
}
