#!/usr/bin/env python3
"""Writes the table that the tests' oracle is checked with: f and f' of every element-wise function to 36 digits.

    python3 src/test/python/reference.py > src/test/resources/reference.csv        (needs mpmath)

Every function is written here from its definition, in mpmath, sharing nothing with the oracle or the kernels. Each value is
computed with 50 digits, then with twice as many, and so on until 40 digits stay, so that cancellation costs time and not digits.
Values below 1e-400 are written as 0, those above 1e400 as inf. The x of the rows of type float32 are float32 numbers, those of
type float64 are double numbers that are no float32 numbers; parameters are rounded to the type.
"""
import math
import random
import struct
import sys

from mpmath import mp, mpf

DIGITS = 36
PRECISIONS = (50, 100, 200, 400, 800, 1600)
TINY = mpf('1e-400')
HUGE = mpf('1e400')
NAN = float('nan')


# ---- definitions: name -> (f, f'), of x and the parameters, in mpf

def sigmoid(x):
    return 1 / (1 + mp.exp(-x)) if x > 0 else mp.exp(x) / (1 + mp.exp(x))


def sigmoid_slope(x):
    e = mp.exp(-abs(x))
    return e / (1 + e) ** 2


def softplus(v):
    return mp.log1p(mp.exp(v)) if v < 0 else v + mp.log1p(mp.exp(-v))


def cdf(x):
    return mpf(0) if x < -60 else mp.erfc(-x / mp.sqrt(2)) / 2


def density(x):
    return mp.exp(-x * x / 2) / mp.sqrt(2 * mp.pi)


def tanh_slope(x):
    e = mp.exp(-2 * abs(x))
    return 4 * e / (1 + e) ** 2


def swish_slope(v):
    return sigmoid(v) + v * sigmoid_slope(v)


def selu_constants():
    return mpf('1.0507009873554804934193349852946'), mpf('1.6732632423543772848170429916717')


def selu(x):
    scale, alpha = selu_constants()
    return scale * x if x > 0 else scale * alpha * mp.expm1(x)


def selu_slope(x):
    scale, alpha = selu_constants()
    return scale if x > 0 else scale * alpha * mp.exp(x)


def hard_sigmoid(x, alpha, beta):
    return min(max(alpha * x + beta, mpf(0)), mpf(1))


def hard_sigmoid_slope(x, alpha, beta):
    return alpha if 0 < alpha * x + beta < 1 else mpf(0)


def clamp(x, low, high):
    return low if x < low else high if x > high else x


def hard_swish(x):
    return mpf(0) if x <= -3 else x if x >= 3 else x * (x + 3) / 6


def hard_swish_slope(x):
    return mpf(0) if x <= -3 else mpf(1) if x >= 3 else (2 * x + 3) / 6


def gate(x):
    return 2 * mp.sqrt(2 / mp.pi) * (x + mpf('0.044715') * x ** 3)


def gate_slope(x):
    return 2 * mp.sqrt(2 / mp.pi) * (1 + 3 * mpf('0.044715') * x ** 2)


def mish(x):
    return x * mp.tanh(softplus(x))


def mish_slope(x):
    return mp.tanh(softplus(x)) + x * tanh_slope(softplus(x)) * sigmoid(x)


def quick(x):
    return mpf('1.702') * x


def shrink(x, bound, bias):
    return x + bias if x < -bound else x - bias if x > bound else mpf(0)


def rational(x):
    a = 2 * abs(x) / 3
    return mp.sign(x) * mpf('1.7159') * (1 - 1 / (1 + a + a ** 2 + mpf('1.41645') * a ** 4))


def rational_slope(x):
    a = 2 * abs(x) / 3
    d = 1 + a + a ** 2 + mpf('1.41645') * a ** 4
    return mpf('1.7159') * 2 / 3 * (1 + 2 * a + 4 * mpf('1.41645') * a ** 3) / d ** 2


