/*
 * Measures the double precision functions of kernels/ against __float128 (libquadmath). Nothing in the build runs it.
 *
 *   gcc -O2 -march=native -ffp-contract=off -fno-trapping-math -fopenmp src/test/c/measure64.c -o measure64 -lquadmath -lm
 *   ./measure64 accuracy [K] [NAME]    largest error by class of inputs, K thousand points each (default 300), usual parameters
 *   ./measure64 parameters [K] [NAME]  with random parameters of the whole legal range, K thousand points for each function
 *   ./measure64 special                NaN, infinities, zeros and their signs, smallest and largest numbers; the hardest case
 *                                      of sin; sqrt against the processor's
 *
 * The kernel files are compiled as they are: they are C with the few definitions below. NAME is a row or the beginning of one,
 * for example gelu or gelu'. Errors are in units of the last place of the exact result; of 2^-1074 where that is subnormal. A
 * maximum over a sample is a lower bound of the true one.
 */
#ifdef KERNEL
/* This file includes itself once for each kernel file; its functions get the names NAME__forward64 and so on. */
#define JOINED(name, function) name##__##function
#define JOIN(name, function) JOINED(name, function)
#define forward JOIN(NAME, forward)
#define derivative JOIN(NAME, derivative)
#define derivative_from_output JOIN(NAME, derivative_from_output)
#define forward_fast JOIN(NAME, forward_fast)
#define derivative_fast JOIN(NAME, derivative_fast)
#define forward64 JOIN(NAME, forward64)
#define derivative64 JOIN(NAME, derivative64)
#define derivative_from_output64 JOIN(NAME, derivative_from_output64)
#include KERNEL
#undef JOINED
#undef JOIN
#undef forward
#undef derivative
#undef derivative_from_output
#undef forward_fast
#undef derivative_fast
#undef forward64
#undef derivative64
#undef derivative_from_output64
#undef KERNEL
#undef NAME
#else
#define _GNU_SOURCE
#include <math.h>
#include <omp.h>
#include <quadmath.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC diagnostic ignored "-Wunused-function"

/* ---------------------------------------------------------------- the kernel language in C */
typedef double real;
typedef unsigned int uint;
typedef uint64_t ulong_bits;
#define ulong ulong_bits
static inline double as_double(uint64_t u) { double x; memcpy(&x, &u, 8); return x; }
static inline uint64_t as_ulong(double x) { uint64_t u; memcpy(&u, &x, 8); return u; }
static inline float as_float(uint u) { float x; memcpy(&x, &u, 4); return x; }
static inline uint as_uint(float x) { uint u; memcpy(&u, &x, 4); return u; }
static inline uint64_t mul_hi(uint64_t a, uint64_t b) { return (uint64_t)((unsigned __int128)a * b >> 64); }
#define fma(a, b, c) _Generic((a) + (b) + (c), float: fmaf, default: (fma))((a), (b), (c))
#define reciprocal(b) (1 / (b))

#include "../../../kernels/lib/math.cl"
#include "../../../kernels/lib/elementary.cl"
#if __has_include("../../../kernels/lib/fast.cl")
#include "../../../kernels/lib/fast.cl"
#endif
#include "../../../kernels/lib/normal.cl"
#include "../../../kernels/lib/math64.cl"

#define NAME identity
#define KERNEL "../../../kernels/identity.cl"
#include "measure64.c"
#define NAME relu
#define KERNEL "../../../kernels/relu.cl"
#include "measure64.c"
#define NAME leaky_relu
#define KERNEL "../../../kernels/leaky_relu.cl"
#include "measure64.c"
#define NAME elu
#define KERNEL "../../../kernels/elu.cl"
#include "measure64.c"
#define NAME sigmoid
#define KERNEL "../../../kernels/sigmoid.cl"
#include "measure64.c"
#define NAME tanh
#define KERNEL "../../../kernels/tanh.cl"
#include "measure64.c"
#define NAME swish
#define KERNEL "../../../kernels/swish.cl"
#include "measure64.c"
#define NAME silu
#define KERNEL "../../../kernels/silu.cl"
#include "measure64.c"
#define NAME gelu
#define KERNEL "../../../kernels/gelu.cl"
#include "measure64.c"
#define NAME softplus
#define KERNEL "../../../kernels/softplus.cl"
#include "measure64.c"
#define NAME relu6
#define KERNEL "../../../kernels/relu6.cl"
#include "measure64.c"
#define NAME prelu
#define KERNEL "../../../kernels/prelu.cl"
#include "measure64.c"
#define NAME celu
#define KERNEL "../../../kernels/celu.cl"
#include "measure64.c"
#define NAME selu
#define KERNEL "../../../kernels/selu.cl"
#include "measure64.c"
#define NAME scaled_elu
#define KERNEL "../../../kernels/scaled_elu.cl"
#include "measure64.c"
#define NAME hard_sigmoid
#define KERNEL "../../../kernels/hard_sigmoid.cl"
#include "measure64.c"
#define NAME hard_tanh
#define KERNEL "../../../kernels/hard_tanh.cl"
#include "measure64.c"
#define NAME clip
#define KERNEL "../../../kernels/clip.cl"
#include "measure64.c"
#define NAME hard_swish
#define KERNEL "../../../kernels/hard_swish.cl"
#include "measure64.c"
#define NAME mish
#define KERNEL "../../../kernels/mish.cl"
#include "measure64.c"
#define NAME gelu_tanh
#define KERNEL "../../../kernels/gelu_tanh.cl"
#include "measure64.c"
#define NAME quick_gelu
#define KERNEL "../../../kernels/quick_gelu.cl"
#include "measure64.c"
#define NAME softsign
#define KERNEL "../../../kernels/softsign.cl"
#include "measure64.c"
#define NAME log_sigmoid
#define KERNEL "../../../kernels/log_sigmoid.cl"
#include "measure64.c"
#define NAME tanh_shrink
#define KERNEL "../../../kernels/tanh_shrink.cl"
#include "measure64.c"
#define NAME hard_shrink
#define KERNEL "../../../kernels/hard_shrink.cl"
#include "measure64.c"
#define NAME soft_shrink
#define KERNEL "../../../kernels/soft_shrink.cl"
#include "measure64.c"
#define NAME shrink
#define KERNEL "../../../kernels/shrink.cl"
#include "measure64.c"
#define NAME threshold
#define KERNEL "../../../kernels/threshold.cl"
#include "measure64.c"
#define NAME thresholded_relu
#define KERNEL "../../../kernels/thresholded_relu.cl"
#include "measure64.c"
#define NAME squareplus
#define KERNEL "../../../kernels/squareplus.cl"
#include "measure64.c"
#define NAME exp
#define KERNEL "../../../kernels/exp.cl"
#include "measure64.c"
#define NAME expm1
#define KERNEL "../../../kernels/expm1.cl"
#include "measure64.c"
#define NAME square
#define KERNEL "../../../kernels/square.cl"
#include "measure64.c"
#define NAME cube
#define KERNEL "../../../kernels/cube.cl"
#include "measure64.c"
#define NAME abs
#define KERNEL "../../../kernels/abs.cl"
#include "measure64.c"
#define NAME sqrt
#define KERNEL "../../../kernels/sqrt.cl"
#include "measure64.c"
#define NAME step
#define KERNEL "../../../kernels/step.cl"
#include "measure64.c"
#define NAME sign
#define KERNEL "../../../kernels/sign.cl"
#include "measure64.c"
#define NAME gaussian
#define KERNEL "../../../kernels/gaussian.cl"
#include "measure64.c"
#define NAME sin
#define KERNEL "../../../kernels/sin.cl"
#include "measure64.c"
#define NAME erf
#define KERNEL "../../../kernels/erf.cl"
#include "measure64.c"
#define NAME rational_tanh
#define KERNEL "../../../kernels/rational_tanh.cl"
#include "measure64.c"
#define NAME rectified_tanh
#define KERNEL "../../../kernels/rectified_tanh.cl"
#include "measure64.c"
#define NAME relu_squared
#define KERNEL "../../../kernels/relu_squared.cl"
#include "measure64.c"
#define NAME bent_identity
#define KERNEL "../../../kernels/bent_identity.cl"
#include "measure64.c"
#define NAME isru
#define KERNEL "../../../kernels/isru.cl"
#include "measure64.c"
#define NAME isrlu
#define KERNEL "../../../kernels/isrlu.cl"
#include "measure64.c"

