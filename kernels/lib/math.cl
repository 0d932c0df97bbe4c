// Elementary functions of the kernel language, float32.
//
// Only operations that are correctly rounded on every OpenCL device and in Java: + - * fma, comparisons with ?:, integer
// operations on bit patterns, reciprocal(). Both sides of a select are computed; the side that is not taken may hold anything,
// NaN included. NaN passes through every function.
//
// Where one text serves float and double, the type is written real: it is float in float32 and double in float64 programs. What
// only float64 needs is in math64.cl.
//
// Constants with EXP_ and L1P_ are minimax coefficients; src/test/python/fit.py computes them and states their error.

// ---- bit patterns
#define SIGN_BIT 0x80000000u
#define ONE_BITS 0x3F800000u
#define TWO_P64_BITS 0x5F800000u
#define TWO_M64 0x1p-64f
#define TWO_M62 0x1p-62f
#define LARGEST 0x1.fffffep+127f

float absolute(float x) { return as_float(as_uint(x) & 0x7FFFFFFFu); }
float negative_absolute(float x) { return as_float(as_uint(x) | SIGN_BIT); }
float with_sign_of(float magnitude, float x) { return as_float(as_uint(magnitude) | (as_uint(x) & SIGN_BIT)); }
float signed_zero(float x) { return as_float(as_uint(x) & SIGN_BIT); }
real at_least(real x, real low) { return x < low ? low : x; }
real at_most(real x, real high) { return x > high ? high : x; }

// ---- piecewise linear functions; of their derivatives, the kink has the value of the side on which f is flat
real leaky(real x, real slope) {
    real y = slope == 0.0f ? 0.0f : slope * x;                                // not -inf * 0
    return x < 0.0f ? y : x;
}
real leaky_derivative(real x, real slope) { return x > 0.0f ? 1.0f : x <= 0.0f ? slope : x; }

real above(real x, real theta) { return x > theta ? 1.0f : x <= theta ? 0.0f : x; }
real outside(real x, real lambda) { return x > lambda || x < -lambda ? 1.0f : x == x ? 0.0f : x; }

// min and max may be infinite. An infinite bound bounds nothing: the derivative at infinity is then the limit.
real between(real x, real min, real max) { return x < min ? min : x > max ? max : x; }
real between_derivative(real x, real min, real max) {
    bool low = x < min || (x == min && (min - min == 0.0f || min == max));    // inf - inf is not 0
    bool high = x > max || (x == max && max - max == 0.0f);
    return low || high ? 0.0f : x == x ? 1.0f : x;
}

// ---- reciprocal
// 1/b correctly rounded for |b| in [2^-125, 2^125], for drivers whose division is not correctly rounded. A linear seed on the
// bit pattern (error 5.1 %), a step scaled so that its result is slightly too large for every b, a cubic step, a Newton step.
// All 2^23 mantissas were compared with the IEEE quotient, and the sequence commutes with powers of two: it is that quotient.
#define RECIPROCAL_SEED 0x7EF31000u
#define RECIPROCAL_BIAS 0x1.00d1b8p+0f

float reciprocal_by_fma(float b) {
    float y = as_float(RECIPROCAL_SEED - as_uint(b));
    float e = fma(-b, y, 1.0f);
    y = y * fma(RECIPROCAL_BIAS, e, RECIPROCAL_BIAS);
    e = fma(-b, y, 1.0f);
    y = fma(y, fma(e, e, e), y);
    e = fma(-b, y, 1.0f);
    return fma(y, e, y);
}

// ---- pairs: the unevaluated sum hi + lo
typedef struct { float hi; float lo; } pair;

pair pair_of(float hi, float lo) {
    pair r = { hi, lo };
    return r;
}

// a + b exactly, for |a| >= |b|, a = 0, or a a multiple of the last place of a + b
pair fast_two_sum(float a, float b) {
    float s = a + b;
    return pair_of(s, (a - s) + b);
}

// a + b exactly, for b of any size and a coarse a such as 1, 2 or 4
pair coarse_two_sum(float a, float b) {
    float s = a + b;
    return pair_of(s, b - (s - a));
}

// a + b exactly
pair two_sum(float a, float b) {
    float s = a + b;
    float t = s - a;
    return pair_of(s, (a - (s - t)) + (b - t));
}

// a b exactly
pair two_product(float a, float b) {
    float p = a * b;
    return pair_of(p, fma(a, b, -p));
}

pair pair_times_float(pair a, float b) {
    float p = a.hi * b;
    return pair_of(p, fma(a.lo, b, fma(a.hi, b, -p)));
}

