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

// erf x in double. |x| < 1: x + x P(x^2). Else 1 - erfc |x|, erfc a = e^-(a^2) W(u) / (a + 2) with u = (a - 2) / (a + 2); from
// 6 on it is nothing beside 1. Coefficients: src/test/python/fit64.py.
// degree 12 on [0.0, 1.0], error 2^-55.5
#define ERF64_C0 0x1.06eba8214db69p-3
#define ERF64_C1 -0x1.812746b0379e6p-2
#define ERF64_C2 0x1.ce2f21a042b3p-4
#define ERF64_C3 -0x1.b82ce31284ep-6
#define ERF64_C4 0x1.565bcd0dbaa38p-8
#define ERF64_C5 -0x1.c02db3dac435fp-11
#define ERF64_C6 0x1.f9a321d5b8e1ep-14
#define ERF64_C7 -0x1.f4d1e3183f7aep-17
#define ERF64_C8 0x1.b9df224ca4b97p-20
#define ERF64_C9 -0x1.5f1ecb6f0764cp-23
#define ERF64_C10 0x1.f7b4bf3b13964p-27
#define ERF64_C11 -0x1.389d4f2641625p-30
#define ERF64_C12 0x1.05ffd737fb32ep-34
// degree 15 on [-0.3333, 0.5], error 2^-54.4
#define ERFC64_C0 0x1.058671b52c776p+0
#define ERFC64_C1 -0x1.5fd386754eff9p-1
#define ERFC64_C2 0x1.1e2deea6b107bp-2
#define ERFC64_C3 -0x1.2a88e6107cd8ep-5
#define ERFC64_C4 -0x1.606e4154ae355p-6
#define ERFC64_C5 0x1.a89eaff4b7228p-8
#define ERFC64_C6 0x1.9517bab8fd98fp-9
#define ERFC64_C7 -0x1.b6fbf222fceadp-11
#define ERFC64_C8 -0x1.5ba3f94b4ad5fp-11
#define ERFC64_C9 0x1.2046f7a2177b9p-15
#define ERFC64_C10 0x1.2ef0169437598p-13
#define ERFC64_C11 0x1.1f2c1d04f6965p-15
#define ERFC64_C12 -0x1.6afe7cbfc4336p-16
#define ERFC64_C13 -0x1.18073517130ddp-16
#define ERFC64_C14 -0x1.b71f35226a45bp-21
#define ERFC64_C15 0x1.581a78efdeeb8p-18

double forward64(double x) {
    double a = absolute64(x);
    double b = at_most(a, 1.0);
    double s = b * b;
    double p = fma(ERF64_C12, s, ERF64_C11);
    p = fma(p, s, ERF64_C10);
    p = fma(p, s, ERF64_C9);
    p = fma(p, s, ERF64_C8);
    p = fma(p, s, ERF64_C7);
    p = fma(p, s, ERF64_C6);
    p = fma(p, s, ERF64_C5);
    p = fma(p, s, ERF64_C4);
    p = fma(p, s, ERF64_C3);
    p = fma(p, s, ERF64_C2);
    p = fma(p, s, ERF64_C1);
    p = fma(p, s, ERF64_C0);
    double near = fma(b, p, b);
    double c = at_least(at_most(a, 6.0), 1.0);
    double y = reciprocal(c + 2.0);
    double u = (c - 2.0) * y;
    double q = fma(ERFC64_C15, u, ERFC64_C14);
    q = fma(q, u, ERFC64_C13);
    q = fma(q, u, ERFC64_C12);
    q = fma(q, u, ERFC64_C11);
    q = fma(q, u, ERFC64_C10);
    q = fma(q, u, ERFC64_C9);
    q = fma(q, u, ERFC64_C8);
    q = fma(q, u, ERFC64_C7);
    q = fma(q, u, ERFC64_C6);
    q = fma(q, u, ERFC64_C5);
    q = fma(q, u, ERFC64_C4);
    q = fma(q, u, ERFC64_C3);
    q = fma(q, u, ERFC64_C2);
    q = fma(q, u, ERFC64_C1);
    q = fma(q, u, ERFC64_C0);
    exp_parts64 t = gaussian_split64(c);
    pair64 e = exp_sum64(t);
    double far = fma(-(e.hi * pow2_64(t.n_bits)), q * y, 1.0);
    return with_sign_of64(a < 1.0 ? near : far, x);
}

// 2 / sqrt(pi) e^-(x^2)
#define TWO_RSQRT_PI64_HI 0x1.20dd750429b6dp+0
#define TWO_RSQRT_PI64_LO 0x1.1ae3a914fed8p-56
double derivative64(double x) {
    exp_parts64 t = gaussian_split64(x);
    pair64 e = pair_times64(exp_sum64(t), pair_of64(TWO_RSQRT_PI64_HI, TWO_RSQRT_PI64_LO));
    return scale_down64(e.hi + e.lo, raised_pow2_64(t.n_bits));
}