def root(x):
    return NAN if x < 0 else mp.sqrt(x)


def root_slope(x):
    return NAN if x < 0 else mp.inf if x == 0 else 1 / (2 * mp.sqrt(x))


def one(*_):
    return mpf(1)


def nothing(*_):
    return mpf(0)


SIXTH = 'sixth'
INFINITE = float('inf')
FUNCTIONS = {
    'identity': (lambda x: x, one),
    'relu': (lambda x: max(x, mpf(0)), lambda x: mpf(x > 0)),
    'leaky_relu': (lambda x, s: x if x > 0 else s * x, lambda x, s: mpf(1) if x > 0 else s),
    'elu': (lambda x, a: x if x > 0 else a * mp.expm1(x), lambda x, a: mpf(1) if x > 0 else a * mp.exp(x)),
    'sigmoid': (sigmoid, sigmoid_slope),
    'tanh': (mp.tanh, tanh_slope),
    'swish': (lambda x, b: x * sigmoid(b * x), lambda x, b: swish_slope(b * x)),
    'silu': (lambda x: x * sigmoid(x), swish_slope),
    'gelu': (lambda x: x * cdf(x), lambda x: cdf(x) + x * density(x)),
    'softplus': (lambda x, b: softplus(b * x) / b, lambda x, b: sigmoid(b * x)),
    'relu6': (lambda x: clamp(x, mpf(0), mpf(6)), lambda x: mpf(0 < x < 6)),
    'prelu': (lambda x, s: x if x > 0 else s * x, lambda x, s: mpf(1) if x > 0 else s),
    'celu': (lambda x, a: x if x > 0 else a * mp.expm1(x / a), lambda x, a: mpf(1) if x > 0 else mp.exp(x / a)),
    'selu': (selu, selu_slope),
    'scaled_elu': (lambda x, g, a: g * x if x > 0 else g * a * mp.expm1(x),
                   lambda x, g, a: g if x > 0 else g * a * mp.exp(x)),
    'hard_sigmoid': (hard_sigmoid, hard_sigmoid_slope),
    'hard_tanh': (clamp, lambda x, low, high: mpf(low < x < high)),
    'clip': (clamp, lambda x, low, high: mpf(low < x < high)),
    'hard_swish': (hard_swish, hard_swish_slope),
    'mish': (mish, mish_slope),
    'gelu_tanh': (lambda x: x * sigmoid(gate(x)), lambda x: sigmoid(gate(x)) + x * gate_slope(x) * sigmoid_slope(gate(x))),
    'quick_gelu': (lambda x: x * sigmoid(quick(x)), lambda x: swish_slope(quick(x))),
    'softsign': (lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2),
    'log_sigmoid': (lambda x: -softplus(-x), lambda x: sigmoid(-x)),
    'tanh_shrink': (lambda x: x - mp.tanh(x), lambda x: mp.tanh(x) ** 2),
    'hard_shrink': (lambda x, b: x if abs(x) > b else mpf(0), lambda x, b: mpf(abs(x) > b)),
    'soft_shrink': (lambda x, b: mp.sign(x) * max(abs(x) - b, mpf(0)), lambda x, b: mpf(abs(x) > b)),
    'shrink': (shrink, lambda x, b, bias: mpf(abs(x) > b)),
    'threshold': (lambda x, t, v: x if x > t else v, lambda x, t, v: mpf(x > t)),
    'thresholded_relu': (lambda x, t: x if x > t else mpf(0), lambda x, t: mpf(x > t)),
    'squareplus': (lambda x, b: (x + mp.sqrt(x * x + b)) / 2, lambda x, b: (1 + x / mp.sqrt(x * x + b)) / 2),
    'exp': (mp.exp, mp.exp),
    'expm1': (mp.expm1, mp.exp),
    'square': (lambda x: x * x, lambda x: 2 * x),
    'cube': (lambda x: x ** 3, lambda x: 3 * x * x),
    'abs': (abs, mp.sign),
    'sqrt': (root, root_slope),
    'step': (lambda x: mpf(x > 0), nothing),
    'sign': (mp.sign, nothing),
    'gaussian': (lambda x: mp.exp(-x * x), lambda x: -2 * x * mp.exp(-x * x)),
    'sin': (mp.sin, mp.cos),
    'erf': (mp.erf, lambda x: 2 / mp.sqrt(mp.pi) * mp.exp(-x * x)),
    'rational_tanh': (rational, rational_slope),
    'rectified_tanh': (lambda x: mp.tanh(x) if x > 0 else mpf(0), lambda x: tanh_slope(x) if x > 0 else mpf(0)),
    'relu_squared': (lambda x: x * x if x > 0 else mpf(0), lambda x: 2 * x if x > 0 else mpf(0)),
    'bent_identity': (lambda x: (mp.sqrt(x * x + 1) - 1) / 2 + x, lambda x: x / (2 * mp.sqrt(x * x + 1)) + 1),
    'isru': (lambda x, a: x / mp.sqrt(1 + a * x * x), lambda x, a: (1 + a * x * x) ** mpf('-1.5')),
    'isrlu': (lambda x, a: x if x >= 0 else x / mp.sqrt(1 + a * x * x),
              lambda x, a: mpf(1) if x >= 0 else (1 + a * x * x) ** mpf('-1.5')),
}

