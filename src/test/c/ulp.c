// Measures one form of one function, as its kernel text is, against a reference of 64 (float) or 113 bits (double).
//
//   cd src/test/c
//   FLAGS="-O3 -march=native -ffp-contract=off -fno-trapping-math -fopenmp"
//   gcc $FLAGS -DFUNCTION=gelu -DFORM=forward_fast ulp.c -o /tmp/ulp -lquadmath -lm
//   /tmp/ulp line [STRIDE [PARAMETER...]]           every STRIDE-th bit pattern of the whole line (default 257), and the limits
//   /tmp/ulp range LOW HIGH [STRIDE [PARAMETER...]] LOW <= |x| <= HIGH, both signs (default stride 1)
//   /tmp/ulp random COUNT                           random parameters of the whole legal range with random x
//   /tmp/ulp roots WIDTH                            where the argument is parameter * x: every mantissa of the parameter, with
//                                                   the 2 WIDTH + 1 values of x nearest to the derivative's root
//
// FORM: forward, derivative, with _fast, or with 64 for double. A text of type `real`: -DREAL=double.
// -DQUICK takes double as the reference of float, faster and good to 0.02 ULP. It does not do for `random` and `roots`.
// -DOWN_RECIPROCAL takes the reciprocal without division; OMP_NUM_THREADS limits the threads.
//
// ULP is |result - exact| / 2^(e-23) (double: e-52), e the exponent of the exact value, at least the smallest normal one: errors
// of subnormal results are counted in quanta. NaN for a number, or a wrong infinity, counts as 1e30. Listed as findings: NaN that
// does not pass, a zero of the wrong sign, and a limit at infinity that is not that of the accurate form.
//
// A new function: one TABLE line (number of parameters, default, legal range) and two references.
#include "kernel_language.h"

#define PASTE_(a, b) a##b
#define PASTE(a, b) PASTE_(a, b)
#define TEXT_(a) #a
#define TEXT(a) TEXT_(a)

#include "../../../kernels/lib/math.cl"
#include "../../../kernels/lib/elementary.cl"
#include "../../../kernels/lib/fast.cl"
#include "../../../kernels/lib/normal.cl"
#if __has_include("../../../kernels/lib/math64.cl")
#include "../../../kernels/lib/math64.cl"
#endif
#include TEXT(../../../kernels/FUNCTION.cl)
#undef fma
#undef LN2

#include <math.h>
#include <quadmath.h>
#include <stdio.h>
#include <stdlib.h>

// ---- what is measured
#define TYPE_forward REAL
#define TYPE_derivative REAL
#define TYPE_forward_fast float
#define TYPE_derivative_fast float
#define TYPE_forward64 double
#define TYPE_derivative64 double
#define SUFFIX_forward _f
#define SUFFIX_derivative _d
#define SUFFIX_forward_fast _f
#define SUFFIX_derivative_fast _d
#define SUFFIX_forward64 _f
#define SUFFIX_derivative64 _d
#define ACCURATE_forward forward
#define ACCURATE_derivative derivative
#define ACCURATE_forward_fast forward
#define ACCURATE_derivative_fast derivative
#define ACCURATE_forward64 forward64
#define ACCURATE_derivative64 derivative64
typedef PASTE(TYPE_, FORM) number;
#define REFERENCE PASTE(FUNCTION, PASTE(SUFFIX_, FORM))
#define ACCURATE PASTE(ACCURATE_, FORM)

// 1 if number is double, also for the preprocessor
#define WIDE_float 0
#define WIDE_double 1
#define IS_DOUBLE PASTE(WIDE_, PASTE(TYPE_, FORM))

// ---- the wide type
#if IS_DOUBLE
typedef __float128 wide;
typedef uint64_t bits;
#define FN(name) name##q
#define C(literal) literal##Q
#define DIGITS 52
#define LOWEST (-1022)
#define LARGEST_WIDE 0x1.fffffffffffff8p+1023Q
#else
#ifdef QUICK
typedef double wide;
#define FN(name) name
#define C(literal) literal
#else
typedef long double wide;
#define FN(name) name##l
#define C(literal) literal##L
#endif
typedef uint32_t bits;
#define DIGITS 23
#define LOWEST (-126)
#define LARGEST_WIDE 0x1.ffffffp+127
#endif
#define REF(name) __attribute__((unused)) static wide name(wide x, const wide *p)
#define HELP __attribute__((unused)) static wide

