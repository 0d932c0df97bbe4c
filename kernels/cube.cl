// x^3 in double, the square carried as a pair. Small arguments are taken 2^300 times, so that its low part does not underflow.
double forward64(double x) {
    double a = at_most(absolute64(x), 0x1p342);
    bool small = a < 0x1p-200;
    double b = small ? a * 0x1p300 : a;
    pair64 s = two_product64(b, b);
    return with_sign_of64(fma(b, s.hi, b * s.lo) * (small ? 0x1p-900 : 1.0), x);
}
// 3 x^2
double derivative64(double x) {
    double a = at_most(absolute64(x), 0x1.8p511);
    bool small = a < 0x1p-200;
    double b = small ? a * 0x1p300 : a;
    pair64 s = two_product64(b, b);
    return fma(3.0, s.hi, 3.0 * s.lo) * (small ? 0x1p-600 : 1.0);
}
