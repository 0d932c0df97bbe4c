// Hard sigmoid: min(max(alpha x + beta, 0), 1)                                            Courbariaux et al. 2015
// alpha = 1/6 with beta = 1/2 means the real 1/6: (x + 3) / 6, the sum and the factor carried as pairs. Other values are taken
// as they are: one fma. The derivative compares the exact alpha x + beta with the bounds, not the rounded one.
#define SIXTH_HI 0x1.555556p-3f
#define SIXTH_LO -0x1.555556p-28f

float forward(float x, float alpha, float beta) {
    pair s = coarse_two_sum(3.0f, x);
    float sixth = fma(s.hi, SIXTH_HI, fma(s.hi, SIXTH_LO, s.lo * SIXTH_HI));
    sixth = x <= -3.0f ? 0.0f : x >= 3.0f ? 1.0f : sixth;
    float v = alpha == 0.0f ? between(x, -1.0f, 1.0f) : x;                    // not inf * 0
    float y = fma(alpha, v, beta);
    y = alpha == SIXTH_HI && beta == 0.5f ? sixth : y;
    return y <= 0.0f ? 0.0f : at_most(y, 1.0f);
}

float derivative(float x, float alpha, float beta) {
    // Above 0: a small beta is taken 2^64 times, so that the sum does not underflow where it cancels.
    bool small = absolute(beta) < 0x1p-60f;
    float sum = fma(small ? alpha * 0x1p64f : alpha, x, small ? beta * 0x1p64f : beta);
    float low = beta == 0.0f ? x : sum;
    // Below 1: alpha x < rest.hi + rest.lo = 1 - beta
    pair rest = two_sum(1.0f, -beta);
    float excess = fma(alpha, x, -rest.hi);
    float high = rest.hi == 0.0f ? x : excess;
    float y = low > 0.0f && high < rest.lo ? alpha : 0.0f;
    float sixth = between_derivative(x, -3.0f, 3.0f) * SIXTH_HI;
    y = alpha == SIXTH_HI && beta == 0.5f ? sixth : y;
    return x == x ? y : x;
}

// The same in double
#define SIXTH64_HI 0x1.5555555555555p-3
#define SIXTH64_LO 0x1.5555555555555p-57

double forward64(double x, double alpha, double beta) {
    pair64 s = coarse_two_sum64(3.0, x);
    double sixth = fma(s.hi, SIXTH64_HI, fma(s.hi, SIXTH64_LO, s.lo * SIXTH64_HI));
    sixth = x <= -3.0 ? 0.0 : x >= 3.0 ? 1.0 : sixth;
    double v = alpha == 0.0 ? between(x, -1.0, 1.0) : x;                      // not inf * 0
    double y = fma(alpha, v, beta);
    y = alpha == SIXTH64_HI && beta == 0.5 ? sixth : y;
    return y <= 0.0 ? 0.0 : at_most(y, 1.0);
}

double derivative64(double x, double alpha, double beta) {
    // Above 0: a small beta is taken 2^128 times.
    bool small = absolute64(beta) < 0x1p-900;
    double sum = fma(small ? alpha * 0x1p128 : alpha, x, small ? beta * 0x1p128 : beta);
    double low = beta == 0.0 ? x : sum;
    // Below 1: alpha x < rest.hi + rest.lo = 1 - beta
    pair64 rest = two_sum64(1.0, -beta);
    double excess = fma(alpha, x, -rest.hi);
    double high = rest.hi == 0.0 ? x : excess;
    double y = low > 0.0 && high < rest.lo ? alpha : 0.0;
    double sixth = between_derivative(x, -3.0, 3.0) * SIXTH64_HI;
    y = alpha == SIXTH64_HI && beta == 0.5 ? sixth : y;
    return x == x ? y : x;
}
