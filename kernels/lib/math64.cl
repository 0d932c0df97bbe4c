// Elementary functions of the kernel language, float64: the counterparts of math.cl, under the same rules. A name that ends in
// 64 does for double what the name without it does for float there. at_least and at_most serve both types.
//
// Constants with EXP64_ and L1P64_ are minimax coefficients; src/test/python/fit64.py computes all constants and states errors.

// ---- bit patterns
#define SIGN_BIT64 0x8000000000000000ul
#define ONE_BITS64 0x3FF0000000000000ul
#define TWO_P256_BITS64 0x4FF0000000000000ul
#define NAN_BITS64 0x7FF8000000000000ul
#define INFINITY_BITS64 0x7FF0000000000000ul
#define TWO_M256 0x1p-256
#define TWO_M254 0x1p-254
#define LARGEST64 0x1.fffffffffffffp+1023

double absolute64(double x) { return as_double(as_ulong(x) & 0x7FFFFFFFFFFFFFFFul); }
double negative_absolute64(double x) { return as_double(as_ulong(x) | SIGN_BIT64); }
double with_sign_of64(double magnitude, double x) { return as_double(as_ulong(magnitude) | (as_ulong(x) & SIGN_BIT64)); }
double signed_zero64(double x) { return as_double(as_ulong(x) & SIGN_BIT64); }

// ---- pairs: the unevaluated sum hi + lo
typedef struct { double hi; double lo; } pair64;

pair64 pair_of64(double hi, double lo) {
    pair64 r = { hi, lo };
    return r;
}

// a + b exactly, for |a| >= |b|, a = 0, or a a multiple of the last place of a + b
pair64 fast_two_sum64(double a, double b) {
    double s = a + b;
    return pair_of64(s, (a - s) + b);
}

// a + b exactly, for b of any size and a coarse a such as 1, 2 or 4
pair64 coarse_two_sum64(double a, double b) {
    double s = a + b;
    return pair_of64(s, b - (s - a));
}

// a + b exactly
pair64 two_sum64(double a, double b) {
    double s = a + b;
    double t = s - a;
    return pair_of64(s, (a - (s - t)) + (b - t));
}

// a b exactly
pair64 two_product64(double a, double b) {
    double p = a * b;
    return pair_of64(p, fma(a, b, -p));
}

pair64 pair_times_double64(pair64 a, double b) {
    double p = a.hi * b;
    return pair_of64(p, fma(a.lo, b, fma(a.hi, b, -p)));
}

pair64 pair_times64(pair64 a, pair64 b) {
    double p = a.hi * b.hi;
    return pair_of64(p, fma(a.lo, b.hi, fma(a.hi, b.lo, fma(a.hi, b.hi, -p))));
}

pair64 pair_square64(pair64 a) {
    double p = a.hi * a.hi;
    return pair_of64(p, fma(a.hi + a.hi, a.lo, fma(a.hi, a.hi, -p)));
}

// for |a| >= |b|
pair64 pair_plus_ordered64(pair64 a, pair64 b) {
    pair64 s = fast_two_sum64(a.hi, b.hi);
    return pair_of64(s.hi, s.lo + (a.lo + b.lo));
}

pair64 pair_plus64(pair64 a, pair64 b) {
    pair64 s = two_sum64(a.hi, b.hi);
    return pair_of64(s.hi, s.lo + (a.lo + b.lo));
}

// 1 + a, for any a
pair64 one_plus64(pair64 a) {
    pair64 s = two_sum64(1.0, a.hi);
    return fast_two_sum64(s.hi, s.lo + a.lo);
}

// a / b to about 2^-103; y = reciprocal(b.hi). One Markstein correction.
pair64 pair_quotient64(pair64 a, pair64 b, double y) {
    double q = a.hi * y;
    double r = fma(-q, b.lo, fma(-q, b.hi, a.hi)) + a.lo;
    return pair_of64(q, r * y);
}

// a / b rounded once
double quotient64(pair64 a, pair64 b) {
    double y = reciprocal(b.hi);
    double q = a.hi * y;
    double r = fma(-q, b.lo, fma(-q, b.hi, a.hi)) + a.lo;
    return fma(r, y, q);
}

// ---- the root
// 1 / sqrt(q) to about 1 ULP, q a normal number: an integer seed and four Newton steps
#define INVERSE_ROOT_SEED64 0x5FE6EB50C7B537A9ul

double inverse_root64(double q) {
    double y = as_double(INVERSE_ROOT_SEED64 - (as_ulong(q) >> 1));
    double h = -0.5 * q;
    y = y * fma(h * y, y, 1.5);
    y = y * fma(h * y, y, 1.5);
    y = y * fma(h * y, y, 1.5);
    return y * fma(h * y, y, 1.5);
}

