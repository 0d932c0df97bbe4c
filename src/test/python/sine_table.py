#!/usr/bin/env python3
"""Writes sin x and cos x of large floats.    usage: python3 sine_table.py > ../resources/sine.csv

Needs numpy and mpmath; nothing in the build runs it. For every exponent from 20 to 127 there are four floats: the two that come
nearest to an even and to an odd multiple of pi/2 among all 2^23, where the reduction of the argument loses most, and two others.
Each line is the bits of x, sin x and cos x, both to 25 digits.
"""
import numpy as np
import mpmath as mp

mp.mp.dps = 120                       # 2^128 takes 39 digits before the point


def nearest(exponent):
    """The significands m (24 bits) for which m 2^(exponent - 23) is nearest to a multiple of pi: those nearest to k pi/2."""
    window = int(mp.floor(mp.ldexp(2 / mp.pi, exponent - 23 + 62))) % 2 ** 64      # 2^(exponent - 23) 2/pi modulo 4, 62 bits
    m = np.arange(2 ** 23, 2 ** 24, dtype=np.uint64)
    quadrants = m * np.uint64(window)                                             # modulo 4, by the overflow
    for odd in (0, 1):
        doubled = (quadrants - np.uint64(odd << 62)) * np.uint64(2)               # 0 at even or odd multiples
        yield int(m[np.argmin(np.abs(doubled.view(np.int64)))])


def line(significand, exponent):
    x = mp.ldexp(significand, exponent - 23)
    bits = (exponent + 127) << 23 | significand - 2 ** 23
    print("%08x,%s,%s" % (bits, mp.nstr(mp.sin(x), 25), mp.nstr(mp.cos(x), 25)))


def main():
    random = np.random.RandomState(1)
    for exponent in range(20, 128):
        for significand in nearest(exponent):
            line(significand, exponent)
        for significand in random.randint(2 ** 23, 2 ** 24, 2):
            line(int(significand), exponent)


if __name__ == "__main__":
    main()