#define ANY 1e30
// ---- parameters: how many; default, lowest, highest legal value
#define NONE 0, {{0, 0, 0}}
#define TABLE_identity NONE
#define TABLE_relu NONE
#define TABLE_relu6 NONE
#define TABLE_leaky_relu 1, {{0.01, -0x1p60, 0x1p60}}
#define TABLE_prelu 1, {{0.25, -0x1p60, 0x1p60}}
#define TABLE_elu 1, {{1, -0x1p60, 0x1p60}}
#define TABLE_celu 1, {{1, 0x1p-20, 0x1p20}}
#define TABLE_selu NONE
#define TABLE_scaled_elu 2, {{1, -0x1p60, 0x1p60}, {1, -0x1p60, 0x1p60}}
#define TABLE_sigmoid NONE
#define TABLE_tanh NONE
#define TABLE_hard_tanh 2, {{-1, -ANY, 0}, {1, 0, ANY}}
#define TABLE_clip 2, {{-INFINITY, -ANY, 0}, {INFINITY, 0, ANY}}
#define TABLE_hard_swish NONE
#define TABLE_swish 1, {{1, -0x1p20, 0x1p20}}
#define TABLE_silu NONE
#define TABLE_mish NONE
#define TABLE_gelu NONE
#define TABLE_gelu_tanh NONE
#define TABLE_quick_gelu NONE
#define TABLE_softplus 1, {{1, 0x1p-20, 0x1p20}}
#define TABLE_log_sigmoid NONE
#define TABLE_softsign NONE
#define TABLE_tanh_shrink NONE
#define TABLE_hard_shrink 1, {{0.5, 0, ANY}}
#define TABLE_soft_shrink 1, {{0.5, 0, ANY}}
#define TABLE_threshold 2, {{0, -ANY, ANY}, {0, -ANY, ANY}}
#define TABLE_thresholded_relu 1, {{1, -ANY, ANY}}
#define TABLE_squareplus 1, {{4, 0x1p-20, 0x1p20}}

typedef struct { double preset, low, high; } parameter;
#define COUNT_OF(count, ...) count
#define ROWS_OF(count, ...) __VA_ARGS__
#define APPLY(macro, ...) macro(__VA_ARGS__)
#define PARAMETERS APPLY(COUNT_OF, PASTE(TABLE_, FUNCTION))
static const parameter parameters[] = APPLY(ROWS_OF, PASTE(TABLE_, FUNCTION));

#define CALL_0(f, x, p) f(x)
#define CALL_1(f, x, p) f(x, (p)[0])
#define CALL_2(f, x, p) f(x, (p)[0], (p)[1])
#define CALL_3(f, x, p) f(x, (p)[0], (p)[1], (p)[2])
static number measured(number x, const number *p) { (void)p; return PASTE(CALL_, PARAMETERS)(FORM, x, p); }
static number accurate(number x, const number *p) { (void)p; return PASTE(CALL_, PARAMETERS)(ACCURATE, x, p); }

// vectorized where the compiler can
#define BLOCK 512
__attribute__((flatten, noinline)) static void measure(const number *restrict x, number *restrict y, int n, const number *p) {
    number q[4] = { p[0], p[1], p[2], p[3] };
    for (int i = 0; i < n; i++) y[i] = measured(x[i], q);
}

// ---- references; x is finite. p: the parameters as the function gets them.
HELP logistic(wide x) { return x >= 0 ? 1 / (1 + FN(exp)(-x)) : FN(exp)(x) / (1 + FN(exp)(x)); }
HELP density(wide x) { wide e = FN(exp)(-FN(fabs)(x)); return e / ((1 + e) * (1 + e)); }
HELP log1p_exp(wide x) { return FN(log1p)(FN(exp)(-FN(fabs)(x))); }
HELP larger(wide a, wide b) { return a > b ? a : b; }

// silu' at v. Near the root, where 1 + E - a would cancel, from the distance d to the root, which is taken in two parts.
#define ROOT_HI C(0x51d25cf210483p-50)
#define ROOT_LO C(-1.12574663094096933780221838429349004234546822e-16)
HELP silu_slope(wide v) {
    wide a = FN(fabs)(v), e = FN(exp)(-a), d = (ROOT_HI - a) + ROOT_LO, n = 1 + e - a;
    if (FN(fabs)(d) < C(0.001)) n = d + (ROOT_HI - 1 + ROOT_LO) * FN(expm1)(d);
    wide y = e * n / ((1 + e) * (1 + e));
    return v < 0 ? y : 1 - y;
}