/* ---------------------------------------------------------------- references; p and q are the parameters */
typedef __float128 quad;
#define REF(name) static quad name(quad x, quad p, quad q)
static quad sigma(quad x) { quad e = expq(-fabsq(x)); return x >= 0 ? 1 / (1 + e) : e / (1 + e); }
static quad expm1_quad(quad x) { return fabsq(x) < 1e-40Q ? x : expm1q(x); }
static quad tanh_quad(quad x) { return fabsq(x) < 1e-40Q ? x : tanhq(x); }
static quad density(quad x) { quad e = expq(-fabsq(x)); return e / ((1 + e) * (1 + e)); }
/* d/dv v sigma(v), its root a0 = 1 + e^-a0 factored out, in two parts: v may be closer to it than a quad to its neighbour */
#define SILU_A0 1.27846454276107379510935873902298009953269013Q
static quad silu_slope(quad v) {
    const quad low = 5.59067873541930022442183613994947283906453216e-35Q;
    quad a = fabsq(v), e = expq(-a), d = (SILU_A0 - a) + low;
    quad y = a > 2 ? e * (1 + e - a) / ((1 + e) * (1 + e)) : e * (d + (SILU_A0 - 1) * expm1_quad(d)) / ((1 + e) * (1 + e));
    if (e == 0) y = -0.0Q;
    return v < 0 ? y : 1 - y;
}
REF(r_identity) { return x; }
REF(r_one) { return 1; }
REF(r_relu) { return x <= 0 ? 0 : x; }
REF(r_relu_d) { return x <= 0 ? 0 : 1; }
REF(r_relu6) { return x <= 0 ? 0 : x >= 6 ? 6 : x; }
REF(r_relu6_d) { return x <= 0 || x >= 6 ? 0 : 1; }
REF(r_leaky) { return x < 0 ? (p == 0 ? 0 : p * x) : x; }
REF(r_leaky_d) { return x > 0 ? 1 : p; }
REF(r_elu) { return x > 0 ? x : p * expm1_quad(x); }
REF(r_elu_d) { return x > 0 ? 1 : p * expq(x); }
REF(r_elu_o) { return x > 0 ? 1 : x + p; }
REF(r_celu) { return x > 0 ? x : p * expm1_quad(x / p); }
REF(r_celu_d) { return x > 0 ? 1 : expq(x / p); }
REF(r_celu_o) { return x > 0 ? 1 : x < -p ? 0 : (x + p) / p; }
#define SELU_L 1.0507009873554804934193349852946Q
#define SELU_LA (SELU_L * 1.6732632423543772848170429916717Q)
REF(r_selu) { return x > 0 ? SELU_L * x : SELU_LA * expm1_quad(x); }
REF(r_selu_d) { return x > 0 ? SELU_L : SELU_LA * expq(x); }
REF(r_selu_o) { return x > 0 ? SELU_L : (x < -LAMBDA_ALPHA64_HI ? -LAMBDA_ALPHA64_HI : x) + SELU_LA; }
REF(r_scaled_elu) { return x > 0 ? p * x : p * q * expm1_quad(x); }
REF(r_scaled_elu_d) { return x > 0 ? p : p * q * expq(x); }
REF(r_sigmoid) { return sigma(x); }
REF(r_sigmoid_d) { return density(x); }
REF(r_sigmoid_o) { return x - x * x; }
REF(r_tanh) { return tanh_quad(x); }
REF(r_tanh_d) { return 4 * density(2 * x); }
REF(r_tanh_o) { return 1 - x * x; }
REF(r_swish) { return x * sigma(p * x); }
REF(r_swish_d) { return silu_slope(p * x); }
REF(r_silu) { return x * sigma(x); }
REF(r_silu_d) { return silu_slope(x); }
REF(r_quick) { return x * sigma(1.702Q * x); }
REF(r_quick_d) { return silu_slope(1.702Q * x); }
REF(r_softplus) { return fmaxq(x, 0) + log1pq(expq(-fabsq(p * x))) / p; }
REF(r_softplus_d) { return sigma(p * x); }
REF(r_log_sigmoid) { return fminq(x, 0) - log1pq(expq(-fabsq(x))); }
REF(r_log_sigmoid_d) { return sigma(-x); }
REF(r_mish) {
    if (x > 0) { quad e = expq(-x); return x * (1 + 2 * e) / (1 + 2 * e + 2 * e * e); }
    quad e = expq(x), n = e * (e + 2);
    return x * n / (n + 2);
}
REF(r_mish_d) {
    if (x > 0) {
        quad e = expq(-x), d = 1 + 2 * e + 2 * e * e;
        return e == 0 ? 1 : (1 + 4 * e + (4 * x + 6) * e * e + 4 * (x + 1) * e * e * e) / (d * d);
    }
    quad e = expq(x), d = 2 + 2 * e + e * e;
    return e == 0 ? -0.0Q : e * (4 * (x + 1) + 4 * e * e + e * e * e + e * (4 * x + 6)) / (d * d);
}
#define RSQRT2 0.707106781186547524400844362104849039284836Q
REF(r_gelu) { return x > 40 ? x : x < -45 ? -0.0Q : 0.5Q * x * erfcq(-x * RSQRT2); }
REF(r_gelu_d) {
    if (fabsq(x) > 45) return x > 0 ? 1 : -0.0Q;
    return 0.5Q * erfcq(-x * RSQRT2) + x * 0.398942280401432677939946059934381868475859Q * expq(-x * x / 2);
}
#define GT_C 1.595769121605730711759784239737527473903436Q
REF(r_gelu_tanh) { return x > 40 ? x : x < -40 ? -0.0Q : x * sigma(GT_C * x * (1 + 0.044715Q * x * x)); }
REF(r_gelu_tanh_d) {
    quad a = fabsq(x);
    if (a > 40) return x < 0 ? -0.0Q : 1;
    quad e = expq(-GT_C * a * (1 + 0.044715Q * a * a)), m = GT_C * a * (1 + 3 * 0.044715Q * a * a);
    quad y = e * (1 + e - m) / ((1 + e) * (1 + e));
    return x < 0 ? y : 1 - y;
}
REF(r_softsign) { return x / (1 + fabsq(x)); }
REF(r_softsign_d) { quad d = 1 + fabsq(x); return 1 / (d * d); }
REF(r_tanh_shrink) {
    quad s = x * x;
    return fabsq(x) < 1e-5Q ? x * s * (1 / 3.0Q - s * (2 / 15.0Q - s * (17 / 315.0Q))) : x - tanhq(x);
}
REF(r_tanh_shrink_d) { quad t = tanh_quad(x); return t * t; }
REF(r_clip) { return x < p ? p : x > q ? q : x; }
REF(r_clip_d) { return x <= p || x >= q ? 0 : 1; }
REF(r_hard_sigmoid) {
    quad y = p == (quad)(1.0 / 6) && q == 0.5Q ? (x + 3) / 6 : p * x + q;
    return y <= 0 ? 0 : y >= 1 ? 1 : y;
}
/* exact comparison: p x has 106 bits, the sum with q may have more */
REF(r_hard_sigmoid_d) {
    if (p == (quad)(1.0 / 6) && q == 0.5Q) return x <= -3 || x >= 3 ? 0 : 1 / 6.0Q;
    quad v = p * x, one = 1 - q, rest = (1 - one) - q;                        /* q is a double: one + rest is exact */
    return v > -q && (v < one || (v == one && rest > 0)) ? p : 0;
}
REF(r_hard_swish) { return x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6; }
REF(r_hard_swish_d) { return x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6; }
REF(r_hard_shrink) { return fabsq(x) > p ? x : x * 0; }
REF(r_soft_shrink) { return fabsq(x) > p ? (x < 0 ? x + p : x - p) : x * 0; }
REF(r_shrink) { return x < -p ? x + q : x > p ? x - q : x * 0; }
REF(r_outside) { return fabsq(x) > p ? 1 : 0; }
REF(r_threshold) { return x > p ? x : q; }
REF(r_thresholded_relu) { return x > p ? x : 0; }
REF(r_above) { return x > p ? 1 : 0; }
REF(r_squareplus) { quad h = sqrtq(x * x + p); return x > 0 ? (x + h) / 2 : p / (2 * (h - x)); }
REF(r_squareplus_d) { quad h = sqrtq(x * x + p); return x > 0 ? (h + x) / (2 * h) : p / (2 * h * (h - x)); }
REF(r_exp) { return expq(x); }
REF(r_expm1) { return expm1_quad(x); }
REF(r_square) { return x * x; }
REF(r_twice) { return 2 * x; }
REF(r_cube) { return x * x * x; }
REF(r_cube_d) { return 3 * x * x; }
REF(r_abs) { return fabsq(x); }
REF(r_sign) { return x > 0 ? 1 : x < 0 ? -1 : 0; }
REF(r_zero) { return 0; }
REF(r_sqrt) { return sqrtq(x); }
REF(r_sqrt_d) { return 1 / (2 * sqrtq(x)); }
REF(r_gaussian) { return expq(-x * x); }
REF(r_gaussian_d) { return -2 * x * expq(-x * x); }
REF(r_sin) { return sinq(x); }
REF(r_cos) { return cosq(x); }
REF(r_erf) { return erfq(x); }
REF(r_erf_d) { return 1.12837916709551257389615890312154517168810125865799771Q * expq(-x * x); }
REF(r_rational) {
    quad a = 2 * fabsq(x) / 3, n = a * (1 + a * (1 + 1.41645Q * a * a));
    return copysignq(1.7159Q * (n / (1 + n)), x);
}
REF(r_rational_d) {
    quad a = 2 * fabsq(x) / 3, n = 1 + a * (1 + a * (1 + 1.41645Q * a * a));
    return 1.7159Q * 2 / 3 * (1 + 2 * a + 4 * 1.41645Q * a * a * a) / n / n;
}
REF(r_rectified_tanh) { return x <= 0 ? 0 : tanh_quad(x); }
REF(r_rectified_tanh_d) { return x <= 0 ? 0 : 4 * density(2 * x); }
REF(r_relu_squared) { return x <= 0 ? 0 : x * x; }
REF(r_relu_squared_d) { return x <= 0 ? 0 : 2 * x; }
REF(r_bent) { return x * x / (2 * (sqrtq(x * x + 1) + 1)) + x; }
REF(r_bent_d) { return 1 + x / (2 * sqrtq(x * x + 1)); }
REF(r_isru) { return x / sqrtq(1 + p * x * x); }
REF(r_isru_d) { quad h = sqrtq(1 + p * x * x); return 1 / (h * h * h); }
REF(r_isrlu) { return x < 0 ? r_isru(x, p, q) : x; }
REF(r_isrlu_d) { return x < 0 ? r_isru_d(x, p, q) : 1; }
/* ---------------------------------------------------------------- the table
 * name, expression, reference, default parameters, their kinds (see `parameter`), root of the exact value or a breakpoint (0:
 * none), the x beyond which the result becomes subnormal and ends (0: none), value at -inf, at +inf, at -0 */
