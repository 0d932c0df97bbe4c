// Squareplus: (x + sqrt(x^2 + b)) / 2                                                     Barron 2021
// With h = sqrt(x^2 + b) as a pair it is (|x| + h) / 2 for x >= 0 and (b/2) / (|x| + h) for x < 0. Far out x^2 would overflow:
// there h is |x|, and 1 / |x| is carried 2^64 or 2^32 times too large.
float forward(float x, float b) {
    float a = absolute(x);
    bool far = a > 0x1p60f;
    float near = at_most(a, 0x1p60f);
    pair h = hypotenuse(near, b);
    pair s = two_sum(near, h.hi);
    s.lo = s.lo + h.lo;
    float plus = fma(0.5f, s.hi, 0.5f * s.lo);
    float minus = quotient(pair_of(0.5f * b, 0.0f), s);
    float c = at_least(at_most(a, LARGEST) * TWO_M64, 0x1p-4f);
    float r = reciprocal(c);
    float quarter = 0.25f * b;
    float tail = fma(quarter, r, quarter * (r * fma(-r, c, 1.0f))) * TWO_M64;
    tail = a > LARGEST ? 0.0f : tail;
    minus = far ? tail : minus;
    plus = far ? a : plus;
    return x < 0.0f ? minus : plus;
}

// (1 + x / h) / 2 is (h + |x|) / (2 h) for x >= 0 and (b/2) / (h (h + |x|)) for x < 0
float derivative(float x, float b) {
    float a = absolute(x);
    float near = at_most(a, 0x1p60f);
    pair h = hypotenuse(near, b);
    pair s = two_sum(near, h.hi);
    s.lo = s.lo + h.lo;
    float plus = 0.5f * quotient(s, h);
    float minus = quotient(pair_of(0.5f * b, 0.0f), pair_times(h, s));
    float c = at_least(at_most(a, 0x1p100f), 1.0f) * 0x1p-32f;
    float r = reciprocal(c);
    float r_lo = r * fma(-r, c, 1.0f);
    float quarter = 0.25f * b;
    pair t = pair_times_float(pair_of(r, r_lo), quarter);
    pair u = pair_times(t, pair_of(r, r_lo));
    float tail = (u.hi + u.lo) * TWO_M64;
    minus = a > 0x1p60f ? tail : minus;
    return x < 0.0f ? minus : plus;
}

// Fast: far out x and b are taken 2^-64 and 0 times, which spares every case but the limits.
float forward_fast(float x, float b) {
    float a = absolute(x);
    bool far = a > 0x1p60f;
    float scale = far ? TWO_M64 : 1.0f;
    float c = at_most(a, LARGEST) * scale;
    float q = fma(c, c, far ? 0.0f : b);
    float s = fma(q, inverse_root(q), c);
    float minus = ((0.5f * b) * reciprocal(s)) * scale;
    minus = a > LARGEST ? 0.0f : minus;
    float plus = far ? a : 0.5f * s;
    return x < 0.0f ? minus : plus;
}

float derivative_fast(float x, float b) {
    float a = absolute(x);
    bool far = a > 0x1p60f;
    float scale = far ? TWO_M64 : 1.0f;
    float c = at_most(a, LARGEST) * scale;
    float q = fma(c, c, far ? 0.0f : b);
    float y = inverse_root(q);
    float s = fma(q, y, c);
    float minus = ((0.5f * b) * (y * scale)) * (reciprocal(s) * scale);
    float plus = far ? 1.0f : 0.5f * (s * y);
    float z = x < 0.0f ? minus : plus;
    return x == x ? z : x;
}

// The same in double; 1 / |x| is carried 2^64 or 2^128 times too large.
double forward64(double x, double b) {
    double a = absolute64(x);
    bool far = a > 0x1p60;
    double near = at_most(a, 0x1p60);
    pair64 h = hypotenuse64(near, b);
    pair64 s = two_sum64(near, h.hi);
    s.lo = s.lo + h.lo;
    double plus = fma(0.5, s.hi, 0.5 * s.lo);
    double minus = quotient64(pair_of64(0.5 * b, 0.0), s);
    double c = at_least(at_most(a, LARGEST64) * 0x1p-64, 0x1p-4);
    double r = reciprocal(c);
    double quarter = 0.25 * b;
    double tail = fma(quarter, r, quarter * (r * fma(-r, c, 1.0))) * 0x1p-64;
    tail = a > LARGEST64 ? 0.0 : tail;
    minus = far ? tail : minus;
    plus = far ? a : plus;
    return x < 0.0 ? minus : plus;
}

double derivative64(double x, double b) {
    double a = absolute64(x);
    double near = at_most(a, 0x1p60);
    pair64 h = hypotenuse64(near, b);
    pair64 s = two_sum64(near, h.hi);
    s.lo = s.lo + h.lo;
    double plus = 0.5 * quotient64(s, h);
    double minus = quotient64(pair_of64(0.5 * b, 0.0), pair_times64(h, s));
    double c = at_least(at_most(a, 0x1p560), 1.0) * 0x1p-128;
    double r = reciprocal(c);
    double r_lo = r * fma(-r, c, 1.0);
    double quarter = 0.25 * b;
    pair64 t = pair_times_double64(pair_of64(r, r_lo), quarter);
    pair64 u = pair_times64(t, pair_of64(r, r_lo));
    double tail = (u.hi + u.lo) * TWO_M256;
    minus = a > 0x1p60 ? tail : minus;
    return x < 0.0 ? minus : plus;
}