REF(identity_f) { return x; }
REF(identity_d) { return 1; }
REF(relu_f) { return x > 0 ? x : 0; }
REF(relu_d) { return x > 0; }
REF(relu6_f) { return x <= 0 ? 0 : x >= 6 ? 6 : x; }
REF(relu6_d) { return x > 0 && x < 6; }
REF(leaky_relu_f) { return x > 0 ? x : p[0] * x; }
REF(leaky_relu_d) { return x > 0 ? 1 : p[0]; }
REF(prelu_f) { return x > 0 ? x : p[0] * x; }
REF(prelu_d) { return x > 0 ? 1 : p[0]; }
REF(elu_f) { return x > 0 ? x : p[0] * FN(expm1)(x); }
REF(elu_d) { return x > 0 ? 1 : p[0] * FN(exp)(x); }
REF(celu_f) { return x > 0 ? x : p[0] * FN(expm1)(x / p[0]); }
REF(celu_d) { return x > 0 ? 1 : FN(exp)(x / p[0]); }
#define LAMBDA_WIDE C(1.0507009873554804934193349852946)
#define ALPHA_WIDE C(1.6732632423543772848170429916717)
REF(selu_f) { return LAMBDA_WIDE * (x > 0 ? x : ALPHA_WIDE * FN(expm1)(x)); }
REF(selu_d) { return LAMBDA_WIDE * (x > 0 ? 1 : ALPHA_WIDE * FN(exp)(x)); }
REF(scaled_elu_f) { return p[0] * (x > 0 ? x : p[1] * FN(expm1)(x)); }
REF(scaled_elu_d) { return p[0] * (x > 0 ? 1 : p[1] * FN(exp)(x)); }
REF(sigmoid_f) { return logistic(x); }
REF(sigmoid_d) { return density(x); }
REF(tanh_f) { return FN(tanh)(x); }
REF(tanh_d) { return 4 * density(2 * x); }
REF(hard_tanh_f) { return x < p[0] ? p[0] : x > p[1] ? p[1] : x; }
REF(hard_tanh_d) { return x > p[0] && x < p[1]; }
REF(clip_f) { return x < p[0] ? p[0] : x > p[1] ? p[1] : x; }
REF(clip_d) { return x > p[0] && x < p[1]; }
REF(hard_swish_f) { return x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6; }
REF(hard_swish_d) { return x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6; }
REF(swish_f) { return x * logistic(p[0] * x); }
REF(swish_d) { return silu_slope(p[0] * x); }
REF(silu_f) { return x * logistic(x); }
REF(silu_d) { return silu_slope(x); }
REF(quick_gelu_f) { return x * logistic(C(1.702) * x); }
REF(quick_gelu_d) { return silu_slope(C(1.702) * x); }
REF(mish_f) {
    wide e = FN(exp)(-FN(fabs)(x));
    return x > 0 ? x * (1 + 2 * e) / (1 + 2 * e + 2 * e * e) : x * (e * (e + 2)) / (e * (e + 2) + 2);
}
REF(mish_d) {
    wide e = FN(exp)(-FN(fabs)(x)), d = x > 0 ? 1 + 2 * e + 2 * e * e : 2 + 2 * e + e * e;
    if (x > 0) return (1 + 4 * e + (4 * x + 6) * e * e + 4 * (x + 1) * e * e * e) / (d * d);
    return e * (4 * (x + 1) + 4 * e * e + e * e * e + e * (4 * x + 6)) / (d * d);
}
#define ROOT_HALF C(0.70710678118654752440084436210484903928)
#define DENSITY_AT_0 C(0.39894228040143267793994605993438186848)
REF(gelu_f) { return x * FN(erfc)(-x * ROOT_HALF) / 2; }
REF(gelu_d) { return FN(erfc)(-x * ROOT_HALF) / 2 + x * DENSITY_AT_0 * FN(exp)(-x * x / 2); }
#define TANH_FACTOR C(1.59576912160573071175978423973752746939)        // 2 sqrt(2/pi)
REF(gelu_tanh_f) { return x * logistic(TANH_FACTOR * x * (1 + C(0.044715) * x * x)); }
REF(gelu_tanh_d) {
    wide a = FN(fabs)(x), e = FN(exp)(-TANH_FACTOR * a * (1 + C(0.044715) * a * a));
    wide m = TANH_FACTOR * a * (1 + 3 * C(0.044715) * a * a);
    wide y = e == 0 ? 0 : e * (1 + e - m) / ((1 + e) * (1 + e));
    return x < 0 ? y : 1 - y;
}
REF(softplus_f) { return larger(x, 0) + log1p_exp(p[0] * x) / p[0]; }
REF(softplus_d) { return logistic(p[0] * x); }
REF(log_sigmoid_f) { return -larger(-x, 0) - log1p_exp(x); }
REF(log_sigmoid_d) { return logistic(-x); }
REF(softsign_f) { return x / (1 + FN(fabs)(x)); }
REF(softsign_d) { wide d = 1 + FN(fabs)(x); return 1 / (d * d); }
REF(tanh_shrink_f) {
    wide s = x * x;
    if (s > C(1e-4)) return x - FN(tanh)(x);
    return x * s * (C(1.0) / 3 - s * (C(2.0) / 15 - s * (C(17.0) / 315 - s * (C(62.0) / 2835 - s * (C(1382.0) / 155925
        - s * (C(21844.0) / 6081075 - s * (C(929569.0) / 638512875)))))));
}
REF(tanh_shrink_d) { wide t = FN(tanh)(x); return t * t; }
REF(hard_shrink_f) { return FN(fabs)(x) <= p[0] ? 0 : x; }
REF(hard_shrink_d) { return FN(fabs)(x) > p[0]; }
REF(soft_shrink_f) { return x > p[0] ? x - p[0] : x < -p[0] ? x + p[0] : 0; }
REF(soft_shrink_d) { return FN(fabs)(x) > p[0]; }
REF(threshold_f) { return x > p[0] ? x : p[1]; }
REF(threshold_d) { return x > p[0]; }
REF(thresholded_relu_f) { return x > p[0] ? x : 0; }
REF(thresholded_relu_d) { return x > p[0]; }
REF(squareplus_f) { wide h = FN(sqrt)(x * x + p[0]); return x >= 0 ? (x + h) / 2 : p[0] / 2 / (h - x); }
REF(squareplus_d) {
    wide h = FN(sqrt)(x * x + p[0]), a = FN(fabs)(x);
    return x >= 0 ? (h + a) / (2 * h) : p[0] / 2 / (h * (h + a));
}

