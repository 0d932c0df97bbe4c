// Rational tanh: 1.7159 sign(a) (1 - 1 / (1 + |a| + a^2 + 1.41645 a^4)), a = 2x/3
// = 1.7159 N / (1 + N), N = |a| (1 + |a| (1 + 1.41645 a^2)), in pairs: nothing cancels near 0. The three constants are these
// numbers, not float32. Below 2^-60, where low parts underflow, it is 1.7159 2/3 x. Constants: src/test/python/fit.py.
#define TWO_THIRDS_HI 0x1.555556p-1f
#define TWO_THIRDS_LO -0x1.555556p-26f
#define RATIONAL_B_HI 0x1.6a9c78p+0f
#define RATIONAL_B_LO -0x1.9652bep-26f
#define RATIONAL_4B_HI 0x1.6a9c78p+2f
#define RATIONAL_4B_LO -0x1.9652bep-24f
#define RATIONAL_C_HI 0x1.b74538p+0f
#define RATIONAL_C_LO 0x1.de69aep-25f
#define RATIONAL_K_HI 0x1.24d8dp+0f
#define RATIONAL_K_LO 0x1.3ef11ep-25f

// 1 + 1.41645 a^2
pair inner(pair a) { return pair_plus(pair_of(1.0f, 0.0f), pair_times(pair_square(a), pair_of(RATIONAL_B_HI, RATIONAL_B_LO))); }

float forward(float x) {
    float b = at_most(absolute(x), 0x1p12f);
    pair a = pair_times_float(pair_of(TWO_THIRDS_HI, TWO_THIRDS_LO), b);
    pair n = pair_times(a, pair_plus(pair_of(1.0f, 0.0f), pair_times(a, inner(a))));
    pair d = pair_plus(pair_of(1.0f, 0.0f), n);
    float y = quotient(pair_times(n, pair_of(RATIONAL_C_HI, RATIONAL_C_LO)), d);
    float c = b * 0x1p64f;
    float z = fma(RATIONAL_K_HI, c, RATIONAL_K_LO * c) * TWO_M64;
    return with_sign_of(b < 0x1p-60f ? z : y, x);
}

// 1.7159 2/3 (1 + 2 |a| + 4 1.41645 |a|^3) / (1 + N)^2; the reciprocal is carried 2^60 times too large
float derivative(float x) {
    float b = at_most(absolute(x), 0x1p31f);
    pair a = pair_times_float(pair_of(TWO_THIRDS_HI, TWO_THIRDS_LO), b);
    pair n = pair_times(a, pair_plus(pair_of(1.0f, 0.0f), pair_times(a, inner(a))));
    pair d = pair_plus(pair_of(1.0f, 0.0f), n);
    pair m = pair_times(pair_square(a), pair_of(RATIONAL_4B_HI, RATIONAL_4B_LO));
    m = pair_plus(pair_of(1.0f, 0.0f), pair_times(a, pair_plus(pair_of(2.0f, 0.0f), m)));
    float r = reciprocal(d.hi);
    float rest = fma(-r, d.lo, fma(-r, d.hi, 1.0f));
    r = r * 0x1p60f;
    pair y = pair_of(r, r * rest);
    pair v = pair_times(pair_times(pair_times(m, y), y), pair_of(RATIONAL_K_HI, RATIONAL_K_LO));
    return (v.hi + v.lo) * 0x1p-120f;
}

// In double, as 1.7159 N / (1 + N) with N = a (1 + a (1 + 1.41645 a^2)), a = 2|x|/3: nothing cancels near 0.
#define TWO_THIRDS64_HI 0x1.5555555555555p-1
#define TWO_THIRDS64_LO 0x1.5555555555555p-55
#define RATIONAL64_B_HI 0x1.6a9c779a6b50bp+0
#define RATIONAL64_B_LO 0x1.e4f765fd8adacp-57
#define RATIONAL64_4B_HI 0x1.6a9c779a6b50bp+2
#define RATIONAL64_4B_LO 0x1.e4f765fd8adacp-55
#define RATIONAL64_C_HI 0x1.b74538ef34d6ap+0
#define RATIONAL64_C_LO 0x1.61e4f765fd8aep-56
#define RATIONAL64_K_HI 0x1.24d8d09f788f1p+0
#define RATIONAL64_K_LO 0x1.9050d3e654ec8p-54

double forward64(double x) {
    double b = at_most(absolute64(x), 0x1p20);
    pair64 a = pair_times_double64(pair_of64(TWO_THIRDS64_HI, TWO_THIRDS64_LO), b);
    pair64 i = one_plus64(pair_times64(pair_square64(a), pair_of64(RATIONAL64_B_HI, RATIONAL64_B_LO)));
    pair64 n = pair_times64(a, one_plus64(pair_times64(a, i)));
    double y = quotient64(pair_times64(n, pair_of64(RATIONAL64_C_HI, RATIONAL64_C_LO)), one_plus64(n));
    double c = b * 0x1p256;                                                   // tiny: 1.7159 2/3 |x|
    double z = fma(RATIONAL64_K_HI, c, RATIONAL64_K_LO * c) * TWO_M256;
    return with_sign_of64(b < 0x1p-200 ? z : y, x);
}

// 1.7159 2/3 (1 + 2 a + 4 1.41645 a^3) / (1 + N)^2; the reciprocals are carried 2^430 times too large
double derivative64(double x) {
    double b = at_most(absolute64(x), 0x1p217);
    pair64 a = pair_times_double64(pair_of64(TWO_THIRDS64_HI, TWO_THIRDS64_LO), b);
    pair64 s = pair_square64(a);
    pair64 i = one_plus64(pair_times64(s, pair_of64(RATIONAL64_B_HI, RATIONAL64_B_LO)));
    pair64 d = one_plus64(pair_times64(a, one_plus64(pair_times64(a, i))));
    pair64 m = pair_plus64(pair_of64(2.0, 0.0), pair_times64(s, pair_of64(RATIONAL64_4B_HI, RATIONAL64_4B_LO)));
    m = one_plus64(pair_times64(a, m));
    double r = reciprocal(d.hi);
    double rest = fma(-r, d.lo, fma(-r, d.hi, 1.0));
    r = r * 0x1p430;
    pair64 y = pair_of64(r, r * rest);
    pair64 v = pair_times64(pair_times64(pair_times64(m, y), y), pair_of64(RATIONAL64_K_HI, RATIONAL64_K_LO));
    return (v.hi + v.lo) * 0x1p-860;
}
