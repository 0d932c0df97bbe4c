// SELU: 1.0507... (x > 0 ? x : 1.6732... (e^x - 1))                                       Klambauer et al. 2017
// lambda = 1.0507009873554804934193349852946 and alpha = 1.6732632423543772848170429916717 are these numbers, not float32: they
// and their product are carried as pairs. lambda's high part is below it: a positive low part keeps -0. Small arguments are taken
// 2^64 times, so that the products with the low parts do not underflow.
#define LAMBDA 0x1.0cfabep+0f
#define LAMBDA_HI 0x1.0cfabcp+0f
#define LAMBDA_LO 0x1.6a9114p-24f
#define LAMBDA_ALPHA_HI 0x1.c212ccp+0f
#define LAMBDA_ALPHA_LO 0x1.903c0cp-26f

float forward(float x) {
    bool small = absolute(x) < 1.0f;
    exp_parts t = expm1_split(at_least(at_most(x, 0.0f), -25.0f), 0.0f);
    pair m = expm1_pair(t, pow2(t.n_bits));
    float hi = (x < 0.0f ? m.hi : x) * (small ? 0x1p64f : 1.0f);
    float lo = (x < 0.0f ? m.lo : 0.0f) * (small ? 0x1p64f : 1.0f);
    float k = x < 0.0f ? LAMBDA_ALPHA_HI : LAMBDA_HI;
    float k_lo = x < 0.0f ? LAMBDA_ALPHA_LO : LAMBDA_LO;
    float y = fma(k, hi, fma(k, lo, k_lo * hi)) * (small ? TWO_M64 : 1.0f);
    return with_sign_of(y, x);
}

float derivative(float x) {
    exp_parts t = exp_split(at_least(at_most(x, 0.0f), -110.0f), 0.0f);
    pair e = exp_sum(t);
    float g = fma(LAMBDA_ALPHA_HI, e.hi, fma(LAMBDA_ALPHA_HI, e.lo, LAMBDA_ALPHA_LO * e.hi));
    float y = scale_down(g, pow2_up64(t.n_bits));
    return x > 0.0f ? LAMBDA : y;
}

// y + lambda alpha = lambda alpha e^x
float derivative_from_output(float y) {
    pair s = fast_two_sum(LAMBDA_ALPHA_HI, at_least(at_most(y, 0.0f), -LAMBDA_ALPHA_HI));
    return y > 0.0f ? LAMBDA : s.hi + (s.lo + LAMBDA_ALPHA_LO);
}

float forward_fast(float x) {
    float y = LAMBDA_ALPHA_HI * expm1_fast(at_least(at_most(x, 0.0f), -25.0f));
    float z = LAMBDA * x;
    return x < 0.0f ? y : z;
}
float derivative_fast(float x) {
    exp_scaled t = exp_fast(at_least(at_most(x, 0.0f), -110.0f), 0.0f);
    float y = scale_down(LAMBDA_ALPHA_HI * t.value, pow2_up64(t.n_bits));
    return x > 0.0f ? LAMBDA : y;
}

// The same in double, small arguments 2^256 times. LAMBDA64_HI is lambda rounded, and below it.
#define LAMBDA64_HI 0x1.0cfabd6a91132p+0
#define LAMBDA64_LO 0x1.6fc7d272f2695p-55
#define LAMBDA_ALPHA64_HI 0x1.c212cc640f031p+0
#define LAMBDA_ALPHA64_LO 0x1.05161b045a1fep-56

double forward64(double x) {
    bool small = absolute64(x) < 1.0;
    exp_parts64 t = exp_split64(at_least(at_most(x, 0.0), -40.0), 0.0);
    pair64 m = expm1_pair64(t, pow2_64(t.n_bits));
    double hi = (x < 0.0 ? m.hi : x) * (small ? 0x1p256 : 1.0);
    double lo = (x < 0.0 ? m.lo : 0.0) * (small ? 0x1p256 : 1.0);
    double k = x < 0.0 ? LAMBDA_ALPHA64_HI : LAMBDA64_HI;
    double k_lo = x < 0.0 ? LAMBDA_ALPHA64_LO : LAMBDA64_LO;
    double y = fma(k, hi, fma(k, lo, k_lo * hi)) * (small ? TWO_M256 : 1.0);
    return with_sign_of64(y, x);
}

double derivative64(double x) {
    exp_parts64 t = exp_split64(at_least(at_most(x, 0.0), -760.0), 0.0);
    pair64 e = exp_sum64(t);
    double g = fma(LAMBDA_ALPHA64_HI, e.hi, fma(LAMBDA_ALPHA64_HI, e.lo, LAMBDA_ALPHA64_LO * e.hi));
    double y = scale_down64(g, raised_pow2_64(t.n_bits));
    return x > 0.0 ? LAMBDA64_HI : y;
}

double derivative_from_output64(double y) {
    pair64 s = fast_two_sum64(LAMBDA_ALPHA64_HI, at_least(at_most(y, 0.0), -LAMBDA_ALPHA64_HI));
    return y > 0.0 ? LAMBDA64_HI : s.hi + (s.lo + LAMBDA_ALPHA64_LO);
}