// ---- errors
static number of_bits(bits b) { number x; memcpy(&x, &b, sizeof x); return x; }
static bits to_bits(number x) { bits b; memcpy(&b, &x, sizeof b); return b; }
#define NUMBER_SIGN ((bits)1 << (8 * sizeof(bits) - 1))
#define NUMBER_INFINITY to_bits((number)INFINITY)

static double ulps(number got, wide want) {
    wide a = FN(fabs)(want);
    if (a > LARGEST_WIDE) return isinf(got) && (got > 0) == (want > 0) ? 0 : 1e30;
    if (got != got || isinf(got) || want != want) return 1e30;
#if IS_DOUBLE
    int e = a > 0 ? FN(ilogb)(a) : LOWEST;
    return (double)FN(ldexp)(FN(fabs)(got - want), DIGITS - (e < LOWEST ? LOWEST : e));
#else
    double d = (double)a;                                                     // ilogbl and ldexpl take longer than the rest
    uint64_t e;
    memcpy(&e, &d, sizeof e);
    int exponent = (int)(e >> 52) - 1023;
    e = (uint64_t)(1023 + DIGITS - (exponent < LOWEST ? LOWEST : exponent)) << 52;
    memcpy(&d, &e, sizeof d);
    return (double)FN(fabs)(got - want) * d;
#endif
}

typedef struct { double worst; number x, p[4]; long points, above_1, findings; number finding, finding_p[4]; } result;

static void note(result *r, number x, const number *p) {
    if (!r->findings++) {
        r->finding = x;
        memcpy(r->finding_p, p, sizeof r->finding_p);
    }
}

// A zero has the sign of the exact value, or that of the accurate form where the value is 0; with a parameter 0, any.
static bool right_zero(number x, number y, const number *p, wide want) {
    if (want != 0) return (signbit(y) != 0) == (want < 0);
    for (int i = 0; i < PARAMETERS; i++) {
        if (p[i] == 0 && x != 0) return true;
    }
    number z = accurate(x, p);
    return z != 0 || to_bits(y) == to_bits(z);
}

