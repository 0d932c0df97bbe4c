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
