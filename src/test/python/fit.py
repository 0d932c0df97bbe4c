#!/usr/bin/env python3
"""Computes the coefficients and roots in kernels.    usage: python3 fit.py > constants.txt

Needs numpy and mpmath. Nothing in the build runs it: it is here so that every constant can be had again, and checked.

Method.  A coefficient vector is found by Lawson-reweighted least squares on Chebyshev nodes (which converges to the
minimax solution), then the coefficients are rounded to float32 ONE AT A TIME, lowest order first; after each rounding
the remaining ones are fitted again, so that they absorb the rounding of their predecessors.  Target values come from
mpmath with 40 digits.  A coefficient marked `pair` is kept as an unevaluated float32 sum hi + lo.

The least squares run in double: the last bits of a low part (beyond 2^-48 of the coefficient) and the smaller coefficients of
ERFC, whose fit is badly conditioned, depend on the linear algebra library under numpy, with no effect on the error stated; all
other constants come out the same.
"""
import sys
import numpy as np
import mpmath as mp

mp.mp.dps = 40
SQRT_2PI = mp.sqrt(2 * mp.pi)


# ---------------------------------------------------------------- helpers
def f32(v):
    return float(np.float32(float(v)))


def hex32(v):
    """float32 value as a C hex float constant."""
    m, e = float(np.float32(float(v))).hex().split("p")
    if "." in m:
        m = m.rstrip("0").rstrip(".")
    return "%sp%sf" % (m, e)


def pair(v, bits=24):
    """v = hi + lo; hi is rounded to `bits` significant bits so that products with short integers stay exact."""
    v = mp.mpf(v)
    if bits == 24:
        hi = f32(v)
    else:
        s = mp.mpf(2) ** (bits - 1 - mp.floor(mp.log(abs(v), 2)))
        hi = f32(mp.nint(v * s) / s)
    return hi, f32(v - mp.mpf(hi))


def emit(name, v):
    print("#define %-22s %s" % (name, hex32(v)))


def emit_pair(name, v, bits=24):
    hi, lo = pair(v, bits)
    emit(name + "_HI", hi)
    emit(name + "_LO", lo)


def emit_coarse(name, v, bits):       # a high part that is a multiple of 2^-bits
    hi = mp.nint(v * 2 ** bits) / 2 ** bits
    emit(name + "_HI", hi)
    emit(name + "_LO", v - hi)


def lawson(columns, target, weight, iterations=40):
    """min over c of max |weight * (columns @ c - target)|"""
    scale = np.abs(columns * weight[:, None]).max(axis=0)
    a = columns / scale
    lam = np.ones(len(target))
    best = None
    for _ in range(iterations):
        w = weight * np.sqrt(lam)
        c = np.linalg.lstsq(a * w[:, None], target * w, rcond=None)[0]
        r = np.abs(weight * (a @ c - target))
        if best is None or r.max() < best[0]:
            best = (r.max(), c / scale)
        lam = lam * (r / (r.mean() + 1e-300) + 1e-9)
        lam /= lam.mean()
    return best[1]


def nodes(a, b, n):
    a, b = mp.mpf(a), mp.mpf(b)
    return np.array([float((a + b) / 2 + (b - a) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * n))) for i in range(n)])


def polynomial(name, fun, a, b, degree, weight, n=260, pairs=0, bits0=24):
    """fun(x) ~ sum c_i x^i on [a,b]; the first `pairs` coefficients are kept as hi + lo (c_0 with bits0 bits in hi)."""
    x = nodes(a, b, n)
    f = np.array([float(fun(mp.mpf(v))) for v in x])
    w = np.array([float(weight(mp.mpf(v))) for v in x])
    full = np.vander(x, degree + 1, increasing=True)
    fixed = []
    for i in range(degree + 1):
        rest = f - (full[:, :i] @ np.array(fixed) if i else 0.0)
        c = lawson(full[:, i:], rest, w)
        if i < pairs:
            hi, lo = pair(c[0], bits0 if i == 0 else 24)
            fixed.append(hi + lo)
        else:
            fixed.append(f32(c[0]))
    err = np.abs(w * (full @ np.array(fixed) - f)).max()
    print("// %s: degree %d on [%s, %s], error 2^%.1f" % (name, degree, mp.nstr(mp.mpf(a), 6), mp.nstr(mp.mpf(b), 6), np.log2(err)))
    for i, c in enumerate(fixed):
        if i < pairs:
            emit_pair("%s_C%d" % (name, i), c, bits0 if i == 0 else 24)
        else:
            emit("%s_C%d" % (name, i), c)
    sys.stdout.flush()