#define INF (1.0 / 0.0)
#define SILU_R -1.2784645427610738
#define LIST(F) \
 F(identity, "identity", identity__forward(x), r_identity, 0, 0, "", 0, 0, -INF, INF, -0.0) \
 F(identity_d, "identity'", identity__derivative(x), r_one, 0, 0, "", 0, 0, 1, 1, 1) \
 F(relu, "relu", relu__forward(x), r_relu, 0, 0, "", 0, 0, 0, INF, 0) \
 F(relu_d, "relu'", relu__derivative(x), r_relu_d, 0, 0, "", 0, 0, 0, 1, 0) \
 F(leaky, "leaky_relu", leaky_relu__forward(x, p), r_leaky, 0.01, 0, "S", 0, 0, -INF, INF, -0.0) \
 F(leaky_d, "leaky_relu'", leaky_relu__derivative(x, p), r_leaky_d, 0.01, 0, "S", 0, 0, 0.01, 1, 0.01) \
 F(prelu, "prelu", prelu__forward(x, p), r_leaky, 0.25, 0, "S", 0, 0, -INF, INF, -0.0) \
 F(prelu_d, "prelu'", prelu__derivative(x, p), r_leaky_d, 0.25, 0, "S", 0, 0, 0.25, 1, 0.25) \
 F(relu6, "relu6", relu6__forward(x), r_relu6, 0, 0, "", 6, 0, 0, 6, 0) \
 F(relu6_d, "relu6'", relu6__derivative(x), r_relu6_d, 0, 0, "", 6, 0, 0, 0, 0) \
 F(elu, "elu", elu__forward64(x, p), r_elu, 1.3, 0, "S", 0, 0, -1.3, INF, -0.0) \
 F(elu_d, "elu'", elu__derivative64(x, p), r_elu_d, 1.3, 0, "S", 0, -746, 0, 1, 1.3) \
 F(elu_o, "elu' from output", elu__derivative_from_output64(x, p), r_elu_o, 1.3, 0, "S", -1.3, 0, -INF, 1, 1.3) \
 F(celu, "celu", celu__forward64(x, p), r_celu, 1.7, 0, "B", 0, 0, -1.7, INF, -0.0) \
 F(celu_d, "celu'", celu__derivative64(x, p), r_celu_d, 1.7, 0, "B", 0, -1268, 0, 1, 1) \
 F(celu_o, "celu' from output", celu__derivative_from_output64(x, p), r_celu_o, 1.7, 0, "B", -1.7, 0, 0, 1, 1) \
 F(selu, "selu", selu__forward64(x), r_selu, 0, 0, "", 0, 0, -LAMBDA_ALPHA64_HI, INF, -0.0) \
 F(selu_d, "selu'", selu__derivative64(x), r_selu_d, 0, 0, "", 0, -746, 0, LAMBDA64_HI, LAMBDA_ALPHA64_HI) \
 F(selu_o, "selu' from output", selu__derivative_from_output64(x), r_selu_o, 0, 0, "", -1.758, 0, \
    LAMBDA_ALPHA64_LO, LAMBDA64_HI, LAMBDA_ALPHA64_HI) \
 F(scaled, "scaled_elu", scaled_elu__forward64(x, p, q), r_scaled_elu, 1.1, 1.3, "SS", 0, 0, -1.1 * 1.3, INF, -0.0) \
 F(scaled_d, "scaled_elu'", scaled_elu__derivative64(x, p, q), r_scaled_elu_d, 1.1, 1.3, "SS", 0, -746, 0, 1.1, 1.1 * 1.3) \
 F(sigmoid, "sigmoid", sigmoid__forward64(x), r_sigmoid, 0, 0, "", 0, -746, 0, 1, 0.5) \
 F(sigmoid_d, "sigmoid'", sigmoid__derivative64(x), r_sigmoid_d, 0, 0, "", 0, -746, 0, 0, 0.25) \
 F(tanh, "tanh", tanh__forward64(x), r_tanh, 0, 0, "", 0, 0, -1, 1, -0.0) \
 F(tanh_d, "tanh'", tanh__derivative64(x), r_tanh_d, 0, 0, "", 0, -374, 0, 0, 1) \
 F(sigmoid_o, "sigmoid' from output", sigmoid__derivative_from_output64(x), r_sigmoid_o, 0, 0, "", 1, 0, -INF, NAN, -0.0) \
 F(tanh_o, "tanh' from output", tanh__derivative_from_output64(x), r_tanh_o, 0, 0, "", 1, 0, -INF, -INF, 1) \
 F(swish, "swish", swish__forward64(x, p), r_swish, 1.5, 0, "b", 0, -502, -0.0, INF, -0.0) \
 F(swish_d, "swish'", swish__derivative64(x, p), r_swish_d, 1.5, 0, "b", SILU_R / 1.5, -502, -0.0, 1, 0.5) \
 F(silu, "silu", silu__forward64(x), r_silu, 0, 0, "", 0, -753, -0.0, INF, -0.0) \
 F(silu_d, "silu'", silu__derivative64(x), r_silu_d, 0, 0, "", SILU_R, -753, -0.0, 1, 0.5) \
 F(quick, "quick_gelu", quick_gelu__forward64(x), r_quick, 0, 0, "", 0, -442, -0.0, INF, -0.0) \
 F(quick_d, "quick_gelu'", quick_gelu__derivative64(x), r_quick_d, 0, 0, "", SILU_R / 1.702, -442, -0.0, 1, 0.5) \
 F(softplus, "softplus", softplus__forward64(x, p), r_softplus, 1.5, 0, "B", 0, -497, 0, INF, 0x1.d9303fea2f7eap-2) \
 F(softplus_d, "softplus'", softplus__derivative64(x, p), r_softplus_d, 1.5, 0, "B", 0, -497, 0, 1, 0.5) \
 F(logsig, "log_sigmoid", log_sigmoid__forward64(x), r_log_sigmoid, 0, 0, "", 0, 746, -INF, -0.0, -0x1.62e42fefa39efp-1) \
 F(logsig_d, "log_sigmoid'", log_sigmoid__derivative64(x), r_log_sigmoid_d, 0, 0, "", 0, 746, 1, 0, 0.5) \
 F(mish, "mish", mish__forward64(x), r_mish, 0, 0, "", 0, -753, -0.0, INF, -0.0) \
 F(mish_d, "mish'", mish__derivative64(x), r_mish_d, 0, 0, "", -1.1924312145154952, -753, -0.0, 1, 0.6) \
 F(gelu, "gelu", gelu__forward64(x), r_gelu, 0, 0, "", 0, -38.6, -0.0, INF, -0.0) \
 F(gelu_d, "gelu'", gelu__derivative64(x), r_gelu_d, 0, 0, "", -0.7517915246935645, -38.7, -0.0, 1, 0.5) \
 F(gelut, "gelu_tanh", gelu_tanh__forward64(x), r_gelu_tanh, 0, 0, "", 0, -21.55, -0.0, INF, -0.0) \
 F(gelut_d, "gelu_tanh'", gelu_tanh__derivative64(x), r_gelu_tanh_d, 0, 0, "", -0.7524614220710163, -21.6, -0.0, 1, 0.5) \
 F(softsign, "softsign", softsign__forward64(x), r_softsign, 0, 0, "", 0, 0, -1, 1, -0.0) \
 F(softsign_d, "softsign'", softsign__derivative64(x), r_softsign_d, 0, 0, "", 0, -0x1p538, 0, 0, 1) \
 F(tshrink, "tanh_shrink", tanh_shrink__forward64(x), r_tanh_shrink, 0, 0, "", 0, 0, -INF, INF, -0.0) \
 F(tshrink_d, "tanh_shrink'", tanh_shrink__derivative64(x), r_tanh_shrink_d, 0, 0, "", 0, 0, 1, 1, 0) \
 F(hardsig, "hard_sigmoid", hard_sigmoid__forward64(x, p, q), r_hard_sigmoid, 1.0 / 6, 0.5, "AF", -3, 0, 0, 1, 0.5) \
 F(hardsig_d, "hard_sigmoid'", hard_sigmoid__derivative64(x, p, q), r_hard_sigmoid_d, 1.0 / 6, 0.5, "AF", 3, \
    0, 0, 0, SIXTH64_HI) \
 F(hardtanh, "hard_tanh", hard_tanh__forward(x, p, q), r_clip, -1, 1, "FU", 1, 0, -1, 1, -0.0) \
 F(hardtanh_d, "hard_tanh'", hard_tanh__derivative(x, p, q), r_clip_d, -1, 1, "FU", 1, 0, 0, 0, 1) \
 F(clip, "clip", clip__forward(x, p, q), r_clip, -INF, INF, "FU", 0, 0, -INF, INF, -0.0) \
 F(clip_d, "clip'", clip__derivative(x, p, q), r_clip_d, -INF, INF, "FU", 0, 0, 1, 1, 1) \
 F(hardswish, "hard_swish", hard_swish__forward64(x), r_hard_swish, 0, 0, "", -3, 0, 0, INF, -0.0) \
 F(hardswish_d, "hard_swish'", hard_swish__derivative64(x), r_hard_swish_d, 0, 0, "", -1.5, 0, 0, 1, 0.5) \
 F(hshrink, "hard_shrink", hard_shrink__forward64(x, p), r_hard_shrink, 0.5, 0, "L", 0.5, 0, -INF, INF, -0.0) \
 F(hshrink_d, "hard_shrink'", hard_shrink__derivative(x, p), r_outside, 0.5, 0, "L", 0.5, 0, 1, 1, 0) \
 F(sshrink, "soft_shrink", soft_shrink__forward64(x, p), r_soft_shrink, 0.5, 0, "L", 0.5, 0, -INF, INF, -0.0) \
 F(sshrink_d, "soft_shrink'", soft_shrink__derivative(x, p), r_outside, 0.5, 0, "L", 0.5, 0, 1, 1, 0) \
 F(shrink, "shrink", shrink__forward64(x, p, q), r_shrink, 0.7, 0.3, "LF", 0.7, 0, -INF, INF, -0.0) \
 F(shrink_d, "shrink'", shrink__derivative(x, p, q), r_outside, 0.7, 0.3, "LF", 0.7, 0, 1, 1, 0) \
 F(threshold, "threshold", threshold__forward(x, p, q), r_threshold, 0.7, 0.3, "FF", 0.7, 0, 0.3, INF, 0.3) \
 F(threshold_d, "threshold'", threshold__derivative(x, p, q), r_above, 0.7, 0.3, "FF", 0.7, 0, 0, 1, 0) \
 F(trelu, "thresholded_relu", thresholded_relu__forward(x, p), r_thresholded_relu, 1, 0, "F", 1, 0, 0, INF, 0) \
 F(trelu_d, "thresholded_relu'", thresholded_relu__derivative(x, p), r_above, 1, 0, "F", 1, 0, 0, 1, 0) \
 F(squareplus, "squareplus", squareplus__forward64(x, p), r_squareplus, 4, 0, "B", 0, -0x1p1023, 0, INF, 1) \
 F(squareplus_d, "squareplus'", squareplus__derivative64(x, p), r_squareplus_d, 4, 0, "B", 0, -0x1p538, 0, 1, 0.5) \
 F(exp, "exp", exp__forward64(x), r_exp, 0, 0, "", 0, -746, 0, INF, 1) \
 F(exp_d, "exp'", exp__derivative64(x), r_exp, 0, 0, "", 0, -746, 0, INF, 1) \
 F(expm1, "expm1", expm1__forward64(x), r_expm1, 0, 0, "", 0, 710, -1, INF, -0.0) \
 F(expm1_d, "expm1'", expm1__derivative64(x), r_exp, 0, 0, "", 0, -746, 0, INF, 1) \
 F(square, "square", square__forward64(x), r_square, 0, 0, "", 0, 0x1p-511, INF, INF, 0) \
 F(square_d, "square'", square__derivative64(x), r_twice, 0, 0, "", 0, 0, -INF, INF, -0.0) \
 F(cube, "cube", cube__forward64(x), r_cube, 0, 0, "", 0, 0x1p-340, -INF, INF, -0.0) \
 F(cube_d, "cube'", cube__derivative64(x), r_cube_d, 0, 0, "", 0, 0x1p-511, INF, INF, 0) \
 F(abs, "abs", abs__forward64(x), r_abs, 0, 0, "", 0, 0, INF, INF, 0) \
 F(abs_d, "abs'", abs__derivative64(x), r_sign, 0, 0, "", 0, 0, -1, 1, 0) \
 F(sqrt, "sqrt", sqrt__forward64(x), r_sqrt, 0, 0, "", 4, 0, NAN, INF, -0.0) \
 F(sqrt_d, "sqrt'", sqrt__derivative64(x), r_sqrt_d, 0, 0, "", 4, 0, NAN, 0, INF) \
 F(step, "step", step__forward64(x), r_relu_d, 0, 0, "", 0, 0, 0, 1, 0) \
 F(step_d, "step'", step__derivative64(x), r_zero, 0, 0, "", 0, 0, 0, 0, 0) \
 F(sign, "sign", sign__forward64(x), r_sign, 0, 0, "", 0, 0, -1, 1, -0.0) \
 F(sign_d, "sign'", sign__derivative64(x), r_zero, 0, 0, "", 0, 0, 0, 0, 0) \
 F(gaussian, "gaussian", gaussian__forward64(x), r_gaussian, 0, 0, "", 0, 27.35, 0, 0, 1) \
 F(gaussian_d, "gaussian'", gaussian__derivative64(x), r_gaussian_d, 0, 0, "", 0, 27.4, 0.0, -0.0, 0.0) \
 F(sin, "sin", sin__forward64(x), r_sin, 0, 0, "", 3.141592653589793, 0x1p1010, NAN, NAN, -0.0) \
 F(sin_d, "sin'", sin__derivative64(x), r_cos, 0, 0, "", 1.5707963267948966, 0x1p1010, NAN, NAN, 1) \
 F(erf, "erf", erf__forward64(x), r_erf, 0, 0, "", 1, 6, -1, 1, -0.0) \
 F(erf_d, "erf'", erf__derivative64(x), r_erf_d, 0, 0, "", 0, 27.35, 0, 0, TWO_RSQRT_PI64_HI) \
 F(rational, "rational_tanh", rational_tanh__forward64(x), r_rational, 0, 0, "", 0, 0x1p20, -1.7159, 1.7159, -0.0) \
 F(rational_d, "rational_tanh'", rational_tanh__derivative64(x), r_rational_d, 0, 0, "", 0, 0x1p213, 0, 0, RATIONAL64_K_HI) \
 F(rectified, "rectified_tanh", rectified_tanh__forward64(x), r_rectified_tanh, 0, 0, "", 0, 0, 0, 1, 0) \
 F(rectified_d, "rectified_tanh'", rectified_tanh__derivative64(x), r_rectified_tanh_d, 0, 0, "", 0, 374, 0, 0, 0) \
 F(relu2, "relu_squared", relu_squared__forward64(x), r_relu_squared, 0, 0, "", 0, 0x1p-511, 0, INF, 0) \
 F(relu2_d, "relu_squared'", relu_squared__derivative64(x), r_relu_squared_d, 0, 0, "", 0, 0, 0, INF, 0) \
 F(bent, "bent_identity", bent_identity__forward64(x), r_bent, 0, 0, "", 0, 0x1p60, -INF, INF, -0.0) \
 F(bent_d, "bent_identity'", bent_identity__derivative64(x), r_bent_d, 0, 0, "", 0, 0x1p30, 0.5, 1.5, 1) \
 F(isru, "isru", isru__forward64(x, p), r_isru, 1.7, 0, "B", 0, 0x1p60, -0.76696498884737041, 0.76696498884737041, -0.0) \
 F(isru_d, "isru'", isru__derivative64(x, p), r_isru_d, 1.7, 0, "B", 0, 0x1p357, 0, 0, 1) \
 F(isrlu, "isrlu", isrlu__forward64(x, p), r_isrlu, 1.7, 0, "B", 0, -0x1p60, -0.76696498884737041, INF, -0.0) \
 F(isrlu_d, "isrlu'", isrlu__derivative64(x, p), r_isrlu_d, 1.7, 0, "B", 0, -0x1p357, 0, 1, 1)