pair pair_times(pair a, pair b) {
    float p = a.hi * b.hi;
    return pair_of(p, fma(a.lo, b.hi, fma(a.hi, b.lo, fma(a.hi, b.hi, -p))));
}

pair pair_square(pair a) {
    float p = a.hi * a.hi;
    return pair_of(p, fma(a.hi + a.hi, a.lo, fma(a.hi, a.hi, -p)));
}

// for |a| >= |b|
pair pair_plus_ordered(pair a, pair b) {
    pair s = fast_two_sum(a.hi, b.hi);
    return pair_of(s.hi, s.lo + (a.lo + b.lo));
}

pair pair_plus(pair a, pair b) {
    pair s = two_sum(a.hi, b.hi);
    return pair_of(s.hi, s.lo + (a.lo + b.lo));
}

// a / b to about 2^-45; y = reciprocal(b.hi). One Markstein correction.
pair pair_quotient(pair a, pair b, float y) {
    float q = a.hi * y;
    float r = fma(-q, b.lo, fma(-q, b.hi, a.hi)) + a.lo;
    return pair_of(q, r * y);
}

// a / b rounded once
float quotient(pair a, pair b) {
    float y = reciprocal(b.hi);
    float q = a.hi * y;
    float r = fma(-q, b.lo, fma(-q, b.hi, a.hi)) + a.lo;
    return fma(r, y, q);
}

// ---- the root
// 1 / sqrt(q) to about 1 ULP, q >= 2^-120: an integer seed and three Newton steps
#define INVERSE_ROOT_SEED 0x5F375A00u

float inverse_root(float q) {
    float y = as_float(INVERSE_ROOT_SEED - (as_uint(q) >> 1));
    float h = -0.5f * q;
    y = y * fma(h * y, y, 1.5f);
    y = y * fma(h * y, y, 1.5f);
    return y * fma(h * y, y, 1.5f);
}

// sqrt(q)
pair pair_root(pair q) {
    float y = inverse_root(q.hi);
    float g = q.hi * y;
    float r = fma(-g, g, q.hi) + q.lo;
    return pair_of(g, (0.5f * y) * r);
}

// sqrt(a^2 + b) for 0 <= a <= 2^62 and 2^-60 <= b <= 2^60
pair hypotenuse(float a, float b) {
    pair s = two_product(a, a);
    pair q = two_sum(s.hi, b);
    q.lo = q.lo + s.lo;
    return pair_root(q);
}

// x / sqrt(1 + alpha x^2) and its derivative, (1 + alpha x^2)^(-3/2); 2^-20 <= alpha <= 2^20. alpha x^2 is limited to 2^101,
// where the derivative is 0, and |x| to 2^40, where the function is 1 / sqrt(alpha).
pair one_plus_square(float a, float alpha) {
    float t = alpha * a;
    float t_lo = fma(alpha, a, -t);
    float w = t * a;
    float w_lo = fma(t_lo, a, fma(t, a, -w));
    pair q = two_sum(1.0f, at_most(w, 0x1p101f));
    return fast_two_sum(q.hi, q.lo + (w > 0x1p100f ? 0.0f : w_lo));
}
float root_unit(float x, float alpha) {
    float a = at_most(absolute(x), 0x1p40f);
    return with_sign_of(quotient(pair_of(a, 0.0f), pair_root(one_plus_square(a, alpha))), x);
}
float root_unit_derivative(float x, float alpha) {
    pair h = pair_root(one_plus_square(absolute(x), alpha));
    float r = reciprocal(h.hi);
    float rest = fma(-r, h.lo, fma(-r, h.hi, 1.0f));
    r = r * 0x1p30f;                                                          // so that nothing underflows before the end
    pair y = pair_of(r, r * rest);
    pair v = pair_times(pair_square(y), y);
    return (v.hi + v.lo) * 0x1p-90f;
}

// ---- powers of two; n_bits is n << 23
// A product with 2^(n+64) and then with 2^-64 applies 2^n with one rounding even where the result is subnormal.
float pow2(uint n_bits) { return as_float(n_bits + ONE_BITS); }              // -126 <= n <= 127
float pow2_up64(uint n_bits) { return as_float(n_bits + TWO_P64_BITS); }     // -190 <= n <= 63
float scale_down(float v, float up64) { return (v * up64) * TWO_M64; }

// The part of n below -190, as bits: the rest stays in pow2_up64's range. Only for n < -188, which deep says; else nothing.
#define BELOW_BITS 0x5F000000u
uint below_range(uint n_bits, bool deep) { return deep ? n_bits + BELOW_BITS : 0u; }