# The default parameters, and others to be tried too.
DEFAULTS = {
    'leaky_relu': (0.01,), 'prelu': (0.25,), 'elu': (1.0,), 'celu': (1.0,), 'scaled_elu': (1.0, 1.0), 'swish': (1.0,),
    'softplus': (1.0,), 'hard_sigmoid': (SIXTH, 0.5), 'hard_tanh': (-1.0, 1.0), 'clip': (-INFINITE, INFINITE),
    'hard_shrink': (0.5,), 'soft_shrink': (0.5,), 'shrink': (0.5, 0.0), 'threshold': (0.0, 0.0), 'thresholded_relu': (1.0,),
    'squareplus': (4.0,), 'isru': (1.0,), 'isrlu': (1.0,),
}
OTHERS = {
    'leaky_relu': [(-0.3,), (2.0 ** 60,)], 'prelu': [(0.1,)], 'elu': [(0.3,), (-2.0 ** 60,)], 'celu': [(0.7,), (2.0 ** 20,)],
    'scaled_elu': [(1.1, -0.7)], 'swish': [(0.7,), (-1.3,), (2.0 ** 20,), (0.0,)], 'softplus': [(1.5,), (2.0 ** -20,)],
    'hard_sigmoid': [(0.2, 0.5), (0.3, 0.1)], 'hard_tanh': [(-0.3, 2.5)], 'clip': [(-2.0, 0.1)], 'hard_shrink': [(1.7,)],
    'soft_shrink': [(0.3,), (0.0,)], 'shrink': [(0.7, 0.3)], 'threshold': [(0.3, -2.5)], 'thresholded_relu': [(-0.7,)],
    'squareplus': [(2.0 ** -20,), (0.3,), (2.0 ** 20,)], 'isru': [(0.3,), (2.0 ** 20,)], 'isrlu': [(0.3,), (2.0 ** 20,)],
}

# ---- points

MAGNITUDES = [2.0 ** -149, 1.2e-44, 1.1e-39, 2.0 ** -126, 1.7e-30, 3.1e-19, 6.6e-8, 3.1e-4, 0.017, 0.21, 0.5, 0.83, 1.0, 1.37,
              2.0, 2.9, 4.4, 9.1, 17.6, 41.3, 87.7, 101.7, 3.3e3, 1.1e10, 7.7e25, 3.4028234663852886e38]