#define DEFINE(id, name, expression, ...) \
    static __attribute__((noinline)) double run_##id(double x, double p, double q) { return expression; }
LIST(DEFINE)
struct row {
    const char *name; double (*f)(double, double, double); quad (*ref)(quad, quad, quad); double p, q; const char *kinds;
    double root, tail, at_minus_inf, at_plus_inf, at_minus_zero;
};
#define ROW(id, name, expression, ...) { name, run_##id, __VA_ARGS__ },
static const struct row table[] = { LIST(ROW) };
#define COUNT (int)(sizeof table / sizeof *table)

/* ---------------------------------------------------------------- errors and points */
static double ulps(double got, quad want) {
    quad a = fabsq(want);
    if (want != want) return got != got ? 0 : 1e9;
    if (a >= 0x1.fffffffffffff8p1023Q) return isinf(got) && (got < 0) == (want < 0) ? 0 : 1e9;
    if (got != got) return 1e30;
    if (isinf(got)) return 1e29;
    int e = a > 0 ? ilogbq(a) : -1074;
    return (double)(fabsq((quad)got - want) * ldexpq(1, 52 - (e < -1022 ? -1022 : e)));
}

static uint64_t mix(uint64_t *s) {                       /* splitmix64 */
    uint64_t z = *s += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}
