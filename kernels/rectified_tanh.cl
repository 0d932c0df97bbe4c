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