// The limit is that of the accurate form; where it depends on parameters it may be rounded differently.
static bool right_limit(number y, number z) {
    return to_bits(y) == to_bits(z) || (PARAMETERS && to_bits(y) - to_bits(z) + 1 <= 2 && y == y && !isinf(y));
}

static void check(result *r, number x, number y, const number *p, const wide *w) {
    if (x != x) {
        if (y == y) note(r, x, p);
    } else if (isinf(x)) {
        if (!right_limit(y, accurate(x, p))) note(r, x, p);
    } else {
        wide want = REFERENCE(x, w);
        double u = ulps(y, want);
        r->points++;
        r->above_1 += u > 1;
        if (u > r->worst) {
            r->worst = u;
            r->x = x;
            memcpy(r->p, p, sizeof r->p);
        }
        if (y == 0 && !right_zero(x, y, p, want)) note(r, x, p);
    }
}

static void add(result *all, const result *r) {
    long points = all->points + r->points, above = all->above_1 + r->above_1, findings = all->findings + r->findings;
    if (r->findings && !all->findings) {
        all->finding = r->finding;
        memcpy(all->finding_p, r->finding_p, sizeof r->finding_p);
    }
    if (r->worst > all->worst) {
        all->worst = r->worst;
        all->x = r->x;
        memcpy(all->p, r->p, sizeof r->p);
    }
    all->points = points;
    all->above_1 = above;
    all->findings = findings;
}

static void show(const char *what, const result *r) {
    printf("%-11s %-16s %-10s max %8.4f ULP at %.*g", TEXT(FUNCTION), TEXT(FORM), what, r->worst, IS_DOUBLE ? 17 : 9, (double)r->x);
    for (int i = 0; i < PARAMETERS; i++) printf(" %.*g", IS_DOUBLE ? 17 : 9, (double)r->p[i]);
    printf(", %.2g %% above 1, %ld points", 100.0 * r->above_1 / (r->points ? r->points : 1), r->points);
    if (r->findings) printf("; %ld FINDINGS, first at %.*g", r->findings, IS_DOUBLE ? 17 : 9, (double)r->finding);
    for (int i = 0; r->findings && i < PARAMETERS; i++) printf(" %.*g", IS_DOUBLE ? 17 : 9, (double)r->finding_p[i]);
    puts("");
}

static void widen(const number *p, wide *w) { for (int i = 0; i < 4; i++) w[i] = p[i]; }

// ---- walks
// every stride-th pattern from `from` to `to`, with both signs
static void walk(result *all, bits from, bits to, bits stride, const number *p) {
    wide w[4];
    widen(p, w);
    bits count = (to - from) / stride + 1;
    #pragma omp parallel
    {
        result r = { 0 };
        #pragma omp for schedule(dynamic, 64) nowait
        for (bits block = 0; block < (count + BLOCK / 2 - 1) / (BLOCK / 2); block++) {
            number x[BLOCK], y[BLOCK];
            int n = 0;
            for (bits i = block * (BLOCK / 2); n < BLOCK && i < count; i++) {
                x[n++] = of_bits(from + i * stride);
                x[n++] = of_bits((from + i * stride) | NUMBER_SIGN);
            }
            measure(x, y, n, p);
            for (int i = 0; i < n; i++) check(&r, x[i], y[i], p, w);
        }
        #pragma omp critical
        add(all, &r);
    }
}

static void limits(result *r, const number *p) {
    wide w[4];
    widen(p, w);
    bits edges[] = { 0, 1, 2, 3, NUMBER_INFINITY - 1, NUMBER_INFINITY, NUMBER_INFINITY + 1, NUMBER_SIGN - 1,
        to_bits(1), to_bits(1) - 1, to_bits(1) + 1, (bits)1 << DIGITS, ((bits)1 << DIGITS) - 1 };
    for (unsigned i = 0; i < sizeof edges / sizeof *edges; i++) {
        number x = of_bits(edges[i]), y = of_bits(edges[i] | NUMBER_SIGN);
        check(r, x, measured(x, p), p, w);
        check(r, y, measured(y, p), p, w);
    }
}

// ---- random points
static uint64_t state;
#pragma omp threadprivate(state)
static uint64_t next(void) {                                                  // splitmix64
    uint64_t z = state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}
