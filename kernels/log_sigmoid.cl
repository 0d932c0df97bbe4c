// Log-sigmoid: -ln(1 + e^-x)
// = min(x, 0) - log1p(E) with E = e^-|x|
float forward(float x) {
    exp_parts t = exp_split(at_least(negative_absolute(x), -104.0f), 0.0f);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    pair l = log1p_pair(scale_down(e.hi, up), scale_down(e.lo, up));
    pair s = two_sum(x < 0.0f ? -x : 0.0f, l.hi);
    float y = s.hi + (s.lo + l.lo);
    return x < -30.0f ? x : -y;
}

float derivative(float x) { return sigmoid_near(-x, 0.0f); }

float forward_fast(float x) {
    exp_scaled t = exp_fast(at_least(negative_absolute(x), -104.0f), 0.0f);
    float e = scale_down(t.value, pow2_up64(t.n_bits));
    return -fma(e, log1p_ratio_fast(e), x < 0.0f ? -x : 0.0f);
}
float derivative_fast(float x) { return sigmoid_near_fast(-x, 0.0f); }

// The same in double
double forward64(double x) {
    pair64 l = softplus_excess64(x);
    pair64 s = two_sum64(x < 0.0 ? -x : 0.0, l.hi);
    double y = s.hi + (s.lo + l.lo);
    return x < -60.0 ? x : -y;
}

double derivative64(double x) { return sigmoid_near64(-x, 0.0); }
