// sin x in double for every finite x, reduced by the method of Payne and Hanek: x = quadrant pi/2 + r, |r| <= pi/4, r a pair.
//
// a = |x| = m 2^e with an integer m of 53 bits. Of the bits of 2/pi only the 192 matter that begin where m 2^e 2^-k drops below
// 4: m times them, modulo 4, is a fixed-point number of 2 + 126 bits, right to 2^-137, while no double comes closer to a
// multiple of pi/2 than 2^-62. The 64-bit words of 2/pi, a zero word before them, are moved into place by a tree of selects,
// one level for each bit of the position. Up to pi/4 nothing is reduced.
#define TWO_OVER_PI64_1 0xA2F9836E4E441529ul
#define TWO_OVER_PI64_2 0xFC2757D1F534DDC0ul
#define TWO_OVER_PI64_3 0xDB6295993C439041ul
#define TWO_OVER_PI64_4 0xFE5163ABDEBBC561ul
#define TWO_OVER_PI64_5 0xB7246E3A424DD2E0ul
#define TWO_OVER_PI64_6 0x06492EEA09D1921Cul
#define TWO_OVER_PI64_7 0xFE1DEB1CB129A73Eul
#define TWO_OVER_PI64_8 0xE88235F52EBB4484ul
#define TWO_OVER_PI64_9 0xE99C7026B45F7E41ul
#define TWO_OVER_PI64_10 0x3991D639835339F4ul
#define TWO_OVER_PI64_11 0x9C845F8BBDF9283Bul
#define TWO_OVER_PI64_12 0x1FF897FFDE05980Ful
#define TWO_OVER_PI64_13 0xEF2F118B5A0A6D1Ful
#define TWO_OVER_PI64_14 0x6D367ECF27CB09B7ul
#define TWO_OVER_PI64_15 0x4F463F669E5FEA2Dul
#define TWO_OVER_PI64_16 0x7527BAC7EBE5F17Bul
#define TWO_OVER_PI64_17 0x3D0739F78A5292EAul
#define TWO_OVER_PI64_18 0x6BFB5FB11F8D5D08ul
#define TWO_OVER_PI64_19 0x56033046FC7B6BABul
#define ANGLE64_UNIT_HI 0x1.921fb54442d18p-126
#define ANGLE64_UNIT_LO 0x1.1a62633145c07p-180
#define QUARTER_PI64 0x1.921fb54442d18p-1

typedef struct { double hi; double lo; ulong quadrant; } angle64;

double double_of_52_bits64(ulong v) { return as_double(v | 0x4330000000000000ul) - 0x1p52; }

angle64 reduced64(double a) {
    ulong bits = as_ulong(at_least(a, 0.5));
    ulong m = (bits & 0xFFFFFFFFFFFFFul) | 0x10000000000000ul;
    ulong at = (bits >> 52) - 1013ul;                                         // position of the first bit, 9 to 1033
    bool top = (at & 1024ul) != 0ul;
    ulong v0 = top ? TWO_OVER_PI64_16 : 0ul;
    ulong v1 = top ? TWO_OVER_PI64_17 : TWO_OVER_PI64_1;
    ulong v2 = top ? TWO_OVER_PI64_18 : TWO_OVER_PI64_2;
    ulong v3 = top ? TWO_OVER_PI64_19 : TWO_OVER_PI64_3;
    bool half_way = (at & 512ul) != 0ul;
    ulong u0 = half_way ? TWO_OVER_PI64_8 : v0;
    ulong u1 = half_way ? TWO_OVER_PI64_9 : v1;
    ulong u2 = half_way ? TWO_OVER_PI64_10 : v2;
    ulong u3 = half_way ? TWO_OVER_PI64_11 : v3;
    ulong u4 = half_way ? TWO_OVER_PI64_12 : TWO_OVER_PI64_4;
    ulong u5 = half_way ? TWO_OVER_PI64_13 : TWO_OVER_PI64_5;
    ulong u6 = half_way ? TWO_OVER_PI64_14 : TWO_OVER_PI64_6;
    ulong u7 = half_way ? TWO_OVER_PI64_15 : TWO_OVER_PI64_7;
    ulong u8 = half_way ? TWO_OVER_PI64_16 : TWO_OVER_PI64_8;
    ulong u9 = half_way ? TWO_OVER_PI64_17 : TWO_OVER_PI64_9;
    ulong u10 = half_way ? TWO_OVER_PI64_18 : TWO_OVER_PI64_10;
    bool quarter = (at & 256ul) != 0ul;
    ulong b0 = quarter ? u4 : u0;
    ulong b1 = quarter ? u5 : u1;
    ulong b2 = quarter ? u6 : u2;
    ulong b3 = quarter ? u7 : u3;
    ulong b4 = quarter ? u8 : u4;
    ulong b5 = quarter ? u9 : u5;
    ulong b6 = quarter ? u10 : u6;
    bool eighth = (at & 128ul) != 0ul;
    ulong c0 = eighth ? b2 : b0;
    ulong c1 = eighth ? b3 : b1;
    ulong c2 = eighth ? b4 : b2;
    ulong c3 = eighth ? b5 : b3;
    ulong c4 = eighth ? b6 : b4;
    bool word = (at & 64ul) != 0ul;
    ulong w0 = word ? c1 : c0;
    ulong w1 = word ? c2 : c1;
    ulong w2 = word ? c3 : c2;
    ulong w3 = word ? c4 : c3;
    ulong s = at & 63ul;
    ulong t0 = (w0 << s) | ((w1 >> 1) >> (63ul - s));
    ulong t1 = (w1 << s) | ((w2 >> 1) >> (63ul - s));
    ulong t2 = (w2 << s) | ((w3 >> 1) >> (63ul - s));
    ulong middle = m * t1;
    ulong low = middle + mul_hi(m, t2);                                       // a 2/pi modulo 4 is (high, low), unit 2^-126
    ulong high = m * t0 + mul_hi(m, t1) + (low < middle ? 1ul : 0ul);
    ulong shifted = high + 0x2000000000000000ul;                              // + 1/2
    ulong f = shifted & 0x3FFFFFFFFFFFFFFFul;
    bool negative = f < 0x2000000000000000ul;                                 // the distance from the nearest integer
    ulong whole = negative ? (0x2000000000000000ul - f) - (low != 0ul ? 1ul : 0ul) : f - 0x2000000000000000ul;
    ulong rest = negative ? 0ul - low : low;
    double first = double_of_52_bits64(whole >> 12) * 0x1p76;
    double second = double_of_52_bits64(((whole & 0xFFFul) << 40) | (rest >> 24)) * 0x1p24;
    pair64 v = fast_two_sum64(first, second);
    v = fast_two_sum64(v.hi, v.lo + double_of_52_bits64(rest & 0xFFFFFFul));
    v = pair_times64(v, pair_of64(ANGLE64_UNIT_HI, ANGLE64_UNIT_LO));
    bool small = a <= QUARTER_PI64;
    double hi = negative ? -v.hi : v.hi;
    double lo = negative ? -v.lo : v.lo;
    angle64 r = { small ? a : hi, small ? 0.0 : lo, small ? 0ul : shifted >> 62 };
    return r;
}