// sqrt(q.hi + q.lo)
pair64 root_pair64(pair64 q) {
    double y = inverse_root64(q.hi);
    double g = q.hi * y;
    g = fma(fma(-g, g, q.hi), 0.5 * y, g);
    double r = fma(-g, g, q.hi) + q.lo;
    return pair_of64(g, (0.5 * y) * r);
}

// sqrt(a^2 + b) for 0 <= a <= 2^60 and 2^-60 <= b <= 2^60
pair64 hypotenuse64(double a, double b) {
    pair64 s = two_product64(a, a);
    pair64 q = two_sum64(s.hi, b);
    q = fast_two_sum64(q.hi, q.lo + s.lo);
    return root_pair64(q);
}

// ---- powers of two; n_bits is n << 52
// A product with 2^(n+256) and then with 2^-256 applies 2^n with one rounding even where the result is subnormal.
double pow2_64(ulong n_bits) { return as_double(n_bits + ONE_BITS64); }              // -1022 <= n <= 1023
double raised_pow2_64(ulong n_bits) { return as_double(n_bits + TWO_P256_BITS64); }  // 2^(n+256), -1278 <= n <= 767
double scale_down64(double v, double raised) { return (v * raised) * TWO_M256; }

// v 2^n in two halves: any n of -1150 to 1100 with one rounding, overflow included, for 1/4 < |v| < 4
double scale_any64(double v, ulong n_bits) {
    ulong half_bits = ((n_bits >> 1) & 0x7FF0000000000000ul) | (n_bits & SIGN_BIT64);
    return (v * pow2_64(half_bits)) * pow2_64(n_bits - half_bits);
}

// ---- the exponential
// e^(x - low) = 2^n (1 + lead + rest): lead = x - n ln2_hi exactly, rest is everything else, |lead + rest| < 0.42.
// low is the low part of a negated pair; the constant 0 costs nothing.
#define ROUND_MAGIC64 0x1.8p52
#define LOG2E64 0x1.71547652b82fep+0
#define LN2_64_HI 0x1.62e42fefa39efp-1
#define LN2_64_LO 0x1.abc9e3b39803fp-56
// degree 10 on [-0.3475, 0.3475], error 2^-58.5
#define EXP64_C0 0x1p-1
#define EXP64_C1 0x1.5555555555556p-3
#define EXP64_C2 0x1.5555555555555p-5
#define EXP64_C3 0x1.111111111098cp-7
#define EXP64_C4 0x1.6c16c16c167cbp-10
#define EXP64_C5 0x1.a01a01a7e29cdp-13
#define EXP64_C6 0x1.a01a01a48c71bp-16
#define EXP64_C7 0x1.71de0d383914ap-19
#define EXP64_C8 0x1.27e4e1b1031a7p-22
#define EXP64_C9 0x1.af39c20098071p-26
#define EXP64_C10 0x1.1f677fa3c3901p-29

typedef struct { double lead; double rest; ulong n_bits; } exp_parts64;

exp_parts64 exp_split64(double x, double low) {
    double shifted = fma(x, LOG2E64, ROUND_MAGIC64);
    double n = shifted - ROUND_MAGIC64;
    double lead = fma(n, -LN2_64_HI, x);
    double r = fma(n, -LN2_64_LO, lead) - low;
    double q = fma(EXP64_C10, r, EXP64_C9);
    q = fma(q, r, EXP64_C8);
    q = fma(q, r, EXP64_C7);
    q = fma(q, r, EXP64_C6);
    q = fma(q, r, EXP64_C5);
    q = fma(q, r, EXP64_C4);
    q = fma(q, r, EXP64_C3);
    q = fma(q, r, EXP64_C2);
    q = fma(q, r, EXP64_C1);
    q = fma(q, r, EXP64_C0);
    double rest = fma(n, -LN2_64_LO, (r * r) * q) - low;
    exp_parts64 t = { lead, rest, as_ulong(shifted) << 52 };
    return t;
}

// 1 + lead + rest, to about 2^-56
pair64 exp_sum64(exp_parts64 t) {
    pair64 one = fast_two_sum64(1.0, t.lead);
    return fast_two_sum64(one.hi, one.lo + t.rest);
}

// p (1 + lead + rest) - 1 with small relative error; p = 2^n, n <= 50
pair64 expm1_pair64(exp_parts64 t, double p) {
    pair64 w = fast_two_sum64(t.lead, t.rest);
    double c = p - 1.0;
    double c_lo = p - (c + 1.0);
    double m = fma(p, w.hi, c);
    double m_lo = fma(p, w.lo, fma(p, w.hi, c - m)) + c_lo;
    return pair_of64(m, m_lo);
}

// e^x
double exp_of64(double x) {
    exp_parts64 t = exp_split64(at_least(at_most(x, 711.0), -750.0), 0.0);
    pair64 e = exp_sum64(t);
    return scale_any64(e.hi, t.n_bits);
}

