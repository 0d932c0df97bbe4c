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