static double unit(uint64_t *s) { return (double)(mix(s) >> 11) * 0x1p-53; }
static double sign(uint64_t *s) { return mix(s) & 1 ? -1 : 1; }
static double any_finite(uint64_t *s) {
    double x;
    do x = as_double(mix(s)); while (x != x || isinf(x));
    return x;
}
static const double edges[] = {
    0.34657359027997264, 0.5, 0.78539816339744828, 1, 2, 3, 4, 6, 10, 20, 21.9, 22, 23, 25, 27.5, 30, 37, 39, 40, 60, 64, 104,
    600, 700, 709.782712893384, 745.13321910194122, 750, 760, 770, 780, 790, 0x1p20, 0x1p60, 0x1p-60, 0x1p-200, 0x1p-300,
    0x1p100, 0x1p540, 0x1p600
};
#define EDGES (int)(sizeof edges / sizeof *edges)
static const char *classes[] = { "bits", "|x|<2", "|x|<45", "|x|<800", "2^-70..2^10", "tail", "root", "tiny", "edges" };
#define CLASSES 9
static double point(int c, const struct row *t, uint64_t *s) {
    switch (c) {
    case 0: return any_finite(s);                                                /* all magnitudes */
    case 1: return sign(s) * 2 * unit(s);
    case 2: return sign(s) * 45 * unit(s);
    case 3: return sign(s) * 800 * unit(s);
    case 4: return sign(s) * exp2(-70 + 80 * unit(s));
    case 5: return t->tail == 0 ? sign(s) * 20 * unit(s) : fabs(t->tail) > 1e4 ? t->tail * exp2(4 - 30 * unit(s))
                    : t->tail * (1.002 - 0.055 * unit(s));
    case 6: if (t->ref == r_sin || t->ref == r_cos)                           /* next to multiples of pi/2 */
                return (double)(M_PI_2q * rintq(exp2q(0.5Q + 60 * unit(s))) * sign(s));
            if (t->root == 0) return sign(s) * 8 * unit(s);                   /* half of them within 2^15 doubles */
            return mix(s) & 1 ? as_double(as_ulong(t->root) + mix(s) % 65536 - 32768)
                    : t->root * (1 + sign(s) * exp2(-2 - 48 * unit(s)));
    case 7: return sign(s) * exp2(-1074 + 90 * unit(s));                      /* subnormal and barely normal */
    default: { double b = edges[mix(s) % EDGES]; return sign(s) * as_double(as_ulong(b) + mix(s) % 4096 - 2048); }
    }
}