// e^-(x^2) = 2^n (sum of the parts); the square is carried as a pair. Beyond 27.5 it is below the smallest subnormal.
exp_parts64 gaussian_split64(double x) {
    double a = at_most(absolute64(x), 27.5);
    pair64 s = two_product64(a, a);
    return exp_split64(-s.hi, s.lo);
}

// ---- the logarithm
// log(1 + e + e_lo) for 0 <= e <= 1 = 2 atanh(g/2) = g + g^3 A(g^2), g = e / (1 + e/2)
// degree 10 on [0.0, 0.4444], error 2^-58.7
#define L1P64_C0 0x1.5555555555555p-4
#define L1P64_C1 0x1.9999999999944p-7
#define L1P64_C2 0x1.2492492499d46p-9
#define L1P64_C3 0x1.c71c71bedea97p-12
#define L1P64_C4 0x1.745d19937b1fcp-14
#define L1P64_C5 0x1.3b13515f6f9efp-16
#define L1P64_C6 0x1.111abdc8abe16p-18
#define L1P64_C7 0x1.e0a2d581ab68fp-21
#define L1P64_C8 0x1.bc37f0140c19ep-23
#define L1P64_C9 0x1.32e0d25c9c761p-25
#define L1P64_C10 0x1.401d3e65cdc48p-26

pair64 log1p_pair64(double e, double e_lo) {
    double d = fma(0.5, e, 1.0);
    double d_lo = fma(0.5, e_lo, fma(0.5, e, 1.0 - d));
    pair64 g = pair_quotient64(pair_of64(e, e_lo), pair_of64(d, d_lo), reciprocal(d));
    double z = g.hi * g.hi;
    double q = fma(L1P64_C10, z, L1P64_C9);
    q = fma(q, z, L1P64_C8);
    q = fma(q, z, L1P64_C7);
    q = fma(q, z, L1P64_C6);
    q = fma(q, z, L1P64_C5);
    q = fma(q, z, L1P64_C4);
    q = fma(q, z, L1P64_C3);
    q = fma(q, z, L1P64_C2);
    q = fma(q, z, L1P64_C1);
    q = fma(q, z, L1P64_C0);
    return pair_of64(g.hi, fma(g.hi * z, q, g.lo));
}

// log(1 + e^-|x|)
pair64 softplus_excess64(double x) {
    exp_parts64 t = exp_split64(at_least(negative_absolute64(x), -750.0), 0.0);
    pair64 e = exp_sum64(t);
    double up = raised_pow2_64(t.n_bits);
    return log1p_pair64(scale_down64(e.hi, up), scale_down64(e.lo, up));
}

// ---- the sigmoid and its relatives
// sigmoid of x + low, low tiny: with E = e^-|x|, 1/(1+E) for x >= 0 and E/(1+E) for x < 0, its power of two applied last
double sigmoid_near64(double x, double low) {
    double u = negative_absolute64(x);
    double u_low = x < 0.0 ? 0.0 - low : low;
    u_low = u < -750.0 ? 0.0 : u_low;
    exp_parts64 t = exp_split64(at_least(u, -750.0), u_low);
    pair64 e = exp_sum64(t);
    double up = raised_pow2_64(t.n_bits);
    double p = up * TWO_M256;
    double d = fma(e.hi, p, 1.0);
    double d_lo = fma(e.lo, p, fma(e.hi, p, 1.0 - d));
    double n_hi = x < 0.0 ? e.hi : 1.0;
    double n_lo = x < 0.0 ? e.lo : 0.0;
    double q = quotient64(pair_of64(n_hi, n_lo), pair_of64(d, d_lo));
    double tail = scale_down64(q, up);
    return x < 0.0 ? tail : q;
}

// final_scale 2^256 E / (1 + E)^2, E = e^-|x|
double logistic_density64(double x, double final_scale) {
    exp_parts64 t = exp_split64(at_least(negative_absolute64(x), -760.0), 0.0);
    pair64 e = exp_sum64(t);
    double up = raised_pow2_64(t.n_bits);
    double p = up * TWO_M256;
    double d = fma(e.hi, p, 1.0);
    double d_lo = fma(e.lo, p, fma(e.hi, p, 1.0 - d));
    double q = quotient64(e, pair_square64(pair_of64(d, d_lo)));
    return (q * up) * final_scale;
}

// tanh of a >= 0: N / (2 - N), N = -expm1(-2a)
pair64 tanh_pair64(double a) {
    exp_parts64 t = exp_split64(-2.0 * at_most(a, 20.0), 0.0);
    pair64 m = expm1_pair64(t, pow2_64(t.n_bits));
    pair64 n = pair_of64(-m.hi, -m.lo);
    pair64 d = fast_two_sum64(2.0, m.hi);
    d.lo = d.lo + m.lo;
    return pair_quotient64(n, d, reciprocal(d.hi));
}

