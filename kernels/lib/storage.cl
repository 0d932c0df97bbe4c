// Types that elements are only kept in: a function of such elements is computed in float, and its result is rounded once, to
// nearest even. By integers, because a device need not know the types, and the hardware of one that does may lose NaN or
// subnormal numbers. Elements are their bits in the low half of a uint.

// ---- float16: 1 sign, 5 exponent, 10 fraction bits
#define FLOAT16_INFINITY 0x7C00u
#define FLOAT16_NAN 0x7E00u

float from_float16(uint bits) {
    uint m = bits & 0x7FFFu;
    float tiny = (float)(int)m * 0x1p-24f;
    float usual = as_float((m << 13) + 0x38000000u);                          // the exponent's bias goes from 15 to 127
    float special = as_float((m << 13) + 0x70000000u);
    float v = m < 0x400u ? tiny : m < FLOAT16_INFINITY ? usual : special;
    return as_float(as_uint(v) | ((bits & 0x8000u) << 16));
}

uint to_float16(float x) {
    uint a = as_uint(x) & 0x7FFFFFFFu;
    // Below 2^-14 the last place is 2^-24, which is that of 0.5: the addition rounds. Above, the carry of what is added may
    // go into the exponent, up to that of infinity.
    uint tiny = as_uint(as_float(a) + 0.5f) - 0x3F000000u;
    uint usual = ((a + 0xFFFu + ((a >> 13) & 1u)) - 0x38000000u) >> 13;
    uint m = a < 0x38800000u ? tiny : a < 0x47800000u ? usual : a > 0x7F800000u ? FLOAT16_NAN : FLOAT16_INFINITY;
    return m | ((as_uint(x) >> 16) & 0x8000u);
}

// ---- bfloat16: the upper half of a float
#define BFLOAT16_NAN 0x7FC0u

float from_bfloat16(uint bits) {
    return as_float(bits << 16);
}

uint to_bfloat16(float x) {
    uint a = as_uint(x);
    uint m = (a + 0x7FFFu + ((a >> 16) & 1u)) >> 16;
    return x == x ? m : BFLOAT16_NAN;
}