/* A parameter of a kind: S |p| <= 2^60, B 2^-20..2^20, b |p| <= 2^20, A 0..2^20, L >= 0, F finite, U like F, not below the one
 * before */
static double parameter(char kind, double before, uint64_t *s) {
    int choice = (int)(mix(s) % 10);
    switch (kind) {
    case 'S': return choice == 0 ? 0 : sign(s) * exp2(choice == 1 ? -1074 + 1134 * unit(s) : 120 * unit(s) - 60);
    case 'B': return choice == 0 ? (mix(s) & 1 ? 0x1p20 : 0x1p-20) : exp2(40 * unit(s) - 20);
    case 'b': return choice == 0 ? 0 : sign(s) * exp2(choice == 1 ? -1074 + 1094 * unit(s) : 40 * unit(s) - 20);
    case 'A': return choice == 0 ? 0 : choice == 1 ? exp2(-1074 + 1094 * unit(s)) : exp2(40 * unit(s) - 20);
    case 'L': return choice == 0 ? 0 : choice == 1 ? fabs(any_finite(s)) : exp2(20 * unit(s) - 10);
    case 'F': return choice == 0 ? 0 : choice == 1 ? any_finite(s)
                     : choice < 5 ? unit(s) * 3 - 1 : sign(s) * exp2(20 * unit(s) - 10);
    case 'U': return before + fabs(parameter('F', 0, s)) * 0.5;
    default: return 0;
    }
}
/* an x that matters for parameters p, q */
static double point_for(const struct row *t, double p, double q, uint64_t *s) {
    double a = fabs(p), scale = mix(s) & 1 ? 1 : mix(s) & 1 ? a : 1 / a;
    switch (mix(s) % 8) {
    case 0: return any_finite(s);
    case 1: return sign(s) * 20 * unit(s) * scale;
    case 2: return sign(s) * 850 * unit(s) * scale;
    case 3: return sign(s) * 1500 * unit(s) * scale;
    case 4: return SILU_R * scale * (1 + sign(s) * exp2(-1 - 52 * unit(s)));
    case 5: return sign(s) * as_double(as_ulong(scale) + mix(s) % 64 - 32);
    case 6: return t->kinds[0] == 'A' ? ((mix(s) & 1) - q) / p * (1 + sign(s) * exp2(-20 - 40 * unit(s)))
                    : sign(s) * as_double(as_ulong(mix(s) & 1 ? p : q) + mix(s) % 64 - 32);
    default: return sign(s) * exp2(-70 + 80 * unit(s)) * scale;
    }
}