// x sigmoid(v + low), where v has the size of x or more
double gated64(double x, double v, double low) {
    double u = negative_absolute64(v);
    double u_low = v < 0.0 ? 0.0 - low : low;
    u_low = u < -790.0 ? 0.0 : u_low;
    exp_parts64 t = exp_split64(at_least(u, -790.0), u_low);
    pair64 e = exp_sum64(t);
    double up = raised_pow2_64(t.n_bits);
    double p = up * TWO_M256;
    double d = fma(e.hi, p, 1.0);
    double d_lo = fma(e.lo, p, fma(e.hi, p, 1.0 - d));
    double xs = v < -790.0 ? signed_zero64(x) : x;                            // no inf * 0
    pair64 n = pair_of64(v < 0.0 ? e.hi : 1.0, v < 0.0 ? e.lo : 0.0);
    double q = quotient64(pair_times_double64(n, xs), pair_of64(d, d_lo));
    double tail = scale_down64(q, up);
    double y = v < 0.0 ? tail : q;
    return v > 60.0 ? x : with_sign_of64(y, x);
}

// The derivative of v sigmoid(v) at v + low, as in math.cl: with d = a0 - a, G = e^d, k = e^a0, a0 the root, it is
// G (k d + expm1(d)) / (k + G)^2 for v < 0, and 1 minus that for v > 0.
#define SILU64_ROOT_HI 0x1.474973c84120bp+0
#define SILU64_ROOT_LO 0x1.f8d74bc9ac154p-54
#define SILU64_ROOT_LO2 0x1.44a50180ba78p-108
#define SILU64_K_HI 0x1.cba9de5920a28p+1
#define SILU64_K_LO -0x1.5569ed36e56f5p-65
#define SILU64_K1_HI 0x1.25d4ef2c90514p+2
#define SILU64_K1_LO -0x1.5569ed36e56f5p-65

double silu_derivative64(double v, double low) {
    double a = absolute64(v);
    double a_low = v < 0.0 ? 0.0 - low : low;
    a_low = a > 780.0 ? 0.0 : a_low;
    a = at_most(a, 780.0);
    pair64 d = two_sum64(SILU64_ROOT_HI, -a);
    pair64 w = two_sum64(SILU64_ROOT_LO, 0.0 - a_low);
    pair64 f = two_sum64(d.hi, w.hi);
    d = two_sum64(f.hi, f.lo + ((d.lo + w.lo) + SILU64_ROOT_LO2));
    exp_parts64 t = exp_split64(d.hi, -d.lo);
    double up = raised_pow2_64(t.n_bits);
    pair64 m = expm1_pair64(t, up * TWO_M256);
    pair64 n = pair_plus_ordered64(pair_times64(pair_of64(SILU64_K_HI, SILU64_K_LO), d), m);
    pair64 s = pair_plus_ordered64(pair_of64(SILU64_K1_HI, SILU64_K1_LO), m);
    double q = quotient64(pair_times64(exp_sum64(t), n), pair_square64(s));
    double y = scale_down64(q, up);
    double z = 1.0 - y;
    return v < 0.0 ? y : z;
}

// ---- inverse roots of 1 + alpha x^2, 2^-60 <= alpha <= 2^60
// alpha a^2 for 0 <= a <= 2^370
pair64 isru_square64(double a, double alpha) {
    pair64 t = two_product64(alpha, a);
    return pair_times_double64(t, a);
}

// x / sqrt(1 + alpha x^2); where alpha x^2 is beyond 2^70 that is 1 / sqrt(alpha), through the same root
double isru_of64(double x, double alpha) {
    double a = at_most(absolute64(x), 0x1p100);
    pair64 w = isru_square64(a, alpha);
    bool far = w.hi > 0x1p70;
    pair64 q = one_plus64(w);
    q = pair_of64(far ? alpha : q.hi, far ? 0.0 : q.lo);
    return with_sign_of64(quotient64(pair_of64(far ? 1.0 : a, 0.0), root_pair64(q)), x);
}

// (1 + alpha x^2)^(-3/2); the reciprocal of the root is carried 2^300 times too large
double isru_slope64(double x, double alpha) {
    pair64 w = isru_square64(at_most(absolute64(x), 0x1p370), alpha);
    pair64 h = root_pair64(one_plus64(w));
    double r = reciprocal(h.hi);
    double rest = fma(-r, h.lo, fma(-r, h.hi, 1.0));
    r = r * 0x1p300;
    pair64 y = pair_of64(r, r * rest);
    pair64 v = pair_times64(pair_square64(y), y);
    return (v.hi + v.lo) * 0x1p-900;
}
