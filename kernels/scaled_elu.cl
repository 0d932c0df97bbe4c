// Scaled ELU: gamma (x > 0 ? x : alpha (e^x - 1))                                         Klambauer et al. 2017
// gamma alpha is carried as a pair, so the result is rounded once. Factors below 1 are taken 2^63 times, e^x - 1 near 0 2^64
// times: no low part underflows where it would show.
#define TWO_P63 0x1p63f
#define TWO_M63 0x1p-63f

pair factors(float gamma, float alpha) {
    return two_product(absolute(gamma) < 1.0f ? gamma * TWO_P63 : gamma, absolute(alpha) < 1.0f ? alpha * TWO_P63 : alpha);
}
float factors_down(float gamma, float alpha) {
    return (absolute(gamma) < 1.0f ? TWO_M63 : 1.0f) * (absolute(alpha) < 1.0f ? TWO_M63 : 1.0f);
}
// with the sign of gamma alpha turn
float signed_by(float y, float gamma, float alpha, uint turn) {
    return as_float((as_uint(y) & 0x7FFFFFFFu) | ((as_uint(gamma) ^ as_uint(alpha) ^ turn) & SIGN_BIT));
}

float forward(float x, float gamma, float alpha) {
    bool tiny = absolute(x) < 0x1p-70f;
    exp_parts t = expm1_split(at_least(at_most(x, 0.0f), -25.0f), 0.0f);
    pair m = expm1_pair(t, pow2(t.n_bits));
    float hi = tiny ? m.hi * 0x1p64f : m.hi;
    float lo = tiny ? m.lo * 0x1p64f : m.lo;
    pair k = factors(gamma, alpha);
    float y = fma(k.hi, hi, fma(k.hi, lo, k.lo * hi));
    y = (tiny ? y * TWO_M64 : y) * factors_down(gamma, alpha);
    float z = gamma == 0.0f ? 0.0f : gamma * x;                               // not inf * 0
    z = x == x ? z : x;
    return x < 0.0f ? signed_by(y, gamma, alpha, SIGN_BIT) : z;
}

// gamma alpha e^x for x <= 0, above 0 down to x = -187
float derivative(float x, float gamma, float alpha) {
    float v = at_least(at_most(x, 0.0f), -190.0f);
    exp_parts t = exp_split(v, 0.0f);
    pair e = exp_sum(t);
    uint below = below_range(t.n_bits, v < -131.0f);
    pair k = factors(gamma, alpha);
    float y = fma(k.hi, e.hi, fma(k.hi, e.lo, k.lo * e.hi)) * factors_down(gamma, alpha);
    bool large = absolute(y) > 1.0f;                                          // times 2^(n+64) it might overflow
    y = (y * pow2(below)) * (large ? TWO_M64 : 1.0f);
    y = (y * pow2_up64(t.n_bits - below)) * (large ? 1.0f : TWO_M64);
    return x > 0.0f ? gamma : signed_by(y, gamma, alpha, 0u);
}

float forward_fast(float x, float gamma, float alpha) {
    float y = (gamma * alpha) * expm1_fast(at_least(at_most(x, 0.0f), -25.0f));
    float z = gamma == 0.0f ? 0.0f : gamma * x;
    z = x == x ? z : x;
    return x < 0.0f ? y : z;
}

// A factor above 1 is taken 2^-64 times: that leaves an n of which each half is a float's power of two.
#define N_64 0x20000000u
float derivative_fast(float x, float gamma, float alpha) {
    float k = gamma * alpha;
    bool large = absolute(k) > 1.0f;
    exp_scaled t = exp_fast(at_least(at_most(x, 0.0f), large ? -190.0f : -110.0f), 0.0f);
    uint n_bits = t.n_bits + (large ? N_64 : 0u);
    uint half_bits = ((n_bits >> 1) & 0x7F800000u) | (n_bits & SIGN_BIT);
    float y = ((t.value * (large ? k * TWO_M64 : k)) * pow2(half_bits)) * pow2(n_bits - half_bits);
    return x > 0.0f ? gamma : y;
}

// The same in double. Factors below 1 are taken 2^300 times, e^x - 1 near 0 2^256 times; the derivative is above 0 to x = -829.
#define TWO_P300 0x1p300
#define TWO_M300 0x1p-300

pair64 factors64(double gamma, double alpha) {
    double g = absolute64(gamma) < 1.0 ? gamma * TWO_P300 : gamma;
    return two_product64(g, absolute64(alpha) < 1.0 ? alpha * TWO_P300 : alpha);
}
double factors_down64(double gamma, double alpha) {
    return (absolute64(gamma) < 1.0 ? TWO_M300 : 1.0) * (absolute64(alpha) < 1.0 ? TWO_M300 : 1.0);
}
// with the sign of gamma alpha turn
double signed_by64(double y, double gamma, double alpha, ulong turn) {
    return as_double((as_ulong(y) & 0x7FFFFFFFFFFFFFFFul) | ((as_ulong(gamma) ^ as_ulong(alpha) ^ turn) & SIGN_BIT64));
}

double forward64(double x, double gamma, double alpha) {
    bool tiny = absolute64(x) < 0x1p-300;
    exp_parts64 t = exp_split64(at_least(at_most(x, 0.0), -40.0), 0.0);
    pair64 m = expm1_pair64(t, pow2_64(t.n_bits));
    double hi = tiny ? m.hi * 0x1p256 : m.hi;
    double lo = tiny ? m.lo * 0x1p256 : m.lo;
    pair64 k = factors64(gamma, alpha);
    double y = fma(k.hi, hi, fma(k.hi, lo, k.lo * hi));
    y = (tiny ? y * TWO_M256 : y) * factors_down64(gamma, alpha);
    double z = gamma == 0.0 ? 0.0 : gamma * x;                                // not inf * 0
    z = x == x ? z : x;
    return x < 0.0 ? signed_by64(y, gamma, alpha, SIGN_BIT64) : z;
}

double derivative64(double x, double gamma, double alpha) {
    exp_parts64 t = exp_split64(at_least(at_most(x, 0.0), -870.0), 0.0);
    pair64 e = exp_sum64(t);
    pair64 k = factors64(gamma, alpha);
    double y = fma(k.hi, e.hi, fma(k.hi, e.lo, k.lo * e.hi));
    y = (y * raised_pow2_64(t.n_bits)) * (TWO_M256 * factors_down64(gamma, alpha));
    return x > 0.0 ? gamma : signed_by64(y, gamma, alpha, 0ul);
}
