// Swish: x sigmoid(beta x)                                                                  Ramachandran et al. 2017
// beta x is carried as a pair. A small beta lets x be large where the gate is closed, down to e^-193, and |x| e^0.35 overflow:
// x is taken 2^-64 times where it is large, and below_range extends the powers of two.
float forward(float x, float beta) {
    float v = beta == 0.0f ? 0.0f : beta * x;                                 // not inf * 0
    float low = beta == 0.0f ? 0.0f : fma(beta, x, -v);
    float u = negative_absolute(v);
    float u_low = v < 0.0f ? 0.0f - low : low;
    u_low = u < -193.0f ? 0.0f : u_low;
    exp_parts t = exp_split(at_least(u, -193.0f), u_low);
    pair e = exp_sum(t);
    uint below = below_range(t.n_bits, u < -131.0f);
    float up = pow2_up64(t.n_bits - below);
    float p = up * TWO_M64;
    float d = fma(e.hi, p, 1.0f);
    float d_lo = fma(e.lo, p, fma(e.hi, p, 1.0f - d));
    bool large = absolute(x) > 0x1p38f;
    float xs = large ? x * TWO_M64 : x;
    xs = v < -193.0f ? signed_zero(x) : xs;
    pair n = pair_of(v < 0.0f ? e.hi : 1.0f, v < 0.0f ? e.lo : 0.0f);
    float q = quotient(pair_times_float(n, xs), pair_of(d, d_lo));
    float tail = ((q * pow2(below)) * up) * (large ? 1.0f : TWO_M64);
    float near = large ? q * 0x1p64f : q;
    float y = v < 0.0f ? tail : near;
    bool all = v > 30.0f || (v == 0.0f && absolute(x) > LARGEST);
    return all ? x : with_sign_of(y, x);
}

float derivative(float x, float beta) {
    float v = beta == 0.0f ? 0.0f : beta * x;
    float low = beta == 0.0f ? 0.0f : fma(beta, x, -v);
    float y = silu_derivative(v, low);
    return x == x ? y : x;
}

// Below e^-86 the power of two goes in three parts, the first on x: beyond e^-131 x alone could overflow the product. x is not
// small there, because beta x is large.
#define TWO_P184_BITS 0x9B800000u
#define TWO_M120 0x1p-120f
float forward_fast(float x, float beta) {
    float v = beta == 0.0f ? 0.0f : beta * x;
    float low = beta == 0.0f ? 0.0f : fma(beta, x, -v);
    float u = negative_absolute(v);
    float u_low = v < 0.0f ? 0.0f - low : low;
    u_low = u < -193.0f ? 0.0f : u_low;
    exp_scaled t = exp_fast(at_least(u, -193.0f), u_low);
    bool deep = u < -86.0f;
    float e = t.value * as_float(t.n_bits + (deep ? TWO_P184_BITS : ONE_BITS));
    float xs = v < -193.0f ? signed_zero(x) : x;
    float q = xs * reciprocal(1.0f + (deep ? 0.0f : e));
    float tail = ((q * (deep ? TWO_M64 : 1.0f)) * e) * (deep ? TWO_M120 : 1.0f);
    return v < 0.0f ? tail : q;
}

float derivative_fast(float x, float beta) {
    float v = beta == 0.0f ? 0.0f : beta * x;
    float low = beta == 0.0f ? 0.0f : fma(beta, x, -v);
    float y = silu_derivative_fast(v, low);
    return x == x ? y : x;
}

// beta as a learned parameter: df/dbeta = x^2 s (1 - s), s = sigmoid(beta x), which is g^2, g = x e^-u / (1 + e^-2u) with
// u = |beta x| / 2: g is in range wherever the term can be. Its power of two is applied as above, and dy comes between the factors
// so that nothing overflows on the way that does not in the end.
pair backward_term(float x, float beta, float dy) {
    float v = beta == 0.0f ? 0.0f : beta * x;
    float low = beta == 0.0f ? 0.0f : fma(beta, x, -v);
    float u = 0.5f * negative_absolute(v);
    float u_low = 0.5f * (v < 0.0f ? 0.0f - low : low);
    u_low = u < -193.0f ? 0.0f : u_low;
    exp_parts t = expm1_split(at_least(u, -193.0f), u_low);
    pair e = exp_sum(t);
    uint below = below_range(t.n_bits, u < -131.0f);
    float up = pow2_up64(t.n_bits - below);
    float p = up * TWO_M64;
    pair d = pair_square(pair_of(e.hi * p, e.lo * p));
    d = pair_plus_ordered(pair_of(1.0f, 0.0f), d);
    bool large = absolute(x) > 0x1p38f;
    float xs = large ? x * TWO_M64 : x;
    xs = u < -193.0f ? signed_zero(x) : xs;
    pair g = pair_times_float(pair_quotient(e, d, reciprocal(d.hi)), xs);
    float back = large ? 1.0f : TWO_M64;
    g = pair_of(((g.hi * pow2(below)) * up) * back, ((g.lo * pow2(below)) * up) * back);
    pair w = pair_times(pair_times_float(g, dy), g);
    float nothing = dy == dy ? 0.0f : dy;
    return pair_of(g.hi == 0.0f ? nothing : w.hi, g.hi == 0.0f ? 0.0f : w.lo);
}
float backward_row(pair sum) { return row_value(sum); }
float backward_result(float x, float dy, float beta) { return chain_rule(dy, derivative(x, beta)); }

// The same in double. The gate may be closed down to e^-1455; below_bits moves 2^1100 from one factor to the other there.
#define BELOW_BITS64 0x44C0000000000000ul

double forward64(double x, double beta) {
    double v = beta == 0.0 ? 0.0 : beta * x;                                  // not inf * 0
    double low = beta == 0.0 ? 0.0 : fma(beta, x, -v);
    double u = negative_absolute64(v);
    double u_low = v < 0.0 ? 0.0 - low : low;
    u_low = u < -1460.0 ? 0.0 : u_low;
    exp_parts64 t = exp_split64(at_least(u, -1460.0), u_low);
    pair64 e = exp_sum64(t);
    ulong below = u < -790.0 ? t.n_bits + BELOW_BITS64 : 0ul;
    double up = raised_pow2_64(t.n_bits - below);
    double p = up * TWO_M256;
    double d = fma(e.hi, p, 1.0);
    double d_lo = fma(e.lo, p, fma(e.hi, p, 1.0 - d));
    bool large = absolute64(x) > 0x1p600;
    double xs = large ? x * TWO_M256 : x;
    xs = v < -1460.0 ? signed_zero64(x) : xs;
    pair64 n = pair_of64(v < 0.0 ? e.hi : 1.0, v < 0.0 ? e.lo : 0.0);
    double q = quotient64(pair_times_double64(n, xs), pair_of64(d, d_lo));
    double tail = ((q * pow2_64(below)) * up) * (large ? 1.0 : TWO_M256);
    double near = large ? q * 0x1p256 : q;
    double y = v < 0.0 ? tail : near;
    bool all = v > 60.0 || (v == 0.0 && absolute64(x) > LARGEST64);
    return all ? x : with_sign_of64(y, x);
}

double derivative64(double x, double beta) {
    double v = beta == 0.0 ? 0.0 : beta * x;
    double low = beta == 0.0 ? 0.0 : fma(beta, x, -v);
    double y = silu_derivative64(v, low);
    return x == x ? y : x;
}
