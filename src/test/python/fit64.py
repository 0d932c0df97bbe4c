#!/usr/bin/env python3
"""Computes the coefficients and roots of the double precision functions.    usage: python3 fit64.py [NAME] > constants64.txt

Needs mpmath. Nothing in the build runs it: it is here so that every constant can be had again, and checked. With a NAME only
the constants whose names begin with it are computed.

Method.  Interpolation at the Chebyshev nodes with 100 digits (within a factor of about two of the minimax error, paid for with
at most one degree more), change to powers of the variable with the same digits, then each coefficient is rounded to double
once.  A coefficient marked `pairs` is kept as an unevaluated sum hi + lo of doubles; a coefficient given in `exact` is fixed
beforehand.  The error printed is measured with the rounded coefficients on a fine grid, exact arithmetic, weighted as said at
each call.
"""
import sys
import mpmath as mp

mp.mp.dps = 100
SQRT_2PI = mp.sqrt(2 * mp.pi)
WANTED = sys.argv[1] if len(sys.argv) > 1 else ""


# ---------------------------------------------------------------- helpers
def hex64(v):
    """The nearest double as a C hex float constant."""
    m, e = float(mp.mpf(v)).hex().split("p")
    if "." in m:
        m = m.rstrip("0").rstrip(".")
    return "%sp%s" % (m, e)


def pair(v, step=None):
    """v = hi + lo; with a step, hi is the nearest multiple of it: a coarse high part, from which differences are exact."""
    v = mp.mpf(v)
    hi = mp.mpf(float(v)) if step is None else mp.nint(v / step) * step
    return hi, mp.mpf(float(v - hi))


def wanted(name):
    return name.startswith(WANTED)


def emit(name, v):
    if wanted(name):
        print("#define %s %s" % (name, hex64(v)))


def emit_pair(name, v, step=None):
    hi, lo = pair(v, step)
    emit(name + "_HI", hi)
    emit(name + "_LO", lo)


def interpolate(fun, a, b, degree):
    """Monomial coefficients of the interpolant of fun at the Chebyshev nodes of [a, b]."""
    n = degree + 1
    x = [(a + b) / 2 + (b - a) / 2 * mp.cos(mp.pi * (2 * i + 1) / (2 * n)) for i in range(n)]
    c = [fun(v) for v in x]
    for k in range(1, n):                                  # Newton's divided differences
        for i in range(n - 1, k - 1, -1):
            c[i] = (c[i] - c[i - 1]) / (x[i] - x[i - k])
    p = [mp.mpf(0)] * n
    for i in range(n - 1, -1, -1):
        p = [mp.mpf(0)] + p[:-1]
        q = p[1:] + [mp.mpf(0)]
        p = [u - x[i] * v for u, v in zip(p, q)]
        p[0] += c[i]
    return p


def polynomial(name, fun, a, b, degree, weight, pairs=0, step0=None, exact=()):
    """fun(x) ~ sum c_i x^i on [a, b]; the first `pairs` coefficients are hi + lo; `exact` gives the first ones beforehand."""
    if not wanted(name):
        return
    a, b, k = mp.mpf(a), mp.mpf(b), len(exact)

    def rest(x):
        return (fun(x) - sum(c * x ** i for i, c in enumerate(exact))) / x ** k if k else fun(x)
    c = list(exact) + interpolate(rest, a, b, degree - k)
    kept = []
    for i, v in enumerate(c):
        if i < pairs:
            hi, lo = pair(v, step0 if i == 0 else None)
            kept.append(hi + lo)
        else:
            kept.append(mp.mpf(float(v)))
    worst = mp.mpf(0)
    for i in range(1001):
        x = a + (b - a) * (i + mp.mpf("0.3")) / mp.mpf("1001")
        worst = max(worst, abs(weight(x) * (sum(v * x ** j for j, v in enumerate(kept)) - fun(x))))
    print("// degree %d on [%s, %s], error 2^%.1f" % (degree, mp.nstr(a, 4), mp.nstr(b, 4), mp.log(worst, 2)))
    for i, v in enumerate(c):
        if i < pairs:
            emit_pair("%s_C%d" % (name, i), v, step0 if i == 0 else None)
        else:
            emit("%s_C%d" % (name, i), v)
    sys.stdout.flush()


# ---------------------------------------------------------------- target functions (series near the removable singularity)
def exp_rest(r):                      # (e^r - 1 - r) / r^2
    return (mp.expm1(r) - r) / r ** 2 if abs(r) > mp.mpf("1e-30") else mp.mpf(1) / 2 + r / 6


