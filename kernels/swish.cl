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