def rational(name, fun, a, b, p_degree, q_degree, n=400, sweeps=12):
    """fun(x) ~ P(x) / Q(x) on [a,b], Q(0) = 1, minimal relative error, every coefficient a float32."""
    t = nodes(0, 1, n)
    x = float(a) + (float(b) - float(a)) * t ** 2            # denser near a, where the function bends most
    f = np.array([float(fun(mp.mpf(v))) for v in x])
    p_powers = np.vander(x, p_degree + 1, increasing=True)
    q_powers = np.vander(x, q_degree + 1, increasing=True)[:, 1:]
    columns = np.hstack([p_powers, -f[:, None] * q_powers])  # P - f (Q - 1) = f, weighted with 1 / (f Q) of the last sweep
    names = ["P%d" % i for i in range(p_degree + 1)] + ["Q%d" % i for i in range(1, q_degree + 1)]
    order = sorted(range(len(names)), key=lambda k: (int(names[k][1:]), names[k][0]))
    fixed = {}
    q = np.ones(n)
    while len(fixed) < len(names):
        free = [k for k in order if k not in fixed]
        rest = f - sum((fixed[k] * columns[:, k] for k in fixed), np.zeros(n))
        for _ in range(3 if fixed else sweeps):
            c = lawson(columns[:, free], rest, 1.0 / (f * q), 30)
            full = np.zeros(len(names))
            full[free] = c
            for k in fixed:
                full[k] = fixed[k]
            q = 1 + q_powers @ full[p_degree + 1:]
        fixed[free[0]] = f32(c[0])
    c = np.array([fixed[k] for k in range(len(names))])
    err = np.abs((p_powers @ c[:p_degree + 1]) / (1 + q_powers @ c[p_degree + 1:]) / f - 1).max()
    print("// %s: P%d/Q%d on [%g, %g], error 2^%.1f" % (name, p_degree, q_degree, a, b, np.log2(err)))
    for k in range(len(names)):
        emit("%s_%s" % (name, names[k]), c[k])
    sys.stdout.flush()


# ---------------------------------------------------------------- target functions
def exp_rest(r):                      # (e^r - 1 - r) / r^2
    return (mp.expm1(r) - r) / r ** 2 if abs(r) > mp.mpf("1e-9") else mp.mpf(1) / 2 + r / 6


def exp_weight(r):                    # error relative to the smaller of e^r and |e^r - 1|
    return r ** 2 / min(mp.exp(r), abs(mp.expm1(r)) + mp.mpf("1e-30"))


def atanh_rest(z):                    # log1p(e) = q + q^3 * A(q^2) with q = e / (1 + e/2), since log1p(e) = 2 atanh(q/2)
    q = mp.sqrt(z)
    return (2 * mp.atanh(q / 2) - q) / q ** 3 if q > mp.mpf("1e-6") else mp.mpf(1) / 12 + z / 80


def atanh_weight(z):
    q = mp.sqrt(z)
    return q ** 3 / (2 * mp.atanh(q / 2)) if q > 0 else mp.mpf(0)


def log1p_ratio(e):                   # log1p(e) / e
    return mp.log1p(e) / e if abs(e) > mp.mpf("1e-15") else 1 - e / 2


def tanh_shrink_ratio(s):             # (x - tanh x) / x^3, s = x^2
    x = mp.sqrt(s)
    return (x - mp.tanh(x)) / x ** 3 if x > mp.mpf("1e-6") else mp.mpf(1) / 3 - 2 * s / 15


def mills(y):                         # Phi(-y) e^(y^2/2)
    return mp.erfc(y / mp.sqrt(2)) / 2 * mp.exp(y * y / 2)


GELU_ROOT = mp.findroot(lambda y: mills(y) - y / SQRT_2PI, mp.mpf("0.75"))


