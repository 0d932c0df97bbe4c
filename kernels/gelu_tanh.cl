// GELU by tanh: x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))) / 2                           Hendrycks and Gimpel 2016
// = x sigmoid(w), w = 2 sqrt(2/pi) (x + 0.044715 x^3) = x (C1 + C2 x^2) as a pair. C1_HI is coarse, so that its difference from
// the sum is exact. Constants: src/test/python/fit.py.
#define GELUT_C1_HI 0x1.98845p+0f
#define GELUT_C1_LO 0x1.9ea1b2p-23f
#define GELUT_C2_HI 0x1.2444f2p-4f
#define GELUT_C2_LO 0x1.49b16ap-29f

pair gate_of_absolute(float a) {
    pair s = two_product(a, a);
    float k = fma(GELUT_C2_HI, s.hi, GELUT_C1_HI);
    float k_lo = fma(GELUT_C2_HI, s.hi, GELUT_C1_HI - k);
    k_lo = k_lo + fma(GELUT_C2_HI, s.lo, fma(GELUT_C2_LO, s.hi, GELUT_C1_LO));
    return pair_times_float(pair_of(k, k_lo), a);
}

float forward(float x) {
    pair w = gate_of_absolute(at_most(absolute(x), 15.0f));
    return gated(x, with_sign_of(w.hi, x), x < 0.0f ? -w.lo : w.lo);
}

// At -a it is E (1 + E - a w') / (1 + E)^2, E = e^-w. The root a0 is factored out: with h = a0 - a, g = a (a + a0),
// d = w(a0) - w(a) = h (D + C2 g), G = e^d, k = e^w(a0) it is G (h (KT + K3 g) + expm1(d)) / (k + G)^2.
#define GELUT_ROOT_HI 0x1.8142ap-1f
#define GELUT_ROOT_LO -0x1.85a06cp-27f
#define GELUT_K1_HI 0x1.1b3632p+2f
#define GELUT_K1_LO 0x1.62e79cp-24f
#define GELUT_D_HI 0x1.a2dc1p+0f
#define GELUT_D_LO -0x1.3fac78p-22f
#define GELUT_KT_HI 0x1.78614p+2f
#define GELUT_KT_LO 0x1.fb0f64p-18f
#define GELUT_K3_HI 0x1.77674ap-1f
#define GELUT_K3_LO -0x1.351986p-26f

float derivative(float x) {
    float a = at_most(absolute(x), 11.5f);
    pair h = two_sum(GELUT_ROOT_HI, -a);
    h = fast_two_sum(h.hi, h.lo + GELUT_ROOT_LO);
    float b = a + GELUT_ROOT_HI;
    float b_lo = (GELUT_ROOT_HI - (b - a)) + GELUT_ROOT_LO;
    pair g = pair_times_float(pair_of(b, b_lo), a);
    float c = fma(GELUT_C2_HI, g.hi, GELUT_D_HI);
    float c_lo = fma(GELUT_C2_HI, g.hi, GELUT_D_HI - c);
    c_lo = c_lo + fma(GELUT_C2_HI, g.lo, fma(GELUT_C2_LO, g.hi, GELUT_D_LO));
    pair d = pair_times(h, pair_of(c, c_lo));
    exp_parts t = exp_split(d.hi, -d.lo);
    float up = pow2_up64(t.n_bits);
    pair m = expm1_pair(t, up * TWO_M64);
    float k = fma(GELUT_K3_HI, g.hi, GELUT_KT_HI);
    float k_lo = fma(GELUT_K3_HI, g.hi, GELUT_KT_HI - k);
    k_lo = k_lo + fma(GELUT_K3_HI, g.lo, fma(GELUT_K3_LO, g.hi, GELUT_KT_LO));
    pair n = pair_plus_ordered(pair_times(h, pair_of(k, k_lo)), m);
    pair s = pair_plus_ordered(pair_of(GELUT_K1_HI, GELUT_K1_LO), m);
    float y = scale_down(quotient(pair_times(exp_sum(t), n), pair_square(s)), up);
    float z = 1.0f - y;
    return x < 0.0f ? y : z;
}

float forward_fast(float x) {
    pair w = gate_of_absolute(at_most(absolute(x), 15.0f));
    return gated_fast(x, with_sign_of(w.hi, x), x < 0.0f ? -w.lo : w.lo);
}

// Fast: d from w itself, whose value at the root is a pair.
#define GELUT_FAST_W0_HI 0x1.3b2cf8p+0f
#define GELUT_FAST_W0_LO -0x1.8e0cp-25f
#define GELUT_FAST_KT 0x1.78616p+2f

