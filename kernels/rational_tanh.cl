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