DOUBLE_MAGNITUDES = [5e-324, 1.1e-310, 3.3e-308, 1.7e-200, 2.3e-90, 1.3e-17, 3.1e-9, 1.7e-4, 0.0123, 0.1, 0.47, 0.9, 1.7, 3.1,
                     7.7, 19.3, 36.9, 110.1, 707.9, 1.1e4, 1.3e19, 1.9e154, 1.7e308]
FEW = [3e-42, 4.1e-20, 0.003, 0.4, 1.1, 5.3, 77.0, 2.2e12]

# Where the derivatives vanish, roughly, and where results leave the range of their type or a branch changes.
ZEROS = {'silu': -1.278, 'swish': -1.278, 'gelu': -0.7518, 'gelu_tanh': -0.7525, 'quick_gelu': -0.7511, 'mish': -1.1924}
TURNS = {
    'relu6': [6], 'hard_sigmoid': [-3, 3], 'hard_tanh': [-1, 1], 'hard_swish': [-3, 3, -1.5], 'hard_shrink': [-0.5, 0.5],
    'soft_shrink': [-0.5, 0.5], 'shrink': [-0.5, 0.5], 'thresholded_relu': [1], 'sigmoid': [-103.97, -87.34, 16.64],
    'tanh': [9.01, 0.55], 'silu': [-110.6, -91.9, 16.6], 'swish': [-110.6, -91.9, 16.6], 'gelu': [-14.2, -12.9, 5.1],
    'gelu_tanh': [-10.0, -9.3], 'quick_gelu': [-64.5, -53.9], 'mish': [-110.6, -91.9], 'softplus': [-103.97, -87.34, 16.64],
    'log_sigmoid': [103.97, 87.34, -16.64], 'elu': [-17.33, -103.97], 'celu': [-17.33, -103.97], 'selu': [-17.33, -104.5],
    'scaled_elu': [-17.33, -103.97], 'exp': [88.7228, -87.3365, -103.97], 'expm1': [88.7228, -17.33], 'gaussian': [9.34, 10.19],
    'erf': [0.84375, 1.25, 2.857, 3.92, 9.3], 'rectified_tanh': [9.01], 'square': [1.8e19, 2.6e-23], 'cube': [6.9e12, 1.1e-15],
    'relu_squared': [1.8e19, 2.6e-23], 'softsign': [16777216.0], 'squareplus': [-1.6e7], 'tanh_shrink': [0.01, 9.01],
    'isru': [-4096.0, 1.8e19], 'isrlu': [-4096.0, -1.8e19], 'bent_identity': [-4096.0, 1.8e19], 'rational_tanh': [64.0],
    'sqrt': [2.0, 1.1754943508222875e-38],
}
DOUBLE_TURNS = {
    'exp': [709.78271289338, -708.39641853227, -745.133], 'expm1': [709.78271289338, -37.43], 'sigmoid': [-708.396, -745.13],
    'tanh': [19.06], 'gelu': [-37.5, -38.4], 'gaussian': [26.615, 27.29], 'silu': [-708.4], 'swish': [-708.4], 'mish': [-708.4],
    'softplus': [-708.4, 36.74], 'log_sigmoid': [708.4, -36.74], 'elu': [-37.43], 'celu': [-37.43], 'selu': [-37.43],
    'scaled_elu': [-37.43], 'erf': [5.92, 0.84375, 1.25, 2.857], 'quick_gelu': [-416.2], 'gelu_tanh': [-21.4],
    'rectified_tanh': [19.06], 'square': [1.3407807929942596e154, 1.4916681462400413e-154],
    'cube': [5.643803094122362e102, 2.8126442852362996e-103], 'relu_squared': [1.3407807929942596e154], 'softsign': [9.1e15],
    'squareplus': [-9.5e7, 1.3407807929942596e154], 'isru': [9.5e7, 3.4e10, 1.3407807929942596e154],
    'isrlu': [-9.5e7, -3.4e10, -1.3407807929942596e154], 'bent_identity': [9.5e7, 1.3407807929942596e154],
    'tanh_shrink': [0.01, 0.35, 19.06], 'rational_tanh': [8.1e3], 'relu6': [6.0], 'hard_sigmoid': [-3.0, 3.0],
    'hard_tanh': [-1.0, 1.0], 'hard_swish': [-3.0, -1.5, 3.0], 'hard_shrink': [-0.5, 0.5], 'soft_shrink': [-0.5, 0.5],
    'shrink': [-0.5, 0.5], 'thresholded_relu': [1.0], 'sqrt': [2.0, 2.2250738585072014e-308, 2.0 ** 512],
}
# Where double results of f or f' become subnormal and then vanish.
EXPONENTIAL = (-747.0, -690.0)
DOUBLE_TAILS = {
    'exp': [EXPONENTIAL], 'expm1': [EXPONENTIAL], 'sigmoid': [EXPONENTIAL, (690.0, 747.0)], 'tanh': [(340.0, 374.0)],
    'swish': [(-756.0, -690.0)], 'silu': [(-756.0, -690.0)], 'mish': [(-756.0, -690.0)], 'quick_gelu': [(-444.0, -405.0)],
    'gelu': [(-38.7, -37.3)], 'gelu_tanh': [(-21.8, -21.1)], 'softplus': [EXPONENTIAL], 'log_sigmoid': [(690.0, 747.0)],
    'elu': [EXPONENTIAL], 'celu': [EXPONENTIAL], 'selu': [EXPONENTIAL], 'scaled_elu': [EXPONENTIAL], 'gaussian': [(26.5, 27.4)],
    'erf': [(26.5, 27.4)], 'rectified_tanh': [(340.0, 374.0)], 'square': [(1e-163, 1e-153)], 'relu_squared': [(1e-163, 1e-153)],
    'cube': [(1e-163, 1e-153), (1e-109, 1e-102)], 'softsign': [(1e153, 1e163)],
    'squareplus': [(-1e163, -1e153), (-1.7e308, -1e305)],
    'isru': [(1e102, 1e109)], 'isrlu': [(-1e109, -1e102)], 'rational_tanh': [(1e61, 1e66)],
    'tanh_shrink': [(1e-109, 1e-102), (1e-163, 1e-153)],
}
# For other parameters: what multiplies x in the exponent.
EXPONENT_FACTORS = {'swish': lambda b: b, 'softplus': lambda b: b, 'celu': lambda a: 1 / a, 'elu': lambda a: 1.0,
                    'scaled_elu': lambda g, a: 1.0}
