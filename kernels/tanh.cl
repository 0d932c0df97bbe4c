// Hyperbolic tangent: tanh x
float forward(float x) {
    pair t = tanh_pair(absolute(x));
    return with_sign_of(t.hi + t.lo, x);
}
// 4 E / (1 + E)^2 with E = e^-2|x|, because 1 - t^2 loses everything where t is near 1
float derivative(float x) { return logistic_density(2.0f * x, TWO_M62); }
float derivative_from_output(float y) { return fma(-y, y, 1.0f); }

float forward_fast(float x) { return with_sign_of(tanh_fast(absolute(x)), x); }
float derivative_fast(float x) { return logistic_density_fast(2.0f * x, TWO_M62); }

// The same in double
double forward64(double x) {
    pair64 t = tanh_pair64(absolute64(x));
    return with_sign_of64(t.hi + t.lo, x);
}
double derivative64(double x) { return logistic_density64(2.0 * x, TWO_M254); }
double derivative_from_output64(double y) { return fma(-y, y, 1.0); }