float derivative_fast(float x) {
    float a = at_most(absolute(x), 11.5f);
    pair w = gate_of_absolute(a);
    float d = GELUT_FAST_W0_HI - w.hi;
    float d_lo = (GELUT_FAST_W0_HI - (d + w.hi)) + (GELUT_FAST_W0_LO - w.lo);
    exp_scaled t = expm1_fast_split(d, -d_lo);
    float up = pow2_up64(t.n_bits);
    float p = up * TWO_M64;
    float m = fma(p, t.value, p - 1.0f);
    float h = (GELUT_ROOT_HI - a) + GELUT_ROOT_LO;
    float n = fma(h, fma(GELUT_K3_HI, a * (a + GELUT_ROOT_HI), GELUT_FAST_KT), m);
    float s = m + GELUT_K1_HI;
    float y = scale_down(((1.0f + t.value) * n) * reciprocal(s * s), up);
    float z = 1.0f - y;
    return x < 0.0f ? y : z;
}

// The same in double
#define GELUT64_C1_HI 0x1.9884533d4364p+0
#define GELUT64_C1_LO 0x1.08d0fcb3c500cp-48
#define GELUT64_C2_HI 0x1.2444f2a4d8b4bp-4
#define GELUT64_C2_LO -0x1.6c843a29d1c7p-61
#define GELUT64_ROOT_HI 0x1.81429f9e97e4dp-1
#define GELUT64_ROOT_LO -0x1.4f523ed77dbdcp-55
#define GELUT64_K1_HI 0x1.1b363258b9e74p+2
#define GELUT64_K1_LO -0x1.1bd33e690ba8cp-52
#define GELUT64_D_HI 0x1.a2dc0b014e2p+0
#define GELUT64_D_LO 0x1.f6a83af51172dp-50
#define GELUT64_KT_HI 0x1.78615fb0f64p+2
#define GELUT64_KT_LO -0x1.669025a889d88p-47
#define GELUT64_K3_HI 0x1.77674965733c9p-1
#define GELUT64_K3_LO -0x1.0ffd51272658p-57

double forward64(double x) {
    double a = at_most(absolute64(x), 21.9);
    pair64 s = two_product64(a, a);
    double k = fma(GELUT64_C2_HI, s.hi, GELUT64_C1_HI);
    double k_lo = fma(GELUT64_C2_HI, s.hi, GELUT64_C1_HI - k);
    k_lo = k_lo + fma(GELUT64_C2_HI, s.lo, fma(GELUT64_C2_LO, s.hi, GELUT64_C1_LO));
    pair64 w = pair_times_double64(pair_of64(k, k_lo), a);
    return gated64(at_least(x, -21.9), with_sign_of64(w.hi, x), x < 0.0 ? -w.lo : w.lo);
}

double derivative64(double x) {
    double a = at_most(absolute64(x), 21.9);
    pair64 h = two_sum64(GELUT64_ROOT_HI, -a);
    h = two_sum64(h.hi, h.lo + GELUT64_ROOT_LO);
    pair64 b = two_sum64(a, GELUT64_ROOT_HI);
    b.lo = b.lo + GELUT64_ROOT_LO;
    pair64 g = pair_times_double64(b, a);
    double c = fma(GELUT64_C2_HI, g.hi, GELUT64_D_HI);
    double c_lo = fma(GELUT64_C2_HI, g.hi, GELUT64_D_HI - c);
    c_lo = c_lo + fma(GELUT64_C2_HI, g.lo, fma(GELUT64_C2_LO, g.hi, GELUT64_D_LO));
    pair64 d = pair_times64(h, pair_of64(c, c_lo));
    exp_parts64 t = exp_split64(d.hi, -d.lo);
    double up = raised_pow2_64(t.n_bits);
    pair64 m = expm1_pair64(t, up * TWO_M256);
    double k = fma(GELUT64_K3_HI, g.hi, GELUT64_KT_HI);
    double k_lo = fma(GELUT64_K3_HI, g.hi, GELUT64_KT_HI - k);
    k_lo = k_lo + fma(GELUT64_K3_HI, g.lo, fma(GELUT64_K3_LO, g.hi, GELUT64_KT_LO));
    pair64 n = pair_plus_ordered64(pair_times64(h, pair_of64(k, k_lo)), m);
    pair64 s = pair_plus_ordered64(pair_of64(GELUT64_K1_HI, GELUT64_K1_LO), m);
    double y = scale_down64(quotient64(pair_times64(exp_sum64(t), n), pair_square64(s)), up);
    double z = 1.0 - y;
    return x < 0.0 ? y : z;
}
