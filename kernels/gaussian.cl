// Gaussian: e^(-x^2)
// The square is carried as a pair: its rounding error would be amplified up to 100 times. e^(-10.5^2) is 0.
float forward(float x) {
    float a = at_most(absolute(x), 10.5f);
    pair s = two_product(a, a);
    exp_parts t = exp_split(-s.hi, s.lo);
    return scale_down(exp_sum(t).hi, pow2_up64(t.n_bits));
}

// -2 x e^(-x^2)
float derivative(float x) {
    float a = at_most(absolute(x), 10.5f);
    pair s = two_product(a, a);
    exp_parts t = exp_split(-s.hi, s.lo);
    pair e = pair_times_float(exp_sum(t), a + a);
    return with_sign_of(scale_down(e.hi + e.lo, pow2_up64(t.n_bits)), -x);
}

// e^-(x^2) in double
double forward64(double x) {
    exp_parts64 t = gaussian_split64(x);
    pair64 e = exp_sum64(t);
    return scale_down64(e.hi, raised_pow2_64(t.n_bits));
}
// -2 x e^-(x^2)
double derivative64(double x) {
    exp_parts64 t = gaussian_split64(x);
    pair64 e = pair_times_double64(exp_sum64(t), 2.0 * at_most(absolute64(x), 27.5));
    return with_sign_of64(scale_down64(e.hi + e.lo, raised_pow2_64(t.n_bits)), -x);
}
