// Error function: erf x
// |x| < 0.8: x + x P(x^2); beyond, 1 - e^-Q(|x|) with Q = -ln erfc, where an error in the exponential counts little.
// Coefficients: src/test/python/fit.py.
// P: degree 6 on [0.0, 0.64], error 2^-30.1
#define ERF_C0 0x1.06eba8p-3f
#define ERF_C1 -0x1.81274p-2f
#define ERF_C2 0x1.ce2d4ap-4f
#define ERF_C3 -0x1.b7fafcp-6f
#define ERF_C4 0x1.53d908p-8f
#define ERF_C5 -0x1.9f9fd8p-11f
#define ERF_C6 0x1.2f5138p-14f
// Q: degree 9 on [0.8, 4.0], error 2^-35.4
#define ERFC_C0 -0x1.c4defap-15f
#define ERFC_C1 0x1.20f804p+0f
#define ERFC_C2 0x1.45428cp-1f
#define ERFC_C3 0x1.afa01ep-4f
#define ERFC_C4 -0x1.6e7768p-6f
#define ERFC_C5 0x1.43b89ep-9f
#define ERFC_C6 0x1.06f7a6p-12f
#define ERFC_C7 -0x1.3f38a6p-13f
#define ERFC_C8 0x1.a2ca0cp-16f
#define ERFC_C9 -0x1.a285a4p-20f
// 2 / sqrt(pi)
#define ERF_SLOPE_HI 0x1.20dd76p+0f
#define ERF_SLOPE_LO -0x1.f7ac92p-25f

float forward(float x) {
    float a = absolute(x);
    float b = at_most(a, 0.8f);
    float s = b * b;
    float p = fma(ERF_C6, s, ERF_C5);
    p = fma(p, s, ERF_C4);
    p = fma(p, s, ERF_C3);
    p = fma(p, s, ERF_C2);
    p = fma(p, s, ERF_C1);
    p = fma(p, s, ERF_C0);
    float near = fma(b, p, b);
    float c = at_least(at_most(a, 4.0f), 0.8f);
    float q = fma(ERFC_C9, c, ERFC_C8);
    q = fma(q, c, ERFC_C7);
    q = fma(q, c, ERFC_C6);
    q = fma(q, c, ERFC_C5);
    q = fma(q, c, ERFC_C4);
    q = fma(q, c, ERFC_C3);
    q = fma(q, c, ERFC_C2);
    q = fma(q, c, ERFC_C1);
    pair h = two_product(q, c);
    exp_parts t = exp_split(-h.hi, h.lo + ERFC_C0);
    pair e = exp_sum(t);
    float r = pow2(t.n_bits);
    float far = fma(-e.hi, r, 1.0f);
    far = far + (fma(-e.hi, r, 1.0f - far) - e.lo * r);
    return with_sign_of(a < 0.8f ? near : far, x);
}

// 2 / sqrt(pi) e^(-x^2), the square and the factor carried as pairs
float derivative(float x) {
    float a = at_most(absolute(x), 10.5f);
    pair s = two_product(a, a);
    exp_parts t = exp_split(-s.hi, s.lo);
    pair e = pair_times(exp_sum(t), pair_of(ERF_SLOPE_HI, ERF_SLOPE_LO));
    return scale_down(e.hi + e.lo, pow2_up64(t.n_bits));
}
