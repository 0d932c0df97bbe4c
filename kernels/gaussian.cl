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
