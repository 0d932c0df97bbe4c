// Exponential minus 1: e^x - 1
float forward(float x) { return expm1_of(x); }
float derivative(float x) { return exp_of(x); }
real derivative_from_output(real y) { return y + 1.0f; }

// e^x - 1 in double: below 60 from the parts of the exponential, where 1 may be larger or smaller than 2^n
double forward64(double x) {
    exp_parts64 t = exp_split64(at_least(at_most(x, 711.0), -40.0), 0.0);
    double p = pow2_64(t.n_bits);
    pair64 w = fast_two_sum64(t.lead, t.rest);
    pair64 c = two_sum64(p, -1.0);
    double m = fma(p, w.hi, c.hi);
    double y = m + (fma(p, w.lo, fma(p, w.hi, c.hi - m)) + c.lo);
    pair64 e = exp_sum64(t);
    y = x > 60.0 ? scale_any64(e.hi, t.n_bits) : y;
    return absolute64(x) < 0x1p-60 ? x : y;
}
// e^x
double derivative64(double x) { return exp_of64(x); }