def gelu_grad_ratio(y):               # (Phi(-y) - y phi(y)) e^(y^2/2) / (root - y)
    d = GELU_ROOT - y
    if abs(d) < mp.mpf("1e-10"):
        return -mp.diff(lambda t: mills(t) - t / SQRT_2PI, GELU_ROOT)
    return (mills(y) - y / SQRT_2PI) / d


def in_u(fun, k):                     # y = k (1+u)/(1-u)  <=>  u = (y-k)/(y+k)
    return lambda u: fun(k * (1 + u) / (1 - u))


def sin_rest(s):                      # (sin r - r) / r^3, s = r^2
    r = mp.sqrt(s)
    return (mp.sin(r) - r) / r ** 3 if r > mp.mpf("1e-8") else -mp.mpf(1) / 6 + s / 120


def sin_weight(s):                    # error relative to sin r
    return s ** mp.mpf("1.5") / mp.sin(mp.sqrt(s)) if s > 0 else mp.mpf(0)


def cos_rest(s):                      # (cos r - 1 + r^2 / 2) / r^4
    return (mp.cos(mp.sqrt(s)) - 1 + s / 2) / s ** 2 if s > mp.mpf("1e-10") else mp.mpf(1) / 24 - s / 720


def erf_rest(s):                      # erf(x) / x - 1, s = x^2
    x = mp.sqrt(s)
    return mp.erf(x) / x - 1 if x > mp.mpf("1e-12") else 2 / mp.sqrt(mp.pi) - 1


def erf_weight(s):
    return mp.sqrt(s) / mp.erf(mp.sqrt(s)) if s > 0 else mp.mpf(1)


