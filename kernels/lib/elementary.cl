// Elementary functions of one float, for kernels that need no more than a result rounded to float32. Every one is right on the
// whole line: NaN gives NaN, infinities give the limit, small results keep their relative accuracy.
//
// NAME_d_PARAMETER is the derivative of NAME with respect to that parameter. AxonCL uses it where it derives the derivative of a
// function that calls NAME, so that an accurate function has an accurate derivative.

// |x|, and the sign of x on a magnitude
float absolute_d_x(float x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x == 0.0f ? 0.0f : x; }
float negative_absolute_d_x(float x) { return -absolute_d_x(x); }
float with_sign_of_d_magnitude(float magnitude, float x) { return with_sign_of(1.0f, x); }
float with_sign_of_d_x(float magnitude, float x) { return 0.0f; }
float signed_zero_d_x(float x) { return 0.0f; }

// e^x
float exp_of(float x) {
    exp_parts t = exp_split(at_least(at_most(x, 89.0f), -104.0f), 0.0f);
    pair e = exp_sum(t);
    uint half_bits = ((t.n_bits >> 1) & 0x7F800000u) | (t.n_bits & SIGN_BIT);
    return (e.hi * pow2(half_bits)) * pow2(t.n_bits - half_bits);
}
float exp_of_d_x(float x) { return exp_of(x); }

// e^x - 1
float expm1_of(float x) {
    exp_parts t = expm1_split(at_least(at_most(x, 89.0f), -25.0f), 0.0f);
    float p = pow2(t.n_bits);
    pair w = fast_two_sum(t.lead, t.rest);
    pair c = two_sum(p, -1.0f);                                               // p lies on both sides of 1
    float m = fma(p, w.hi, c.hi);
    float y = m + (fma(p, w.lo, fma(p, w.hi, c.hi - m)) + c.lo);
    y = x > 40.0f ? exp_of(x) : y;
    return absolute(x) < 0x1p-30f ? x : y;
}
float expm1_of_d_x(float x) { return exp_of(x); }

// 1 / (1 + e^-x)
float sigmoid_of(float x) { return sigmoid_near(x, 0.0f); }
float sigmoid_of_d_x(float x) { return logistic_density(x, TWO_M64); }

// The hyperbolic tangent
float tanh_of(float x) {
    pair t = tanh_pair(absolute(x));
    return with_sign_of(t.hi + t.lo, x);
}
float tanh_of_d_x(float x) { return logistic_density(2.0f * x, TWO_M62); }

// ln(1 + e^x)
float softplus_of(float x) {
    exp_parts t = exp_split(at_least(negative_absolute(x), -104.0f), 0.0f);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    pair l = log1p_pair(scale_down(e.hi, up), scale_down(e.lo, up));
    pair s = two_sum(x > 0.0f ? x : 0.0f, l.hi);
    float y = s.hi + (s.lo + l.lo);
    return x > 30.0f ? x : y;
}
float softplus_of_d_x(float x) { return sigmoid_of(x); }

// ln x: -inf at 0, NaN below
#define SQRT_HALF_BITS 0x3F3504F3u
float log_of(float x) {
    bool small = x < 0x1p-126f;
    float v = small ? x * 0x1p64f : x;
    uint k_bits = (as_uint(v) - SQRT_HALF_BITS) & 0xFF800000u;                // v 2^-k in [0.707, 1.414]
    float k = (float)((int)k_bits >> 23);
    float f = as_float(as_uint(v) - k_bits);
    pair l = log1p_pair(f - 1.0f, 0.0f);
    float n = small ? k - 64.0f : k;
    pair r = fast_two_sum(n * LN2_HI, l.hi);
    float y = r.hi + (r.lo + fma(n, LN2_LO, l.lo));
    y = x > LARGEST ? x : y;
    y = x == 0.0f ? -INFINITY : y;
    return x < 0.0f ? NAN : x == x ? y : x;
}
float log_of_d_x(float x) {
    float up = x < 0x1p-100f ? 0x1p64f : x > 0x1p100f ? 0x1p-64f : 1.0f;      // reciprocal is for normal numbers
    float y = reciprocal(at_least(at_most(x, LARGEST) * up, 0x1p-100f)) * up;
    y = x == 0.0f ? INFINITY : y;
    y = x > LARGEST ? 0.0f : y;
    return x < 0.0f ? NAN : x == x ? y : x;
}

// The square root, correctly rounded: two residual corrections of q / sqrt(q). NaN below 0.
pair root_pair(float q) {
    float y = inverse_root(q);
    float g = q * y;
    g = fma(fma(-g, g, q), 0.5f * y, g);
    return pair_of(g, (0.5f * y) * fma(-g, g, q));
}
float sqrt_of(float x) {
    bool small = x < 0x1p-90f;
    pair h = root_pair(at_most(x, LARGEST) * (small ? 0x1p64f : 1.0f));
    float y = (h.hi + h.lo) * (small ? 0x1p-32f : 1.0f);
    y = x < 0.0f ? NAN : y;
    y = x > LARGEST ? x : y;
    return x == 0.0f || x != x ? x : y;
}
float sqrt_of_d_x(float x) {
    bool small = x < 0x1p-90f;
    pair h = root_pair(at_most(x, LARGEST) * (small ? 0x1p64f : 1.0f));
    float y = quotient(pair_of(0.5f, 0.0f), h) * (small ? 0x1p32f : 1.0f);
    y = x < 0.0f ? NAN : y;
    y = x > LARGEST ? 0.0f : y;
    y = x == 0.0f ? INFINITY : y;
    return x == x ? y : x;
}