DOUBLE_FEW = [3e-310, 4.1e-160, 3.3e-9, 0.0123, 0.47, 1.1, 5.3, 77.3, 2.2e12, 1.7e300]
DOUBLE_OTHERS = {
    'elu': [(2.0 ** -60,)], 'celu': [(2.0 ** -20,)], 'swish': [(2.0 ** -20,), (1e-30,)], 'softplus': [(2.0 ** 20,)],
    'isru': [(2.0 ** -20,)], 'isrlu': [(2.0 ** -20,)], 'scaled_elu': [(2.0 ** -60, 0.3)], 'leaky_relu': [(0.3,)],
    'hard_sigmoid': [(1e-5, 2e-3)], 'squareplus': [(7.7,)],
}


def to_float32(value):
    return struct.unpack('<f', struct.pack('<f', value))[0]


def is_float32(value):
    return abs(value) <= MAGNITUDES[-1] and to_float32(value) == value


def neighbour32(value, steps):
    bits = struct.unpack('<i', struct.pack('<f', value))[0]
    return struct.unpack('<f', struct.pack('<i', bits + steps))[0]


def zero(function, start, parameters):
    mp.dps = 80
    return mp.findroot(lambda x: FUNCTIONS[function][1](x, *parameters), (start, start * mpf("1.001")))


