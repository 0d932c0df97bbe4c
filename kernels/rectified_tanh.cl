// Rectified tanh: max(0, tanh x)
// tanh' as in tanh.cl; 0 at the kink, as in relu.
float forward(float x) {
    pair t = tanh_pair(at_least(x, 0.0f));
    return x <= 0.0f ? 0.0f : t.hi + t.lo;
}
float derivative(float x) {
    float y = logistic_density(2.0f * x, TWO_M62);
    return x <= 0.0f ? 0.0f : y;
}
float derivative_from_output(float y) { return y <= 0.0f ? 0.0f : fma(-y, y, 1.0f); }

// max(0, tanh x) in double
double forward64(double x) {
    pair64 t = tanh_pair64(absolute64(x));
    return x <= 0.0 ? 0.0 : t.hi + t.lo;
}
// 0 at 0
double derivative64(double x) {
    double y = logistic_density64(2.0 * x, TWO_M254);
    return x <= 0.0 ? 0.0 : y;
}
double derivative_from_output64(double y) { return y <= 0.0 ? 0.0 : fma(-y, y, 1.0); }
