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

// alpha as a learned parameter: df/dalpha = e^v (1 - v) - 1 = -D for v = x / alpha up to 0, where D is a^2 / 2 for small a = -v.
// There, with b = a / 2, m = e^b - 1 and c = m - b = b^2 / 2 + ..., D = e^-a (e^a - 1 - a) = (m^2 + 2c) / (1 + m)^2: nothing
// cancels. dD/da = a e^-a takes in the low part of v. Elsewhere D = 1 - e^v (1 - v), which is above 1/8.
#define CELU_NEAR -0.69f
pair backward_term(float x, float alpha, float dy) {
    float inverse = reciprocal(alpha);
    float z = at_least(at_most(x, 0.0f), -25.0f * alpha);
    float v = z * inverse;
    v = fma(fma(-v, alpha, z), inverse, v);
    float low = fma(v, alpha, -z) * inverse;                                  // x / alpha = v - low

    float b = -0.5f * at_least(v, CELU_NEAR);
    pair c = pair_times(two_product(b, b), fast_two_sum(EXP_C0, b * exp_cubic(b)));
    pair m = fast_two_sum(b, c.hi);
    m.lo = m.lo + c.lo;
    pair e = fast_two_sum(1.0f, m.hi);
    e.lo = e.lo + m.lo;
    pair square = pair_square(e);
    float y = reciprocal(square.hi);
    pair near = pair_quotient(pair_plus(pair_square(m), pair_of(c.hi + c.hi, c.lo + c.lo)), square, y);
    near.lo = fma(-v * low, y, near.lo);

    exp_parts t = expm1_split(v, low);
    float p = pow2(t.n_bits);
    pair g = two_sum(1.0f, -v);
    g.lo = g.lo + low;
    g = pair_times(exp_sum(t), g);
    pair far = two_sum(1.0f, -(g.hi * p));
    far.lo = far.lo - g.lo * p;

    bool is_near = v > CELU_NEAR;
    return negative_side_term(x, dy, pair_of(is_near ? -near.hi : -far.hi, is_near ? -near.lo : -far.lo));
}
float backward_row(pair sum) { return row_value(sum); }
float backward_result(float x, float dy, float alpha) { return chain_rule(dy, derivative(x, alpha)); }

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
