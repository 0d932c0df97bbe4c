// The kernel language's own names in C, so that kernel texts compile as they are. Include before the texts.
//
// Contraction must be off (-ffp-contract=off). OWN_RECIPROCAL: reciprocal() by the fma sequence of math.cl instead of /.
#ifndef KERNEL_LANGUAGE_H
#define KERNEL_LANGUAGE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef uint32_t uint;
typedef uint64_t ulong;
#ifndef REAL
#define REAL float
#endif
typedef REAL real;

#define KERNEL_LANGUAGE_CAST(name, to, from) static inline to name(from v) { to r; memcpy(&r, &v, sizeof r); return r; }
KERNEL_LANGUAGE_CAST(as_float_of_uint, float, uint32_t)
KERNEL_LANGUAGE_CAST(as_float_of_int, float, int32_t)
KERNEL_LANGUAGE_CAST(as_int_of_float, int32_t, float)
KERNEL_LANGUAGE_CAST(as_int_of_uint, int32_t, uint32_t)
KERNEL_LANGUAGE_CAST(as_uint_of_float, uint32_t, float)
KERNEL_LANGUAGE_CAST(as_uint_of_int, uint32_t, int32_t)
KERNEL_LANGUAGE_CAST(as_double_of_ulong, double, uint64_t)
KERNEL_LANGUAGE_CAST(as_double_of_long, double, int64_t)
KERNEL_LANGUAGE_CAST(as_long_of_double, int64_t, double)
KERNEL_LANGUAGE_CAST(as_long_of_ulong, int64_t, uint64_t)
KERNEL_LANGUAGE_CAST(as_ulong_of_double, uint64_t, double)
KERNEL_LANGUAGE_CAST(as_ulong_of_long, uint64_t, int64_t)
#define as_float(v) _Generic((v), uint32_t: as_float_of_uint, int32_t: as_float_of_int)(v)
#define as_int(v) _Generic((v), float: as_int_of_float, uint32_t: as_int_of_uint)(v)
#define as_uint(v) _Generic((v), float: as_uint_of_float, int32_t: as_uint_of_int)(v)
#define as_double(v) _Generic((v), uint64_t: as_double_of_ulong, int64_t: as_double_of_long)(v)
#define as_long(v) _Generic((v), double: as_long_of_double, uint64_t: as_long_of_ulong)(v)
#define as_ulong(v) _Generic((v), double: as_ulong_of_double, int64_t: as_ulong_of_long)(v)

static inline float fma_of_float(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
static inline double fma_of_double(double a, double b, double c) { return __builtin_fma(a, b, c); }
#define fma(a, b, c) _Generic((a) + (b) + (c), float: fma_of_float, double: fma_of_double)((a), (b), (c))

#ifdef OWN_RECIPROCAL
float reciprocal_by_fma(float b);
#define reciprocal_of_float reciprocal_by_fma
#else
static inline float reciprocal_of_float(float b) { return 1.0f / b; }
#endif
static inline double reciprocal_of_double(double b) { return 1.0 / b; }
#define reciprocal(b) _Generic((b), float: reciprocal_of_float, double: reciprocal_of_double)(b)

static inline uint32_t mul_hi_of_uint(uint32_t a, uint32_t b) { return (uint32_t)((uint64_t)a * b >> 32); }
static inline uint64_t mul_hi_of_ulong(uint64_t a, uint64_t b) { return (uint64_t)((unsigned __int128)a * b >> 64); }
static inline int32_t mul_hi_of_int(int32_t a, int32_t b) { return (int32_t)((int64_t)a * b >> 32); }
static inline int64_t mul_hi_of_long(int64_t a, int64_t b) { return (int64_t)((__int128)a * b >> 64); }
#define mul_hi(a, b) _Generic((a), uint32_t: mul_hi_of_uint, uint64_t: mul_hi_of_ulong, int32_t: mul_hi_of_int, \
    int64_t: mul_hi_of_long)((a), (b))

#ifndef INFINITY
#define INFINITY __builtin_inff()
#define NAN __builtin_nanf("")
#endif

#endif