static double uniform(void) { return (double)(next() >> 11) * 0x1p-53; }
static number between_bits(number low, number high) {                         // about log-uniform; 0 <= low
    return of_bits(to_bits(low) + (bits)(next() % ((uint64_t)(to_bits(high) - to_bits(low)) + 1)));
}
static number random_parameter(const parameter *q) {
    number low = (number)q->low, high = (number)q->high;
    switch (next() % 16) {
        case 0: return low;
        case 1: return high;
        case 2: return low <= 1 && high >= 1 ? 1 : low;
        case 3: return low <= 0 ? 0 : low;
        case 4: return low <= 0 && high > 0 ? of_bits((bits)(next() % 1000)) : high;
    }
    if (low > 0) return between_bits(low, high);
    if (low >= 0 || (high > 0 && next() % 2)) return between_bits(next() % 8 ? (number)0x1p-40 : 0, high);
    return -between_bits(next() % 8 ? (number)0x1p-40 : 0, -low);
}
static number random_x(const number *p) {
    double near = (uniform() - 0.5) * (IS_DOUBLE ? 3000 : 400);
    switch (next() % 6) {
        case 0: return of_bits((bits)next());
        case 1: return (number)near;
        case 2: return PARAMETERS && p[0] != 0 ? (number)(near / (double)p[0]) : (number)near;
        case 3: return PARAMETERS ? (number)(near * (double)p[0]) : (number)(near * 0.1);
        case 4: return PARAMETERS && p[0] != 0 ? (number)(near / 50 / (double)p[0]) : (number)(near / 50);
    }
    number x = between_bits((number)0x1p-40, (number)0x1p14);
    return next() % 2 ? x : -x;
}

static void random_points(result *all, long count) {
    #pragma omp parallel
    {
        result r = { 0 };
        #pragma omp for schedule(dynamic, 256) nowait
        for (long i = 0; i < (count + 99) / 100; i++) {
            number p[4] = { 0 };
            wide w[4];
            state = (uint64_t)i << 20;
            for (int k = 0; k < PARAMETERS; k++) p[k] = random_parameter(&parameters[k]);
            widen(p, w);
            limits(&r, p);
            for (int k = 0; k < 100; k++) {
                number x = random_x(p);
                check(&r, x, measured(x, p), p, w);
            }
        }
        #pragma omp critical
        add(all, &r);
    }
}

static void roots(result *all, int width) {
    #pragma omp parallel
    {
        result r = { 0 };
        #pragma omp for schedule(dynamic, 1024) nowait
        for (long m = 0; m < 1l << (IS_DOUBLE ? 20 : 23); m++) {
            number p[4] = { of_bits(to_bits(1) + (bits)((uint64_t)m * (IS_DOUBLE ? 0xFFFFEFCAu : 1))) };
            wide w[4];
            widen(p, w);
            bits x = to_bits((number)(-ROOT_HI / p[0]));
            for (int k = -width; k <= width; k++) {
                number at = of_bits(x + (bits)k);
                check(&r, at, measured(at, p), p, w);
            }
        }
        #pragma omp critical
        add(all, &r);
    }
}

int main(int count, char **words) {
    const char *mode = count > 1 ? words[1] : "line";
    result r = { 0 };
    number p[4] = { 0 };
    int first = !strcmp(mode, "range") ? 4 : 2;
    for (int i = 0; i < PARAMETERS; i++) p[i] = (number)(count > first + 1 + i ? atof(words[first + 1 + i]) : parameters[i].preset);
    bits stride = count > first ? strtoull(words[first], 0, 0) : first == 4 ? 1 : IS_DOUBLE ? 0x10000000000001u >> 9 : 257;
    if (!strcmp(mode, "line")) {
        walk(&r, 0, NUMBER_INFINITY - 1, stride, p);
        limits(&r, p);
    } else if (!strcmp(mode, "range") && count > 3) {
        walk(&r, to_bits((number)atof(words[2])), to_bits((number)atof(words[3])), stride, p);
    } else if (!strcmp(mode, "random") && count > 2) {
        random_points(&r, atol(words[2]));
    } else if (!strcmp(mode, "roots") && count > 2) {
        roots(&r, atoi(words[2]));
    } else {
        fprintf(stderr, "usage: see the head of ulp.c\n");
        return 2;
    }
    show(mode, &r);
    return 0;
}
