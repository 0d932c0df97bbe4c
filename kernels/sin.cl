// Sine: sin x                                                                             Sitzmann et al. 2020
// NaN at the infinities, where it has no limit.
//
// |x| = n pi/2 + r, |r| <= pi/4, by the method of Payne and Hanek 1983, in 32-bit integers and without a case for large x.
// |x| = m 2^e with a 24-bit integer m. Of the bits of 2/pi only the 96 matter that begin where m 2^e times a bit drops below 4;
// what is before them contributes multiples of 4, what is behind less than 2^-62. m times the first 64 of these, modulo 4, is a
// number of 64 bits of which two are before the point; the last 32 contribute their carry. Below 2^-7 r is x.
// Constants: src/test/python/fit.py.
#define TWO_OVER_PI_1 0xA2F9836Eu
#define TWO_OVER_PI_2 0x4E441529u
#define TWO_OVER_PI_3 0xFC2757D1u
#define TWO_OVER_PI_4 0xF534DDC0u
#define TWO_OVER_PI_5 0xDB629599u
#define TWO_OVER_PI_6 0x3C439041u
#define TWO_OVER_PI_7 0xFE5163ABu
// 2^-62 pi/2
#define ANGLE_UNIT_HI 0x1.921fb6p-62f
#define ANGLE_UNIT_LO -0x1.777a5cp-87f
// (sin r - r) / r^3 in r^2, degree 3 on [0.0, 0.617007], error 2^-32.5
#define SIN_C0 -0x1.555556p-3f
#define SIN_C1 0x1.111174p-7f
#define SIN_C2 -0x1.a0595cp-13f
#define SIN_C3 0x1.7c3272p-19f
// (cos r - 1 + r^2 / 2) / r^4 in r^2, degree 3 on [0.0, 0.617007], error 2^-37.2
#define COS_C0 0x1.555556p-5f
#define COS_C1 -0x1.6c1762p-10f
#define COS_C2 0x1.a075e6p-16f
#define COS_C3 -0x1.372348p-22f

typedef struct { float hi; float lo; uint quadrant; } angle;

// a >= 0. 32 j + shift is where the 96 bits begin, counted from 32 bits before the point of 2/pi; 0 <= j <= 4.
angle reduced(float a) {
    uint bits = as_uint(at_least(a, 0x1p-7f));
    uint m = (bits & 0x7FFFFFu) | 0x800000u;
    uint start = (bits >> 23) - 120u;
    bool one = (start & 32u) != 0u;
    bool two = (start & 64u) != 0u;
    bool four = (start & 128u) != 0u;
    uint v0 = two ? TWO_OVER_PI_2 : 0u;
    uint v1 = two ? TWO_OVER_PI_3 : TWO_OVER_PI_1;
    uint v2 = two ? TWO_OVER_PI_4 : TWO_OVER_PI_2;
    uint v3 = two ? TWO_OVER_PI_5 : TWO_OVER_PI_3;
    uint v4 = two ? TWO_OVER_PI_6 : TWO_OVER_PI_4;
    uint w0 = four ? TWO_OVER_PI_4 : one ? v1 : v0;
    uint w1 = four ? TWO_OVER_PI_5 : one ? v2 : v1;
    uint w2 = four ? TWO_OVER_PI_6 : one ? v3 : v2;
    uint w3 = four ? TWO_OVER_PI_7 : one ? v4 : v3;
    uint shift = start & 31u;
    uint back = 31u - shift;
    uint t0 = (w0 << shift) | ((w1 >> 1) >> back);
    uint t1 = (w1 << shift) | ((w2 >> 1) >> back);
    uint t2 = (w2 << shift) | ((w3 >> 1) >> back);
    uint carried = mul_hi(m, t2);
    uint low = m * t1 + carried;
    uint high = m * t0 + mul_hi(m, t1) + (low < carried ? 1u : 0u);
    // a 2/pi modulo 4 in units of 2^-62. The 62 bits behind the nearest integer are a signed number; it is cut in three.
    int top = (int)(high << 2) >> 8;
    uint middle = ((high << 18) & 0xFFFFFFu) | (low >> 14);
    pair f = fast_two_sum((float)top * 0x1p38f, (float)(int)middle * 0x1p14f);
    f = fast_two_sum(f.hi, f.lo + (float)(int)(low & 0x3FFFu));
    f = pair_times(f, pair_of(ANGLE_UNIT_HI, ANGLE_UNIT_LO));
    bool reduces = a >= 0x1p-7f;
    angle r = { reduces ? f.hi : a, reduces ? f.lo : 0.0f, (high + 0x20000000u) >> 30 };
    return r;
}

// The sine of the angle in this many quadrants more, with another sign where flip has the sign bit
float sine_of(angle r, uint turn, uint flip) {
    uint n = r.quadrant + turn;
    pair s = two_product(r.hi, r.hi);
    float half_rest = fma(-0.5f, s.hi, 1.0f);
    float p = fma(SIN_C3, s.hi, SIN_C2);
    p = fma(p, s.hi, SIN_C1);
    p = fma(p, s.hi, SIN_C0);
    float sine = r.hi + fma(r.lo, half_rest, (r.hi * s.hi) * p);
    float q = fma(COS_C3, s.hi, COS_C2);
    q = fma(q, s.hi, COS_C1);
    q = fma(q, s.hi, COS_C0);
    float small = fma(s.hi * s.hi, q, -(r.hi * r.lo)) - 0.5f * s.lo;
    float cosine = half_rest + (fma(-0.5f, s.hi, 1.0f - half_rest) + small);
    float y = (n & 1u) != 0u ? cosine : sine;
    return as_float(as_uint(y) ^ ((n & 2u) << 30) ^ flip);
}

float forward(float x) {
    float a = absolute(x);
    float y = sine_of(reduced(a), 0u, as_uint(x) & SIGN_BIT);
    return a <= LARGEST ? y : NAN;
}

// cos x
float derivative(float x) {
    float a = absolute(x);
    float y = sine_of(reduced(a), 1u, 0u);
    return a <= LARGEST ? y : NAN;
}

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
