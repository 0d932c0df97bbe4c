// Softsign: x / (1 + |x|)                                                                 Bergstra et al. 2009
float forward(float x) {
    float a = at_most(absolute(x), 0x1p30f);
    return with_sign_of(quotient(pair_of(a, 0.0f), two_sum(1.0f, a)), x);
}

// 1 / (1 + |x|)^2; the reciprocal is carried 2^32 times too large
float derivative(float x) {
    pair d = two_sum(1.0f, at_most(absolute(x), 0x1p76f));
    float y = reciprocal(d.hi);
    float rest = fma(-y, d.lo, fma(-y, d.hi, 1.0f));
    y = y * 0x1p32f;
    return fma(y, y, (y + y) * (y * rest)) * TWO_M64;
}

// The same in double; the reciprocal is carried 2^100 times too large
double forward64(double x) {
    double a = at_most(absolute64(x), 0x1p60);
    return with_sign_of64(quotient64(pair_of64(a, 0.0), two_sum64(1.0, a)), x);
}

double derivative64(double x) {
    pair64 d = two_sum64(1.0, at_most(absolute64(x), 0x1p540));
    double y = reciprocal(d.hi);
    double rest = fma(-y, d.lo, fma(-y, d.hi, 1.0));
    y = y * 0x1p100;
    return fma(y, y, (y + y) * (y * rest)) * 0x1p-200;
}
