// Square root: sqrt x, NaN below 0
// 1 / (2 sqrt x) is +inf at both zeros.
float forward(float x) { return sqrt_of(x); }
float derivative(float x) { return sqrt_of_d_x(x); }

// The square root in double, correctly rounded: a residual correction of the root to within 1 ULP. NaN below 0.
double forward64(double x) {
    bool small = x < 0x1p-500;
    double q = at_most(x, LARGEST64) * (small ? 0x1p600 : 1.0);
    pair64 h = root_pair64(pair_of64(q, 0.0));
    double y = (h.hi + h.lo) * (small ? 0x1p-300 : 1.0);
    y = x < 0.0 ? as_double(NAN_BITS64) : y;
    y = x > LARGEST64 ? x : y;
    return x == 0.0 || x != x ? x : y;
}
// 1 / (2 sqrt x), infinite at 0
double derivative64(double x) {
    bool small = x < 0x1p-500;
    double q = at_most(x, LARGEST64) * (small ? 0x1p600 : 1.0);
    double y = quotient64(pair_of64(0.5, 0.0), root_pair64(pair_of64(q, 0.0))) * (small ? 0x1p300 : 1.0);
    y = x < 0.0 ? as_double(NAN_BITS64) : y;
    y = x > LARGEST64 ? 0.0 : y;
    y = x == 0.0 ? as_double(INFINITY_BITS64) : y;
    return x == x ? y : x;
}
