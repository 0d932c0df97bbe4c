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
