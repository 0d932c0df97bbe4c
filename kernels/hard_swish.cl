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
