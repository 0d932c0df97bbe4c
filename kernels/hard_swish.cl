// Hard swish: x min(max(x + 3, 0), 6) / 6                                                 Howard et al. 2019
// x (x + 3) / 6 and (x + 3/2) / 3 with the sums as pairs: x (x/6 + 1/2) would cancel near -3.
#define SIXTH_HI 0x1.555556p-3f
#define SIXTH_LO -0x1.555556p-28f
#define THIRD_HI 0x1.555556p-2f
#define THIRD_LO -0x1.555556p-27f

float forward(float x) {
    pair w = pair_times(coarse_two_sum(3.0f, x), pair_of(SIXTH_HI, SIXTH_LO));
    float y = with_sign_of(fma(x, w.hi, x * w.lo), x);
    return x <= -3.0f ? 0.0f : x >= 3.0f ? x : y;
}

float derivative(float x) {
    pair s = coarse_two_sum(1.5f, x);
    float y = fma(s.hi, THIRD_HI, fma(s.hi, THIRD_LO, s.lo * THIRD_HI));
    return x <= -3.0f ? 0.0f : x >= 3.0f ? 1.0f : y;
}

// The same in double
#define SIXTH64_HI 0x1.5555555555555p-3
#define SIXTH64_LO 0x1.5555555555555p-57
#define THIRD64_HI 0x1.5555555555555p-2
#define THIRD64_LO 0x1.5555555555555p-56

double forward64(double x) {
    pair64 w = pair_times64(coarse_two_sum64(3.0, x), pair_of64(SIXTH64_HI, SIXTH64_LO));
    double y = with_sign_of64(fma(x, w.hi, x * w.lo), x);
    return x <= -3.0 ? 0.0 : x >= 3.0 ? x : y;
}

double derivative64(double x) {
    pair64 s = coarse_two_sum64(1.5, x);
    double y = fma(s.hi, THIRD64_HI, fma(s.hi, THIRD64_LO, s.lo * THIRD64_HI));
    return x <= -3.0 ? 0.0 : x >= 3.0 ? 1.0 : y;
}