def main():
    ln2 = mp.log(2)
    print("// kernels/lib/math.cl")
    emit("LOG2E", 1 / ln2)
    emit_pair("LN2", ln2, 15)         # z * LN2_HI is exact for |z| < 2^9
    half = mp.mpf("0.3475")           # ln2/2 and a little more: rint may be off by a rounding of x*log2e
    polynomial("EXP", exp_rest, -half, half, 5, exp_weight)
    polynomial("L1P", atanh_rest, 0, mp.mpf(4) / 9, 4, atanh_weight)
    silu_root = mp.findroot(lambda a: 1 + mp.exp(-a) - a, mp.mpf("1.278"))
    emit_pair("SILU_ROOT", silu_root)
    emit("SILU_ROOT_LO2", silu_root - sum(mp.mpf(part) for part in pair(silu_root)))
    emit_pair("SILU_K", mp.exp(silu_root))
    emit_pair("SILU_K1", mp.exp(silu_root) + 1)

    print("// kernels/lib/fast.cl")
    emit("LN2", ln2)
    polynomial("EXP_FAST", exp_rest, -half, half, 4, lambda r: r ** 2 / mp.exp(r))
    polynomial("EXPM1_FAST", exp_rest, -half, half, 4, exp_weight)
    polynomial("L1P_FAST", log1p_ratio, 0, 1, 8, lambda e: 1 / log1p_ratio(e))

    print("// kernels/lib/normal.cl")
    k = 4
    ub = (mp.mpf("14.8") - k) / (mp.mpf("14.8") + k)
    w_fun = in_u(lambda y: mills(y) * (y + k), k)
    polynomial("NORMAL", w_fun, -1, ub, 10, lambda u: 1 / w_fun(u), pairs=2, bits0=21)

    print("// kernels/gelu.cl")
    k_fun = in_u(gelu_grad_ratio, k)
    polynomial("GELUD", k_fun, -1, ub, 9, lambda u: 1 / k_fun(u), pairs=2)
    emit_pair("GELU_ROOT", GELU_ROOT)
    rational("GELU_FAST", mills, 0, 14.8, 4, 5)
    rational("GELUD_FAST", gelu_grad_ratio, 0, 14.8, 4, 4)

    print("// kernels/mish.cl")
    root = mp.findroot(lambda a: 4 * (1 - a) + (6 - 4 * a) * mp.exp(-a) + 4 * mp.exp(-2 * a) + mp.exp(-3 * a), mp.mpf("1.19"))
    k = mp.exp(root)
    emit_pair("MISH_ROOT", root)
    emit_pair("MISH_K1", k + 1)
    emit_pair("MISH_KK", k ** 2)
    emit_pair("MISH_4KK", 4 * k ** 2)
    emit_pair("MISH_B1", (6 - 4 * root) * k ** 2 + 8 * k + 3)
    emit_pair("MISH_B2", 4 * k + 3)

    print("// kernels/gelu_tanh.cl")
    c1 = 2 * mp.sqrt(2 / mp.pi)
    c2 = c1 * mp.mpf("0.044715")
    emit_coarse("GELUT_C1", c1, 20)
    emit_pair("GELUT_C2", c2)
    root = mp.findroot(lambda a: 1 + mp.exp(-c1 * a - c2 * a ** 3) - c1 * a - 3 * c2 * a ** 3, mp.mpf("0.75"))
    k = mp.exp(c1 * root + c2 * root ** 3)
    emit_pair("GELUT_ROOT", root)
    emit_pair("GELUT_K1", k + 1)
    emit_coarse("GELUT_D", c1 + c2 * root ** 2, 20)
    emit_coarse("GELUT_KT", k * (c1 + 3 * c2 * root ** 2), 16)
    emit_pair("GELUT_K3", 3 * k * c2)
    emit_pair("GELUT_FAST_W0", c1 * root + c2 * root ** 3)
    emit("GELUT_FAST_KT", k * (c1 + 3 * c2 * root ** 2))

    print("// kernels/tanh_shrink.cl")
    polynomial("TSH", tanh_shrink_ratio, 0, 1, 7, lambda s: 1 / tanh_shrink_ratio(s), pairs=1)
    polynomial("TSH_FAST", tanh_shrink_ratio, 0, 1, 6, lambda s: 1 / tanh_shrink_ratio(s))

    print("// kernels/erf.cl")
    polynomial("ERF", erf_rest, 0, mp.mpf("0.64"), 6, erf_weight)
    polynomial("ERFC", lambda a: -mp.log(mp.erfc(a)), mp.mpf("0.8"), 4, 9, lambda a: mp.erfc(a) / mp.erf(a))
    emit_pair("ERF_SLOPE", 2 / mp.sqrt(mp.pi))

    print("// kernels/sin.cl")
    quarter = (mp.pi / 4 + mp.mpf("1e-4")) ** 2
    polynomial("SIN", sin_rest, 0, quarter, 3, sin_weight)
    polynomial("COS", cos_rest, 0, quarter, 3, lambda s: s ** 2)
    with mp.workdps(100):
        bits = int(mp.floor(2 / mp.pi * mp.mpf(2) ** 224))
    for i in range(7):                # the first 224 bits of 2/pi
        print("#define %-22s 0x%08Xu" % ("TWO_OVER_PI_%d" % (i + 1), bits >> (192 - 32 * i) & 0xFFFFFFFF))
    emit_pair("ANGLE_UNIT", mp.pi / 2 / mp.mpf(2) ** 62)

    print("// kernels/rational_tanh.cl")
    emit_pair("TWO_THIRDS", mp.mpf(2) / 3)
    emit_pair("RATIONAL_B", mp.mpf("1.41645"))
    emit_pair("RATIONAL_4B", 4 * mp.mpf("1.41645"))
    emit_pair("RATIONAL_C", mp.mpf("1.7159"))
    emit_pair("RATIONAL_K", mp.mpf("1.7159") * 2 / 3)

    print("// kernels/selu.cl, quick_gelu.cl, hard_sigmoid.cl, hard_swish.cl")
    scale = mp.mpf("1.0507009873554804934193349852946")
    emit("LAMBDA", scale)
    high = mp.floor(scale * 2 ** 22) / 2 ** 22        # below: the low part is positive
    emit("LAMBDA_HI", high)
    emit("LAMBDA_LO", scale - high)
    emit_pair("LAMBDA_ALPHA", scale * mp.mpf("1.6732632423543772848170429916717"))
    emit_pair("QUICK", mp.mpf("1.702"))
    emit_pair("SIXTH", mp.mpf(1) / 6)
    emit_pair("THIRD", mp.mpf(1) / 3)


if __name__ == "__main__":
    main()