static int chosen(const char *name, const char *only) { return !only || !strncmp(name, only, strlen(only)); }

static void accuracy(long thousands, const char *only) {
    printf("%ld thousand points per class, largest error in ULP by class\n", thousands);
    printf("%-22s %8s %-24s %8s", "", "max", "at x", "% > 1");
    for (int c = 0; c < CLASSES; c++) printf(" %s |", classes[c]);
    puts("");
    for (int k = 0; k < COUNT; k++) {
        const struct row *t = &table[k];
        if (!chosen(t->name, only)) continue;
        double worst = -1, at = 0, per[CLASSES] = { 0 };
        long n = 0, over = 0;
        for (int c = 0; c < CLASSES; c++) {
            #pragma omp parallel reduction(+ : n, over)
            {
                double w = -1, a = 0;
                #pragma omp for schedule(dynamic, 1)
                for (long block = 0; block < thousands; block++) {
                    uint64_t s = ((uint64_t)c << 40) + (uint64_t)block * 0x5851F42D4C957F2Du + (uint64_t)k * 977;
                    for (int i = 0; i < 1000; i++) {
                        double x = point(c, t, &s);
                        if (x != x || isinf(x)) continue;
                        double u = ulps(t->f(x, t->p, t->q), t->ref(x, t->p, t->q));
                        n++; over += u > 1;
                        if (u > w) { w = u; a = x; }
                    }
                }
                #pragma omp critical
                { if (w > per[c]) per[c] = w; if (w > worst) { worst = w; at = a; } }
            }
        }
        printf("%-22s %8.4f %-24.17g %8.4f", t->name, worst, at, 100.0 * over / n);
        for (int c = 0; c < CLASSES; c++) printf(" %.3f", per[c]);
        puts(""); fflush(stdout);
    }
}

