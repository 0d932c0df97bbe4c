// CELU: x > 0 ? x : alpha (e^(x / alpha) - 1)                                             Barron 2017
// x / alpha is carried as a pair, so that its rounding does not show. Above -2^-40 the function is x.
float forward(float x, float alpha) {
    float inverse = reciprocal(alpha);
    float z = at_least(at_most(x, 0.0f), -25.0f * alpha);
    float v = z * inverse;
    v = fma(fma(-v, alpha, z), inverse, v);                                   // the nearest float: low is at most half a place
    float low = fma(v, alpha, -z) * inverse;
    exp_parts t = expm1_split(v, low);
    t.rest = fma(-low, t.lead, t.rest);                                       // low moves the square too
    pair m = expm1_pair(t, pow2(t.n_bits));
    float y = fma(alpha, m.hi, alpha * m.lo);
    return v < -0x1p-40f ? y : x;
}

float derivative(float x, float alpha) {
    float inverse = reciprocal(alpha);
    float z = at_least(at_most(x, 0.0f), -110.0f * alpha);
    float v = z * inverse;
    exp_parts t = exp_split(v, fma(v, alpha, -z) * inverse);
    pair e = exp_sum(t);
    float y = scale_down(e.hi, pow2_up64(t.n_bits));
    return x > 0.0f ? 1.0f : y;
}

// (y + alpha) / alpha = e^(x / alpha)
float derivative_from_output(float y, float alpha) {
    pair s = two_sum(alpha, at_least(at_most(y, 0.0f), -alpha));
    return y > 0.0f ? 1.0f : quotient(s, pair_of(alpha, 0.0f));
}

// e^v - 1 is not more sensitive than v itself; the exponential is, hence low in the derivative.
float forward_fast(float x, float alpha) {
    float v = x * reciprocal(alpha);
    float y = alpha * expm1_fast(at_least(at_most(v, 0.0f), -25.0f));
    return v < -0x1p-40f ? y : x;
}
float derivative_fast(float x, float alpha) {
    float inverse = reciprocal(alpha);
    float z = at_least(at_most(x, 0.0f), -110.0f * alpha);
    float v = z * inverse;
    exp_scaled t = exp_fast(v, fma(v, alpha, -z) * inverse);
    float y = scale_down(t.value, pow2_up64(t.n_bits));
    return x > 0.0f ? 1.0f : y;
}

// The same in double
double forward64(double x, double alpha) {
    double inverse = reciprocal(alpha);
    double z = at_least(at_most(x, 0.0), -40.0 * alpha);
    double v = z * inverse;
    v = fma(fma(-v, alpha, z), inverse, v);
    double low = fma(v, alpha, -z) * inverse;
    exp_parts64 t = exp_split64(v, low);
    pair64 m = expm1_pair64(t, pow2_64(t.n_bits));
    double y = fma(alpha, m.hi, alpha * m.lo);
    return v < -0x1p-60 ? y : x;
}

double derivative64(double x, double alpha) {
    double inverse = reciprocal(alpha);
    double z = at_least(at_most(x, 0.0), -760.0 * alpha);
    double v = z * inverse;
    exp_parts64 t = exp_split64(v, fma(v, alpha, -z) * inverse);
    pair64 e = exp_sum64(t);
    double y = scale_down64(e.hi, raised_pow2_64(t.n_bits));
    return x > 0.0 ? 1.0 : y;
}

double derivative_from_output64(double y, double alpha) {
    pair64 s = two_sum64(alpha, at_least(at_most(y, 0.0), -alpha));
    return y > 0.0 ? 1.0 : quotient64(s, pair_of64(alpha, 0.0));
}