// degree 6 on [0.0, 0.6184], error 2^-57.1
#define SIN64_C0 -0x1.5555555555555p-3
#define SIN64_C1 0x1.111111111111p-7
#define SIN64_C2 -0x1.a01a01a019921p-13
#define SIN64_C3 0x1.71de3a545dd92p-19
#define SIN64_C4 -0x1.ae64540e0633bp-26
#define SIN64_C5 0x1.61217b49ad79ap-33
#define SIN64_C6 -0x1.ab159dc3b3c21p-41
// degree 5 on [0.0, 0.6184], error 2^-59.5
#define COS64_C0 0x1.5555555555555p-5
#define COS64_C1 -0x1.6c16c16c1695ep-10
#define COS64_C2 0x1.a01a019f4c9c5p-16
#define COS64_C3 -0x1.27e4fa1529574p-22
#define COS64_C4 0x1.1eeb661c764f3p-29
#define COS64_C5 -0x1.907b9fa75dee8p-37

// The sine of the angle and n quadrants
double sine_of_angle64(angle64 t, ulong n) {
    double s = t.hi * t.hi;
    double s_lo = fma(t.hi, t.hi, -s);
    double p = fma(SIN64_C6, s, SIN64_C5);
    p = fma(p, s, SIN64_C4);
    p = fma(p, s, SIN64_C3);
    p = fma(p, s, SIN64_C2);
    p = fma(p, s, SIN64_C1);
    p = fma(p, s, SIN64_C0);
    double sine = t.hi + fma(t.lo, fma(-0.5, s, 1.0), (t.hi * s) * p);
    double q = fma(COS64_C5, s, COS64_C4);
    q = fma(q, s, COS64_C3);
    q = fma(q, s, COS64_C2);
    q = fma(q, s, COS64_C1);
    q = fma(q, s, COS64_C0);
    double w = fma(-0.5, s, 1.0);
    double w_lo = fma(-0.5, s, 1.0 - w) + (fma(s * s, q, -(t.hi * t.lo)) - 0.5 * s_lo);
    double y = (n & 1ul) != 0ul ? w + w_lo : sine;
    return as_double(as_ulong(y) ^ ((n & 2ul) << 62));
}

// NaN at the infinities, which have no limit
double forward64(double x) {
    double a = absolute64(x);
    angle64 t = reduced64(a);
    double y = sine_of_angle64(t, t.quadrant);
    y = as_double(as_ulong(y) ^ (as_ulong(x) & SIGN_BIT64));
    return a <= LARGEST64 ? y : as_double(NAN_BITS64);
}

// cos x
double derivative64(double x) {
    double a = absolute64(x);
    angle64 t = reduced64(a);
    double y = sine_of_angle64(t, t.quadrant + 1ul);
    return a <= LARGEST64 ? y : as_double(NAN_BITS64);
}