// ---- the exponential
// e^(x - low) = 2^n (1 + lead + rest): lead = x - n ln2_hi exactly, rest is everything else, |lead + rest| < 0.42.
// low is the low part of a negated pair; the constant 0 costs nothing.
#define LOG2E 0x1.715476p+0f
#define LN2_HI 0x1.62e4p-1f
#define LN2_LO 0x1.7f7d1cp-20f
#define ROUND_MAGIC 0x1.8p23f
// degree 5 on [-0.3475, 0.3475], error 2^-31.1
#define EXP_C0 0x1p-1f
#define EXP_C1 0x1.555554p-3f
#define EXP_C2 0x1.5554f8p-5f
#define EXP_C3 0x1.1112d6p-7f
#define EXP_C4 0x1.6d3aap-10f
#define EXP_C5 0x1.9e78d6p-13f

typedef struct { float lead; float rest; uint n_bits; } exp_parts;

// (e^r - 1 - r - r^2 / 2) / r^3
float exp_cubic(float r) {
    float q = fma(EXP_C5, r, EXP_C4);
    q = fma(q, r, EXP_C3);
    q = fma(q, r, EXP_C2);
    return fma(q, r, EXP_C1);
}

exp_parts exp_split(float x, float low) {
    float shifted = fma(x, LOG2E, ROUND_MAGIC);
    float n = shifted - ROUND_MAGIC;
    float lead = fma(n, -LN2_HI, x);
    float r = fma(n, -LN2_LO, lead) - low;
    float q = fma(exp_cubic(r), r, EXP_C0);
    float rest = fma(n, -LN2_LO, (r * r) * q) - low;
    exp_parts t = { lead, rest, as_uint(shifted) << 23 };
    return t;
}

// The same for e^(x - low) - 1, with half the error of rest: r^2 / 2 is not rounded by itself. Two operations more.
exp_parts expm1_split(float x, float low) {
    float shifted = fma(x, LOG2E, ROUND_MAGIC);
    float n = shifted - ROUND_MAGIC;
    float lead = fma(n, -LN2_HI, x);
    float r = fma(n, -LN2_LO, lead) - low;
    float rest = fma(n, -LN2_LO, fma(EXP_C0 * r, r, (r * r) * (r * exp_cubic(r)))) - low;
    exp_parts t = { lead, rest, as_uint(shifted) << 23 };
    return t;
}

// 1 + lead + rest, to about 2^-27
pair exp_sum(exp_parts t) {
    pair one = fast_two_sum(1.0f, t.lead);
    return fast_two_sum(one.hi, one.lo + t.rest);
}

// p (1 + lead + rest) - 1 with small relative error; p = 2^n, -150 <= n <= 20
pair expm1_pair(exp_parts t, float p) {
    pair w = fast_two_sum(t.lead, t.rest);
    float c = p - 1.0f;
    float c_lo = p - (c + 1.0f);
    float m = fma(p, w.hi, c);
    float m_lo = fma(p, w.lo, fma(p, w.hi, c - m)) + c_lo;
    return pair_of(m, m_lo);
}

// ---- the logarithm
// log(1 + e + e_lo) for 0 <= e <= 1 (and a little below 0) = 2 atanh(g/2) = g + g^3 A(g^2), g = e / (1 + e/2)
// degree 4 on [0, 0.4445], error 2^-33.0
#define L1P_C0 0x1.555558p-4f
#define L1P_C1 0x1.9996d8p-7f
#define L1P_C2 0x1.25050cp-9f
#define L1P_C3 0x1.b72c6ep-12f
#define L1P_C4 0x1.f0870ep-14f

pair log1p_pair(float e, float e_lo) {
    float d = fma(0.5f, e, 1.0f);
    float d_lo = fma(0.5f, e_lo, fma(0.5f, e, 1.0f - d));
    pair g = pair_quotient(pair_of(e, e_lo), pair_of(d, d_lo), reciprocal(d));
    float z = g.hi * g.hi;
    float q = fma(L1P_C4, z, L1P_C3);
    q = fma(q, z, L1P_C2);
    q = fma(q, z, L1P_C1);
    q = fma(q, z, L1P_C0);
    return pair_of(g.hi, fma(g.hi * z, q, g.lo));
}

// ---- the sigmoid and its relatives
// sigmoid of x + low, low tiny: with E = e^-|x|, 1/(1+E) for x >= 0 and E/(1+E) for x < 0, its power of two applied last
float sigmoid_near(float x, float low) {
    float u = negative_absolute(x);
    float u_low = x < 0.0f ? 0.0f - low : low;
    u_low = u < -104.0f ? 0.0f : u_low;
    exp_parts t = exp_split(at_least(u, -104.0f), u_low);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    float p = up * TWO_M64;
    float d = fma(e.hi, p, 1.0f);
    float d_lo = fma(e.lo, p, fma(e.hi, p, 1.0f - d));
    float n_hi = x < 0.0f ? e.hi : 1.0f;
    float n_lo = x < 0.0f ? e.lo : 0.0f;
    float q = quotient(pair_of(n_hi, n_lo), pair_of(d, d_lo));
    float tail = scale_down(q, up);
    return x < 0.0f ? tail : q;
}

