// Mish: x tanh(ln(1 + e^x))                                                               Misra 2019
// x n / (n + 2) with n = X (X + 2), X = e^x, the power of two of X applied last
float forward(float x) {
    float v = at_least(at_most(x, 12.0f), -120.0f);
    exp_parts t = exp_split(v, 0.0f);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    float p = up * TWO_M64;
    pair big = pair_of(e.hi * p, e.lo * p);
    pair a = coarse_two_sum(2.0f, big.hi);
    a.lo = a.lo + big.lo;
    pair n = pair_times(big, a);
    pair d = coarse_two_sum(2.0f, n.hi);
    d.lo = d.lo + n.lo;
    float q = quotient(pair_times(pair_times_float(a, v), e), d);
    float y = with_sign_of(scale_down(q, up), x);
    return x > 12.0f ? x : y;
}

// One formula for the whole line, the root x0 factored out: with d = x - x0, G = e^d, m = expm1(d), k = e^-x0, D = k + G it is
// G (4 k^2 d D + m (B1 + m (B2 + m))) / (k^2 + D^2)^2, where both terms have the sign of d.
// Constants: src/test/python/fit.py.
#define MISH_ROOT_HI 0x1.31432cp+0f
#define MISH_ROOT_LO 0x1.a25b08p-29f
#define MISH_K1_HI 0x1.12e2a2p+2f
#define MISH_K1_LO -0x1.54c3b2p-25f
#define MISH_KK_HI 0x1.5b7134p+3f
#define MISH_KK_LO 0x1.2207b6p-23f
#define MISH_4KK_HI 0x1.5b7134p+5f
#define MISH_4KK_LO 0x1.2207b6p-21f
#define MISH_B1_HI 0x1.55bf66p+5f
#define MISH_B1_LO 0x1.1bcabp-20f
#define MISH_B2_HI 0x1.02e2a2p+4f
#define MISH_B2_LO -0x1.54c3b2p-23f

float derivative(float x) {
    float v = at_least(at_most(x, 12.0f), -120.0f);
    pair d = two_sum(MISH_ROOT_HI, v);
    d = fast_two_sum(d.hi, d.lo + MISH_ROOT_LO);
    exp_parts t = exp_split(d.hi, -d.lo);
    float up = pow2_up64(t.n_bits);
    pair m = expm1_pair(t, up * TWO_M64);
    pair s = pair_plus(pair_of(MISH_K1_HI, MISH_K1_LO), m);
    pair line = pair_times(pair_times(pair_of(MISH_4KK_HI, MISH_4KK_LO), d), s);
    pair b = pair_plus(pair_of(MISH_B2_HI, MISH_B2_LO), m);
    b = pair_plus(pair_of(MISH_B1_HI, MISH_B1_LO), pair_times(b, m));
    pair n = pair_plus(line, pair_times(b, m));
    pair den = pair_plus_ordered(pair_square(s), pair_of(MISH_KK_HI, MISH_KK_LO));
    float y = scale_down(quotient(pair_times(exp_sum(t), n), pair_square(den)), up);
    return x > 12.0f ? 1.0f : y;
}

// The quotient is corrected once: without that the bound is exceeded.
float forward_fast(float x) {
    float v = at_least(at_most(x, 12.0f), -120.0f);
    exp_scaled t = exp_fast(v, 0.0f);
    float up = pow2_up64(t.n_bits);
    float big = t.value * (up * TWO_M64);
    float a = big + 2.0f;
    float d = fma(big, a, 2.0f);
    float r = reciprocal(d);
    float n = (v * a) * t.value;
    float q = n * r;
    float y = with_sign_of(scale_down(fma(fma(-q, d, n), r, q), up), x);
    return x > 12.0f ? x : y;
}

float derivative_fast(float x) {
    float v = at_least(at_most(x, 12.0f), -120.0f);
    float d = MISH_ROOT_HI + v;
    float d_lo = (MISH_ROOT_HI - (d - v)) + MISH_ROOT_LO;
    exp_scaled t = expm1_fast_split(d, -d_lo);
    float up = pow2_up64(t.n_bits);
    float p = up * TWO_M64;
    float m = fma(p, t.value, p - 1.0f);
    float s = m + MISH_K1_HI;
    float b = fma(m, m + MISH_B2_HI, MISH_B1_HI);
    float n = fma(m, b, (MISH_4KK_HI * (d + d_lo)) * s);
    float den = fma(s, s, MISH_KK_HI);
    float y = scale_down(((1.0f + t.value) * n) * reciprocal(den * den), up);
    return x > 12.0f ? 1.0f : y;
}

// The same in double
double forward64(double x) {
    double v = at_least(at_most(x, 22.0), -770.0);
    exp_parts64 t = exp_split64(v, 0.0);
    pair64 e = exp_sum64(t);
    double up = raised_pow2_64(t.n_bits);
    double p = up * TWO_M256;
    pair64 big = pair_of64(e.hi * p, e.lo * p);
    pair64 a = two_sum64(2.0, big.hi);
    a.lo = a.lo + big.lo;
    pair64 n = pair_times64(big, a);
    pair64 d = two_sum64(2.0, n.hi);
    d.lo = d.lo + n.lo;
    double q = quotient64(pair_times64(pair_times_double64(a, v), e), d);
    double y = with_sign_of64(scale_down64(q, up), x);
    return x > 22.0 ? x : y;
}

#define MISH64_ROOT_HI 0x1.31432c0d12d84p+0
#define MISH64_ROOT_LO 0x1.bf319154da21p-55
#define MISH64_K1_HI 0x1.12e2a1d56789ap+2
#define MISH64_K1_LO 0x1.1bf19fbfc9085p-53
#define MISH64_KK_HI 0x1.5b71344881ed7p+3
#define MISH64_KK_LO 0x1.a35739d863736p-51
#define MISH64_4KK_HI 0x1.5b71344881ed7p+5
#define MISH64_4KK_LO 0x1.a35739d863736p-49
#define MISH64_B1_HI 0x1.55bf668de5585p+5
#define MISH64_B1_LO 0x1.d8b3396a02611p-51
#define MISH64_B2_HI 0x1.02e2a1d56789ap+4
#define MISH64_B2_LO 0x1.1bf19fbfc9085p-51

double derivative64(double x) {
    double v = at_least(at_most(x, 23.0), -770.0);
    pair64 d = two_sum64(MISH64_ROOT_HI, v);
    d = two_sum64(d.hi, d.lo + MISH64_ROOT_LO);
    exp_parts64 t = exp_split64(d.hi, -d.lo);
    double up = raised_pow2_64(t.n_bits);
    pair64 m = expm1_pair64(t, up * TWO_M256);
    pair64 s = pair_plus64(pair_of64(MISH64_K1_HI, MISH64_K1_LO), m);
    pair64 line = pair_times64(pair_times64(pair_of64(MISH64_4KK_HI, MISH64_4KK_LO), d), s);
    pair64 b = pair_plus64(pair_of64(MISH64_B2_HI, MISH64_B2_LO), m);
    b = pair_plus64(pair_of64(MISH64_B1_HI, MISH64_B1_LO), pair_times64(b, m));
    pair64 n = pair_plus64(line, pair_times64(b, m));
    pair64 den = pair_plus_ordered64(pair_square64(s), pair_of64(MISH64_KK_HI, MISH64_KK_LO));
    double q = quotient64(pair_times64(exp_sum64(t), n), pair_square64(den));
    double y = scale_down64(q, up);
    return x > 23.0 ? 1.0 : y;
}