def multiples_of_half_pi(bits, exponents):
    """Numbers of so many bits that are unusually near to a multiple of pi/2, large ones above all: from the continued fraction
    of 2^e / (pi/2)."""
    mp.dps = 200 if bits == 24 else 700
    found = []
    for exponent in exponents:
        ratio = mpf(2) ** exponent / (mp.pi / 2)
        p0, q0, p1, q1 = 1, 0, int(mp.floor(ratio)), 1
        rest = ratio - p1
        while rest > mpf(10) ** -60:
            rest = 1 / rest
            a = int(mp.floor(rest))
            p0, q0, p1, q1 = p1, q1, a * p1 + p0, a * q1 + q0
            rest -= a
            if q1 >= 1 << bits:
                break
        if 1 << 10 < q0 < 1 << bits and p0 > 0:
            found.append(float(q0) * 2.0 ** exponent)
    return found


def points32(function, parameters, defaults):
    if not defaults:
        xs = [s * m for m in FEW for s in (1, -1)] + [b for p in parameters if abs(p) < 1e9 for b in (float(p), -float(p))]
        if function == 'swish' and parameters[0] != 0:
            near = float(mpf(ZEROS['swish']) / parameters[0])
            xs += around32(zero(function, near, parameters))
        return xs
    xs = [s * m for m in MAGNITUDES for s in (1, -1)] + [0.0]
    for turn in TURNS.get(function, []):
        xs += [float(turn)] if function != 'sin' else []
        xs += [neighbour32(to_float32(turn), step) for step in (1, -1)]
    if function in ZEROS:
        xs += around32(zero(function, ZEROS[function], parameters))
    if function == 'sin':
        xs += [float(mpf(k) * mp.pi / 2) * s for k in (1, 2, 3, 4, 5, 11, 22, 355 * 2) for s in (1, -1)]
        xs += multiples_of_half_pi(24, range(-23, 105, 4))
        r = random.Random(20)
        xs += [r.choice((-1, 1)) * (1 + r.random()) * 2.0 ** e for e in range(20, 128, 3)]
    return xs


def around32(x):
    """The floats on both sides of a number, and others farther away."""
    near = to_float32(float(x))
    return [neighbour32(near, step) for step in (-1, 0, 1, -700, 700, -(1 << 17), 1 << 17)]


def neighbour64(value, steps):
    bits = struct.unpack('<q', struct.pack('<d', value))[0]
    return struct.unpack('<d', struct.pack('<q', bits + steps))[0]


def around64(x):
    """The doubles on both sides of a number, and others farther away."""
    return [neighbour64(float(x), step) for step in (0, -1, 1, -700, 700, -(1 << 29), 1 << 29, -(1 << 46), 1 << 46)]


def between(low, high, count):
    """Random numbers, the same in every run; evenly in their logarithm where the range is wide."""
    r = random.Random(64)
    if abs(high / low) < 2 and abs(low / high) < 2:
        return [r.uniform(low, high) for _ in range(count)]
    return [math.copysign(math.exp(r.uniform(math.log(abs(low)), math.log(abs(high)))), low) for _ in range(count)]


def points64(function, parameters, defaults):
    if not defaults:
        xs = [s * m for m in DOUBLE_FEW for s in (1, -1)]
        xs += [neighbour64(float(p) * s, step) for p in parameters if 0 < abs(p) < 1e9 for s in (1, -1) for step in (0, -1, 1)]
        factor = EXPONENT_FACTORS[function](*parameters) if function in EXPONENT_FACTORS else 0
        if factor:
            exponents = between(*EXPONENTIAL, 6) + [-37.43, -0.7, -1e-9, -790.1, -1432.1, 36.74]
            xs += [v / factor for v in exponents if abs(v / factor) < 1e308]
            if function == 'swish':
                xs += around64(zero(function, float(mpf(ZEROS[function]) / parameters[0]), parameters))
        return xs
    xs = [s * m for m in DOUBLE_MAGNITUDES for s in (1, -1)]
    xs = xs[:] if function in ('sin',) else [x for i, x in enumerate(xs) if i % 3 != 1 or abs(x) > 1e-4]
    xs += [neighbour64(turn, step) for turn in DOUBLE_TURNS.get(function, []) for step in (0, -1, 1)]
    xs += [x for low, high in DOUBLE_TAILS.get(function, []) for x in between(low, high, 10)]
    if function in ZEROS:
        xs += around64(zero(function, ZEROS[function], parameters))
    if function == 'sin':
        xs += [neighbour64(float(mpf(k) * mp.pi / 2) * s, step) for k in (1, 2, 3, 11, 710) for s in (1, -1) for step in (0, 1)]
        xs += multiples_of_half_pi(53, range(-52, 972, 31)) + [6381956970095103 * 2.0 ** 797]
        r = random.Random(20)
        xs += [r.choice((-1, 1)) * (1 + r.random()) * 2.0 ** e for e in range(20, 1024, 29)]
    return xs


