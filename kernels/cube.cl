// Cube: x^3
// x^2 is carried as a pair, so the result is rounded once. Small arguments are taken 2^32 times, so that the low part of the
// square does not underflow; |x| is limited to where the result overflows anyway, so that the pair does not become inf - inf.
float forward(float x) {
    float a = at_most(absolute(x), 0x1p43f);
    bool small = a < 0x1p-30f;
    float b = small ? a * 0x1p32f : a;
    pair s = two_product(b, b);
    float y = fma(b, s.hi, b * s.lo) * (small ? 0x1p-96f : 1.0f);
    return with_sign_of(y, x);
}

// 3 x^2
float derivative(float x) {
    float a = at_most(absolute(x), 0x1.8p63f);
    bool small = a < 0x1p-30f;
    float b = small ? a * 0x1p32f : a;
    pair s = two_product(b, b);
    return fma(3.0f, s.hi, 3.0f * s.lo) * (small ? TWO_M64 : 1.0f);
}

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