static void parameters(long thousands, const char *only) {
    for (int k = 0; k < COUNT; k++) {
        const struct row *t = &table[k];
        if (!*t->kinds || !chosen(t->name, only)) continue;
        double worst = -1, at = 0, at_p = 0, at_q = 0;
        #pragma omp parallel for schedule(dynamic, 1)
        for (long block = 0; block < thousands; block++) {
            uint64_t s = (uint64_t)block * 0x5851F42D4C957F2Du + (uint64_t)k;
            for (int i = 0; i < 1000; i++) {
                double p = parameter(t->kinds[0], 0, &s), q = t->kinds[1] ? parameter(t->kinds[1], p, &s) : 0;
                double x = point_for(t, p, q, &s);
                if (x != x || isinf(x)) continue;
                double u = ulps(t->f(x, p, q), t->ref(x, p, q));
                if (u > worst) {
                    #pragma omp critical
                    if (u > worst) { worst = u; at = x; at_p = p; at_q = q; }
                }
            }
        }
        printf("%-22s max %8.4f at x %.17g parameters %.17g %.17g\n", t->name, worst, at, at_p, at_q);
        fflush(stdout);
    }
}

static int same(double a, double b) { return as_ulong(a) == as_ulong(b) || (a != a && b != b); }
static void special(void) {
    int bad = 0;
    for (int k = 0; k < COUNT; k++) {
        const struct row *t = &table[k];
        double nan = as_double(0x7FF8000000000000u), negative_nan = as_double(0xFFF0000000000001u);
        #define CHECK(condition, what, x) \
            do { if (!(condition)) { bad++; printf("%s: %s gives %.17g\n", t->name, what, t->f(x, t->p, t->q)); } } while (0)
        #define AT(x) t->f(x, t->p, t->q)
        CHECK(AT(nan) != AT(nan), "NaN", nan);
        CHECK(AT(negative_nan) != AT(negative_nan), "-NaN", negative_nan);
        CHECK(same(AT(-INF), t->at_minus_inf), "-inf", -INF);
        CHECK(same(AT(INF), t->at_plus_inf), "+inf", INF);
        CHECK(same(AT(-0.0), t->at_minus_zero), "-0", -0.0);
        double edge[] = { 0x1p-1074, 0x1p-1073, 0x1.8p-1073, 0x1p-1023, 0x1.ffffffffffffep-1023, 0x1p-1022,
                          0x1.0000000000001p-1022, 0x1.fffffffffffffp1023, 0x1p1023, 0x1p1022, 0x1p600, 1e300 };
        for (int i = 0; i < 24; i++) {
            double x = i & 1 ? -edge[i / 2] : edge[i / 2];
            quad r = t->ref(x, t->p, t->q);
            CHECK(ulps(AT(x), r) <= 2, i < 14 ? "subnormal edge" : "largest", x);
            if (r != 0 && fabsq(r) > 0x1p-1074Q) CHECK((AT(x) < 0) == (r < 0), "sign", x);
        }
    }
    uint64_t s = 1;
    /* the double that lies closest to a multiple of pi/2, relatively, and its neighbourhood */
    for (int i = 0; i < 200000; i++) {
        double x = as_double(as_ulong(6381956970095103.0 * 0x1p797) + (uint64_t)i - 100000);
        double y = as_double(mix(&s) % 0x7FF0000000000000u);
        if (ulps(sin__forward64(x), sinq(x)) > 1 || ulps(sin__derivative64(x), cosq(x)) > 1)
            bad++, printf("sin or cos at %.17g\n", x);
        if (sqrt__forward64(y) != sqrt(y)) bad++, printf("sqrt at %.17g\n", y);
    }
    printf("special values: %d rows, %d findings\n", COUNT, bad);
}

int main(int c, char **v) {
    const char *mode = c > 1 ? v[1] : "special", *only = c > 3 ? v[3] : 0;
    long thousands = c > 2 ? atol(v[2]) : 300;
    if (!strcmp(mode, "accuracy")) accuracy(thousands, only);
    else if (!strcmp(mode, "parameters")) parameters(thousands, only);
    else special();
    return 0;
}
#endif
