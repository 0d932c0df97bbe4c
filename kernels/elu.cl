// Exponential linear unit: x > 0 ? x : alpha (e^x - 1)                                      Clevert et al. 2016
// alpha multiplies the unrounded pair of e^x - 1, so the result is rounded once; e^x - 1 itself would cancel near 0.
float forward(float x, float alpha) {
    exp_parts t = expm1_split(at_least(at_most(x, 0.0f), -25.0f), 0.0f);
    pair m = expm1_pair(t, pow2(t.n_bits));
    float y = fma(alpha, m.hi, alpha * m.lo);
    return x < 0.0f ? y : x;
}

// alpha e^x for x <= 0. A large alpha keeps the result above the subnormal range down to x = -146, hence below_range.
float derivative(float x, float alpha) {
    float v = at_least(at_most(x, 0.0f), -150.0f);
    exp_parts t = exp_split(v, 0.0f);
    pair e = exp_sum(t);
    uint below = below_range(t.n_bits, v < -131.0f);
    float scaled = fma(alpha, e.hi, alpha * e.lo) * pow2(below);
    float y = scale_down(scaled, pow2_up64(t.n_bits - below));
    return x > 0.0f ? 1.0f : y;
}

// y + alpha = alpha e^x
float derivative_from_output(float y, float alpha) { return y > 0.0f ? 1.0f : y + alpha; }

float forward_fast(float x, float alpha) {
    float y = alpha * expm1_fast(at_least(at_most(x, 0.0f), -25.0f));
    return x < 0.0f ? y : x;
}

// 2^-96 goes to the side that bears it: n reaches -217, where a large alpha still holds the result up
#define TWO_P96_BITS 0x6F800000u
#define TWO_M96 0x1p-96f
float derivative_fast(float x, float alpha) {
    exp_scaled t = exp_fast(at_least(at_most(x, 0.0f), -150.0f), 0.0f);
    bool large = absolute(alpha) > 1.0f;
    float k = alpha * (large ? TWO_M96 : 1.0f);
    float y = ((t.value * as_float(t.n_bits + TWO_P96_BITS)) * k) * (large ? 1.0f : TWO_M96);
    return x > 0.0f ? 1.0f : y;
}

// alpha as a learned parameter: its gradient is the sum of dy (e^x - 1) over the x that are not above 0.
pair backward_term(float x, float dy) {
    exp_parts t = expm1_split(at_least(at_most(x, 0.0f), -25.0f), 0.0f);
    return negative_side_term(x, dy, expm1_pair(t, pow2(t.n_bits)));
}
float backward_row(pair sum) { return row_value(sum); }
float backward_result(float x, float dy, float alpha) { return chain_rule(dy, derivative(x, alpha)); }

// The same in double; alpha up to 2^60 keeps the derivative above the subnormal range down to x = -787.
double forward64(double x, double alpha) {
    exp_parts64 t = exp_split64(at_least(at_most(x, 0.0), -40.0), 0.0);
    pair64 m = expm1_pair64(t, pow2_64(t.n_bits));
    double y = fma(alpha, m.hi, alpha * m.lo);
    return x < 0.0 ? y : x;
}

double derivative64(double x, double alpha) {
    exp_parts64 t = exp_split64(at_least(at_most(x, 0.0), -790.0), 0.0);
    pair64 e = exp_sum64(t);
    double y = scale_down64(fma(alpha, e.hi, alpha * e.lo), raised_pow2_64(t.n_bits));
    return x > 0.0 ? 1.0 : y;
}

double derivative_from_output64(double y, double alpha) { return y > 0.0 ? 1.0 : y + alpha; }
