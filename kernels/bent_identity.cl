// Bent identity: (sqrt(x^2 + 1) - 1) / 2 + x
// = x + x^2 / (2 (h + 1)), h = sqrt(x^2 + 1) as a pair: the difference would cancel near 0. Far out it is x/2 or 3x/2.
float forward(float x) {
    float a = absolute(x);
    float b = at_most(a, 0x1p40f);
    pair s = two_product(b, b);
    pair h = hypotenuse(b, 1.0f);
    pair d = two_sum(h.hi, 1.0f);
    d.lo = d.lo + h.lo;
    pair t = pair_quotient(pair_of(0.5f * s.hi, 0.5f * s.lo), d, reciprocal(d.hi));
    float side = x < 0.0f ? -1.0f : 1.0f;
    pair v = two_sum(b, side * t.hi);
    float y = v.hi + fma(side, t.lo, v.lo);
    float far = a * (x < 0.0f ? 0.5f : 1.5f);
    return with_sign_of(a > 0x1p40f ? far : y, x);
}

// 1 + x / (2 h)
float derivative(float x) {
    float b = at_most(absolute(x), 0x1p40f);
    float q = 0.5f * quotient(pair_of(b, 0.0f), hypotenuse(b, 1.0f));
    return x < 0.0f ? 1.0f - q : 1.0f + q;
}

// In double, as x + x^2 / (2 (h + 1)) with h = sqrt(x^2 + 1): nothing cancels
double forward64(double x) {
    double a = absolute64(x);
    double b = at_most(a, 0x1p60);
    pair64 s = two_product64(b, b);
    pair64 d = one_plus64(hypotenuse64(b, 1.0));
    pair64 t = pair_quotient64(pair_of64(0.5 * s.hi, 0.5 * s.lo), d, reciprocal(d.hi));
    double side = x < 0.0 ? -1.0 : 1.0;
    pair64 v = two_sum64(b, side * t.hi);
    double y = v.hi + fma(side, t.lo, v.lo);
    double far = a * (x < 0.0 ? 0.5 : 1.5);
    return with_sign_of64(a > 0x1p60 ? far : y, x);
}
// 1 + x / (2 h)
double derivative64(double x) {
    double b = at_most(absolute64(x), 0x1p60);
    double q = 0.5 * quotient64(pair_of64(b, 0.0), hypotenuse64(b, 1.0));
    return x < 0.0 ? 1.0 - q : 1.0 + q;
}