// final_scale 2^64 E / (1 + E)^2, E = e^-|x|
float logistic_density(float x, float final_scale) {
    exp_parts t = exp_split(at_least(negative_absolute(x), -110.0f), 0.0f);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    float p = up * TWO_M64;
    float d = fma(e.hi, p, 1.0f);
    float d_lo = fma(e.lo, p, fma(e.hi, p, 1.0f - d));
    float q = quotient(e, pair_square(pair_of(d, d_lo)));
    return (q * up) * final_scale;
}

// tanh of a >= 0: N / (2 - N), N = -expm1(-2a)
pair tanh_pair(float a) {
    exp_parts t = exp_split(-2.0f * at_most(a, 10.0f), 0.0f);
    pair m = expm1_pair(t, pow2(t.n_bits));
    pair n = pair_of(-m.hi, -m.lo);
    pair d = fast_two_sum(2.0f, m.hi);
    d.lo = d.lo + m.lo;
    return pair_quotient(n, d, reciprocal(d.hi));
}

// x sigmoid(v + low), where v has the size of x or more
float gated(float x, float v, float low) {
    float u = negative_absolute(v);
    float u_low = v < 0.0f ? 0.0f - low : low;
    u_low = u < -131.0f ? 0.0f : u_low;
    exp_parts t = exp_split(at_least(u, -131.0f), u_low);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    float p = up * TWO_M64;
    float d = fma(e.hi, p, 1.0f);
    float d_lo = fma(e.lo, p, fma(e.hi, p, 1.0f - d));
    float xs = v < -131.0f ? signed_zero(x) : x;                              // no inf * 0
    pair n = pair_of(v < 0.0f ? e.hi : 1.0f, v < 0.0f ? e.lo : 0.0f);
    float q = quotient(pair_times_float(n, xs), pair_of(d, d_lo));
    float tail = scale_down(q, up);
    float y = v < 0.0f ? tail : q;
    return v > 30.0f ? x : with_sign_of(y, x);
}

// The derivative of v sigmoid(v) at v + low. For v < 0, with a = -v and E = e^v, it is E (1 + E - a) / (1 + E)^2, and 1 minus
// that for v > 0. The root a0 = 1 + e^-a0 is factored out: with d = a0 - a, G = e^d, k = e^a0 it is
// G (k d + expm1(d)) / (k + G)^2, where k d and expm1(d) have one sign, so nothing cancels, at the root either.
// The root has three parts because v + low can lie much closer to it than a float can.
#define SILU_ROOT_HI 0x1.474974p+0f
#define SILU_ROOT_LO -0x1.bdf6fap-27f
#define SILU_ROOT_LO2 -0x1.03945ap-53f
#define SILU_K_HI 0x1.cba9dep+1f
#define SILU_K_LO 0x1.64828ap-25f
#define SILU_K1_HI 0x1.25d4fp+2f
#define SILU_K1_LO -0x1.a6df5ep-23f

float silu_derivative(float v, float low) {
    float a = absolute(v);
    float a_low = v < 0.0f ? 0.0f - low : low;
    a_low = a > 120.0f ? 0.0f : a_low;
    a = at_most(a, 120.0f);
    pair d = two_sum(SILU_ROOT_HI, -a);
    pair w = two_sum(SILU_ROOT_LO, 0.0f - a_low);
    pair f = two_sum(d.hi, w.hi);
    d = two_sum(f.hi, f.lo + ((d.lo + w.lo) + SILU_ROOT_LO2));
    exp_parts t = exp_split(d.hi, -d.lo);
    float up = pow2_up64(t.n_bits);
    pair m = expm1_pair(t, up * TWO_M64);
    pair n = pair_plus_ordered(pair_times(pair_of(SILU_K_HI, SILU_K_LO), d), m);
    pair s = pair_plus_ordered(pair_of(SILU_K1_HI, SILU_K1_LO), m);
    float q = quotient(pair_times(exp_sum(t), n), pair_square(s));
    float y = scale_down(q, up);
    float z = 1.0f - y;
    return v < 0.0f ? y : z;
}

// ---- backward
// dy f'(x): where f' is 0 the product is 0 for infinite dy too, a NaN in dy stays
real chain_rule(real dy, real derivative) {
    real product = dy * derivative;
    real nothing = dy == dy ? 0.0f : dy;
    return derivative == 0.0f ? nothing : product;
}