def exp_weight(r):                    # error relative to the smaller of e^r and |e^r - 1|
    return r ** 2 / min(mp.exp(r), abs(mp.expm1(r)) + mp.mpf("1e-60"))


def atanh_rest(z):                    # log1p(e) = q + q^3 * A(q^2) with q = e / (1 + e/2), since log1p(e) = 2 atanh(q/2)
    q = mp.sqrt(z)
    return (2 * mp.atanh(q / 2) - q) / q ** 3 if q > mp.mpf("1e-20") else mp.mpf(1) / 12 + z / 80


def atanh_weight(z):
    q = mp.sqrt(z)
    return q ** 3 / (2 * mp.atanh(q / 2)) if q > 0 else mp.mpf(0)


def tanh_shrink_ratio(s):             # (x - tanh x) / x^3, s = x^2
    x = mp.sqrt(s)
    return (x - mp.tanh(x)) / x ** 3 if x > mp.mpf("1e-20") else mp.mpf(1) / 3 - 2 * s / 15


def mills(y):                         # Phi(-y) e^(y^2/2)
    return mp.erfc(y / mp.sqrt(2)) / 2 * mp.exp(y * y / 2)


GELU_ROOT = mp.findroot(lambda y: mills(y) - y / SQRT_2PI, mp.mpf("0.75"))


def gelu_grad_ratio(y):               # (Phi(-y) - y phi(y)) e^(y^2/2) / (root - y)
    d = GELU_ROOT - y
    if abs(d) < mp.mpf("1e-30"):
        return -mp.diff(lambda t: mills(t) - t / SQRT_2PI, GELU_ROOT)
    return (mills(y) - y / SQRT_2PI) / d


def in_u(fun, k):                     # y = k (1+u)/(1-u)  <=>  u = (y-k)/(y+k)
    return lambda u: fun(k * (1 + u) / (1 - u))


def sine_rest(s):                     # (sin x - x) / x^3, s = x^2
    x = mp.sqrt(s)
    return (mp.sin(x) - x) / x ** 3 if x > mp.mpf("1e-20") else -mp.mpf(1) / 6 + s / 120


def sine_weight(s):
    x = mp.sqrt(s)
    return x ** 3 / mp.sin(x) if s > 0 else mp.mpf(0)


def cosine_rest(s):                   # (cos x - 1 + x^2 / 2) / x^4
    x = mp.sqrt(s)
    return (mp.cos(x) - 1 + s / 2) / s ** 2 if x > mp.mpf("1e-15") else mp.mpf(1) / 24 - s / 720


def erf_rest(s):                      # erf x / x - 1
    x = mp.sqrt(s)
    return mp.erf(x) / x - 1 if x > mp.mpf("1e-30") else 2 / mp.sqrt(mp.pi) - 1


def elementary():
    ln2 = mp.log(2)
    emit("LOG2E64", 1 / ln2)
    emit_pair("LN2_64", ln2)          # x - n LN2_64_HI is exact with fma: both are multiples of 2^-54, the result is below 0.35
    half = mp.mpf("0.3475")           # ln2/2 and a little more: the rounding of x log2(e) may be off by one
    polynomial("EXP64", exp_rest, -half, half, 10, exp_weight, exact=(mp.mpf("0.5"),))
    polynomial("L1P64", atanh_rest, 0, mp.mpf(4) / 9, 10, atanh_weight)
    polynomial("TSH64", tanh_shrink_ratio, 0, 1, 18, lambda s: 1 / tanh_shrink_ratio(s), pairs=2)


def gelu():
    k = 4
    ub = (mp.mpf(39) - k) / (mp.mpf(39) + k)
    w_fun = in_u(lambda y: mills(y) * (y + k), k)
    k_fun = in_u(gelu_grad_ratio, k)
    polynomial("GELU64", w_fun, -1, ub, 24, lambda u: 1 / w_fun(u), pairs=2, step0=mp.mpf(2) ** -48)
    polynomial("GELUD64", k_fun, -1, ub, 22, lambda u: 1 / k_fun(u), pairs=2)
    emit_pair("GELU64_ROOT", GELU_ROOT)