# ---- the table

def settled(f, x, parameters):
    """The value to 40 digits: the same with twice the precision. An exact zero must be one with every precision."""
    before = None
    for digits in PRECISIONS:
        mp.dps = digits
        value = f(mpf(x), *exact(parameters))
        if isinstance(value, float) and math.isnan(value) or mp.isinf(value):
            return value
        if before is not None and value != 0 and abs(value - before) <= abs(value) * mpf(10) ** -40:
            return value
        if before and value and (max(abs(value), abs(before)) < TINY or min(abs(value), abs(before)) > HUGE):
            return value
        before = value
    if before != 0:
        sys.exit(f'{f} at {x!r} does not settle: {before}')
    return before


def exact(parameters):
    return [mpf(1) / 6 if p == SIXTH else mpf(p) for p in parameters]


def text(value):
    if isinstance(value, float) and math.isnan(value):
        return 'nan'
    if abs(value) > HUGE:
        return 'inf' if value > 0 else '-inf'
    if abs(value) < TINY:
        return '0'
    mp.dps = 50
    return mp.nstr(value, DIGITS, strip_zeros=True, min_fixed=-4, max_fixed=8)


def rows(function, kind, parameters, xs):
    seen = set()
    for x in xs:
        if kind == 'float32':
            x = to_float32(x)
        elif is_float32(x):
            continue
        if x in seen:
            continue
        seen.add(x)
        f, slope = FUNCTIONS[function]
        shown = ' '.join('default' if p == SIXTH else repr(p) for p in parameters)
        yield f'{function},{shown},{kind},{float(x).hex()},{text(settled(f, x, parameters))},{text(settled(slope, x, parameters))}'


def check_slopes():
    """The derivatives written above are those of the functions written above."""
    mp.dps = 40
    for function, (f, slope) in FUNCTIONS.items():
        parameters = exact(DEFAULTS.get(function, ()))
        for x in (mpf('-2.3'), mpf('-0.31'), mpf('0.27'), mpf('1.9')):
            if function == 'sqrt' and x < 0:
                continue
            difference = mp.diff(lambda t: f(t, *parameters), x)
            if abs(difference - slope(x, *parameters)) > mpf(10) ** -25:
                sys.exit(f'{function}\' at {x} is {difference}, not {slope(x, *parameters)}')


def main():
    check_slopes()
    print('function,parameters,type,x,f,derivative')
    for function in FUNCTIONS:
        for kind in ('float32', 'float64'):
            rounded = to_float32 if kind == 'float32' else float

            def of_type(values):
                return tuple(v if v == SIXTH else rounded(v) for v in values)

            defaults = of_type(DEFAULTS.get(function, ()))
            points = points32 if kind == 'float32' else points64
            for row in rows(function, kind, defaults, points(function, exact(defaults), True)):
                print(row)
            for other in OTHERS.get(function, []) + (DOUBLE_OTHERS.get(function, []) if kind == 'float64' else []):
                for row in rows(function, kind, of_type(other), points(function, of_type(other), False)):
                    print(row)


if __name__ == '__main__':
    main()
