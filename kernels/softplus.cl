// Softplus: ln(1 + e^(beta x)) / beta                                                       Dugas et al. 2001
// = max(x, 0) + log1p(E) / beta with E = e^-|beta x|; no threshold. beta x and 1 / beta are carried as pairs.
float forward(float x, float beta) {
    float inverse = reciprocal(beta);
    pair per_beta = pair_of(inverse, fma(-inverse, beta, 1.0f) * inverse);
    float v = beta * x;
    float v_low = fma(beta, x, -v);
    float u = negative_absolute(v);
    float u_low = v < 0.0f ? 0.0f - v_low : v_low;
    u_low = u < -131.0f ? 0.0f : u_low;
    exp_parts t = exp_split(at_least(u, -131.0f), u_low);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    pair f = pair_times(e, per_beta);                                         // far out log1p(E) = E: one rounding, last
    float tail = scale_down(f.hi + f.lo, up);
    pair l = pair_times(log1p_pair(scale_down(e.hi, up), scale_down(e.lo, up)), per_beta);
    float base = x > 0.0f ? x : 0.0f;
    pair s = two_sum(base, l.hi);
    float y = s.hi + (s.lo + l.lo);
    y = v < -40.0f ? tail : y;
    return v > 30.0f ? x : y;
}

float derivative(float x, float beta) {
    float v = beta * x;
    return sigmoid_near(v, fma(beta, x, -v));
}

float forward_fast(float x, float beta) {
    float v = beta * x;
    float v_low = fma(beta, x, -v);
    float u = negative_absolute(v);
    float u_low = v < 0.0f ? 0.0f - v_low : v_low;
    u_low = u < -131.0f ? 0.0f : u_low;
    exp_scaled t = exp_fast(at_least(u, -131.0f), u_low);
    float up = pow2_up64(t.n_bits);
    float ratio = log1p_ratio_fast(t.value * (up * TWO_M64));
    float l = scale_down(t.value * (ratio * reciprocal(beta)), up);
    return (x > 0.0f ? x : 0.0f) + l;
}

float derivative_fast(float x, float beta) {
    float v = beta * x;
    return sigmoid_near_fast(v, fma(beta, x, -v));
}

// The same in double
double forward64(double x, double beta) {
    double inverse = reciprocal(beta);
    pair64 per_beta = pair_of64(inverse, fma(-inverse, beta, 1.0) * inverse);
    double v = beta * x;
    double v_low = fma(beta, x, -v);
    double u = negative_absolute64(v);
    double u_low = v < 0.0 ? 0.0 - v_low : v_low;
    u_low = u < -790.0 ? 0.0 : u_low;
    exp_parts64 t = exp_split64(at_least(u, -790.0), u_low);
    pair64 e = exp_sum64(t);
    double up = raised_pow2_64(t.n_bits);
    pair64 f = pair_times64(e, per_beta);
    double tail = scale_down64(f.hi + f.lo, up);
    pair64 l = pair_times64(log1p_pair64(scale_down64(e.hi, up), scale_down64(e.lo, up)), per_beta);
    double base = x > 0.0 ? x : 0.0;
    pair64 s = two_sum64(base, l.hi);
    double y = s.hi + (s.lo + l.lo);
    y = v < -60.0 ? tail : y;
    return v > 60.0 ? x : y;
}

double derivative64(double x, double beta) {
    double v = beta * x;
    return sigmoid_near64(v, fma(beta, x, -v));
}