def roots():
    """Roots of derivatives, and the constants of the forms from which the roots are factored out."""
    a0 = mp.findroot(lambda a: 1 + mp.exp(-a) - a, mp.mpf("1.278"))
    emit_pair("SILU64_ROOT", a0)
    emit("SILU64_ROOT_LO2", a0 - sum(pair(a0)))
    emit_pair("SILU64_K", mp.exp(a0))
    emit_pair("SILU64_K1", mp.exp(a0) + 1)
    m0 = mp.findroot(lambda a: 4 * (1 - a) + (6 - 4 * a) * mp.exp(-a) + 4 * mp.exp(-2 * a) + mp.exp(-3 * a), mp.mpf("1.19"))
    e0 = mp.exp(-m0)
    kappa = 1 / e0
    emit_pair("MISH64_ROOT", m0)
    emit_pair("MISH64_K1", kappa + 1)
    emit_pair("MISH64_KK", kappa ** 2)
    emit_pair("MISH64_4KK", 4 * kappa ** 2)
    emit_pair("MISH64_B1", ((6 - 4 * m0) * e0 + 8 * e0 ** 2 + 3 * e0 ** 3) / e0 ** 3)
    emit_pair("MISH64_B2", (4 * e0 ** 2 + 3 * e0 ** 3) / e0 ** 3)
    c1 = 2 * mp.sqrt(2 / mp.pi)
    c2 = c1 * mp.mpf("0.044715")
    emit_pair("GELUT64_C1", c1, mp.mpf(2) ** -46)   # a multiple of 2^-46 keeps c1 - (c1 + c2 x^2) exact for |x| < 22
    emit_pair("GELUT64_C2", c2)
    # gelu(tanh)' has its root where 1 + e^-w - (c1 a + 3 c2 a^3) = 0, w = c1 a + c2 a^3

    def w(a):
        return c1 * a + c2 * a ** 3
    t0 = mp.findroot(lambda a: 1 + mp.exp(-w(a)) - c1 * a - 3 * c2 * a ** 3, mp.mpf("0.75"))
    tk = mp.exp(w(t0))
    emit_pair("GELUT64_ROOT", t0)
    emit_pair("GELUT64_K1", tk + 1)
    # with h = root - a, g = a (a + root):  w0 - w = h (D + c2 g),  k (m0 - m) = h (KT + K3 g),  m = a w'
    emit_pair("GELUT64_D", c1 + c2 * t0 ** 2, mp.mpf(2) ** -46)
    emit_pair("GELUT64_KT", tk * (c1 + 3 * c2 * t0 ** 2), mp.mpf(2) ** -43)
    emit_pair("GELUT64_K3", 3 * tk * c2)


def decimals():
    emit_pair("QUICK64", mp.mpf("1.702"))
    emit_pair("SIXTH64", mp.mpf(1) / 6)
    emit_pair("THIRD64", mp.mpf(1) / 3)
    g = mp.mpf("1.0507009873554804934193349852946")
    al = mp.mpf("1.6732632423543772848170429916717")
    emit_pair("LAMBDA64", g)
    emit_pair("LAMBDA_ALPHA64", g * al)
    third = mp.mpf(2) / 3
    emit_pair("TWO_THIRDS64", third)
    emit_pair("RATIONAL64_B", mp.mpf("1.41645"))
    emit_pair("RATIONAL64_4B", 4 * mp.mpf("1.41645"))
    emit_pair("RATIONAL64_C", mp.mpf("1.7159"))
    emit_pair("RATIONAL64_K", mp.mpf("1.7159") * third)
    emit_pair("TWO_RSQRT_PI64", 2 / mp.sqrt(mp.pi))


def circle():
    end = (mp.pi / 4 + mp.mpf("1e-3")) ** 2
    polynomial("SIN64", sine_rest, 0, end, 6, sine_weight)
    polynomial("COS64", cosine_rest, 0, end, 5, lambda s: s ** 2 / mp.cos(mp.sqrt(s)))
    hi, lo = pair(mp.pi / 2)
    emit("ANGLE64_UNIT_HI", hi * mp.mpf(2) ** -126)
    emit("ANGLE64_UNIT_LO", lo * mp.mpf(2) ** -126)
    if wanted("TWO_OVER_PI64"):
        with mp.workdps(450):
            v = 2 / mp.pi
            for i in range(1, 20):
                word = int(mp.floor(v * mp.mpf(2) ** 64))
                v = v * mp.mpf(2) ** 64 - word
                print("#define TWO_OVER_PI64_%d 0x%016Xul" % (i, word))


def error_function():
    polynomial("ERF64", erf_rest, 0, 1, 12, lambda s: 1 / (1 + erf_rest(s)))
    k = 2
    far = in_u(lambda a: mp.erfc(a) * mp.exp(a * a) * (a + k), k)
    polynomial("ERFC64", far, mp.mpf(1 - k) / (1 + k), mp.mpf(6 - k) / (6 + k), 15, lambda u: 1 / far(u))


def main():
    elementary()
    gelu()
    roots()
    decimals()
    circle()
    error_function()


if __name__ == "__main__":
    main()
