// built with: -cl-std=CL1.2
#pragma OPENCL FP_CONTRACT OFF
#define reciprocal(b) reciprocal_by_fma(b)
typedef float real;
#line 15 "kernels/lib/math.cl"
#define TWO_P64_BITS 0x5F800000u
#line 16 "kernels/lib/math.cl"
#define TWO_M64 0x1p-64f
#line 20 "kernels/lib/math.cl"
float absolute(float x) { return as_float(as_uint(x) & 0x7FFFFFFFu); }
#line 25 "kernels/lib/math.cl"
real at_most(real x, real high) { return x > high ? high : x; }
#line 49 "kernels/lib/math.cl"
#define RECIPROCAL_SEED 0x7EF31000u
#line 50 "kernels/lib/math.cl"
#define RECIPROCAL_BIAS 0x1.00d1b8p+0f
#line 52 "kernels/lib/math.cl"
float reciprocal_by_fma(float b) {
    float y = as_float(RECIPROCAL_SEED - as_uint(b));
    float e = fma(-b, y, 1.0f);
    y = y * fma(RECIPROCAL_BIAS, e, RECIPROCAL_BIAS);
    e = fma(-b, y, 1.0f);
    y = fma(y, fma(e, e, e), y);
    e = fma(-b, y, 1.0f);
    return fma(y, e, y);
}
#line 63 "kernels/lib/math.cl"
typedef struct { float hi; float lo; } pair;
#line 65 "kernels/lib/math.cl"
pair pair_of(float hi, float lo) {
    pair r = { hi, lo };
    return r;
}
#line 71 "kernels/lib/math.cl"
pair fast_two_sum(float a, float b) {
    float s = a + b;
    return pair_of(s, (a - s) + b);
}
#line 83 "kernels/lib/math.cl"
pair two_sum(float a, float b) {
    float s = a + b;
    float t = s - a;
    return pair_of(s, (a - (s - t)) + (b - t));
}
#line 90 "kernels/lib/math.cl"
pair two_product(float a, float b) {
    float p = a * b;
    return pair_of(p, fma(a, b, -p));
}
#line 95 "kernels/lib/math.cl"
pair pair_times_float(pair a, float b) {
    float p = a.hi * b;
    return pair_of(p, fma(a.lo, b, fma(a.hi, b, -p)));
}
#line 100 "kernels/lib/math.cl"
pair pair_times(pair a, pair b) {
    float p = a.hi * b.hi;
    return pair_of(p, fma(a.lo, b.hi, fma(a.hi, b.lo, fma(a.hi, b.hi, -p))));
}
#line 122 "kernels/lib/math.cl"
pair pair_quotient(pair a, pair b, float y) {
    float q = a.hi * y;
    float r = fma(-q, b.lo, fma(-q, b.hi, a.hi)) + a.lo;
    return pair_of(q, r * y);
}
#line 191 "kernels/lib/math.cl"
float pow2_up64(uint n_bits) { return as_float(n_bits + TWO_P64_BITS); }
#line 192 "kernels/lib/math.cl"
float scale_down(float v, float up64) { return (v * up64) * TWO_M64; }
#line 201 "kernels/lib/math.cl"
#define LOG2E 0x1.715476p+0f
#line 202 "kernels/lib/math.cl"
#define LN2_HI 0x1.62e4p-1f
#line 203 "kernels/lib/math.cl"
#define LN2_LO 0x1.7f7d1cp-20f
#line 204 "kernels/lib/math.cl"
#define ROUND_MAGIC 0x1.8p23f
#line 206 "kernels/lib/math.cl"
#define EXP_C0 0x1p-1f
#line 207 "kernels/lib/math.cl"
#define EXP_C1 0x1.555554p-3f
#line 208 "kernels/lib/math.cl"
#define EXP_C2 0x1.5554f8p-5f
#line 209 "kernels/lib/math.cl"
#define EXP_C3 0x1.1112d6p-7f
#line 210 "kernels/lib/math.cl"
#define EXP_C4 0x1.6d3aap-10f
#line 211 "kernels/lib/math.cl"
#define EXP_C5 0x1.9e78d6p-13f
#line 213 "kernels/lib/math.cl"
typedef struct { float lead; float rest; uint n_bits; } exp_parts;
#line 216 "kernels/lib/math.cl"
float exp_cubic(float r) {
    float q = fma(EXP_C5, r, EXP_C4);
    q = fma(q, r, EXP_C3);
    q = fma(q, r, EXP_C2);
    return fma(q, r, EXP_C1);
}
#line 223 "kernels/lib/math.cl"
exp_parts exp_split(float x, float low) {
    float shifted = fma(x, LOG2E, ROUND_MAGIC);
    float n = shifted - ROUND_MAGIC;
    float lead = fma(n, -LN2_HI, x);
    float r = fma(n, -LN2_LO, lead) - low;
    float q = fma(exp_cubic(r), r, EXP_C0);
    float rest = fma(n, -LN2_LO, (r * r) * q) - low;
    exp_parts t = { lead, rest, as_uint(shifted) << 23 };
    return t;
}
#line 246 "kernels/lib/math.cl"
pair exp_sum(exp_parts t) {
    pair one = fast_two_sum(1.0f, t.lead);
    return fast_two_sum(one.hi, one.lo + t.rest);
}
#line 376 "kernels/lib/math.cl"
real chain_rule(real dy, real derivative) {
    real product = dy * derivative;
    real nothing = dy == dy ? 0.0f : dy;
    return derivative == 0.0f ? nothing : product;
}
#line 7 "kernels/lib/normal.cl"
#define NORMAL_C0_HI 0x1.82b4cp-1f
#line 8 "kernels/lib/normal.cl"
#define NORMAL_C0_LO -0x1.1b14bep-23f
#line 9 "kernels/lib/normal.cl"
#define NORMAL_C1_HI -0x1.373e3ap-1f
#line 10 "kernels/lib/normal.cl"
#define NORMAL_C1_LO -0x1.94b0b4p-26f
#line 11 "kernels/lib/normal.cl"
#define NORMAL_C2 0x1.8c6dbap-2f
#line 12 "kernels/lib/normal.cl"
#define NORMAL_C3 -0x1.7dff06p-3f
#line 13 "kernels/lib/normal.cl"
#define NORMAL_C4 0x1.eec80ap-5f
#line 14 "kernels/lib/normal.cl"
#define NORMAL_C5 -0x1.ee51c2p-8f
#line 15 "kernels/lib/normal.cl"
#define NORMAL_C6 -0x1.c99c4p-9f
#line 16 "kernels/lib/normal.cl"
#define NORMAL_C7 0x1.acf598p-10f
#line 17 "kernels/lib/normal.cl"
#define NORMAL_C8 0x1.663f14p-13f
#line 18 "kernels/lib/normal.cl"
#define NORMAL_C9 -0x1.cf5c7ap-13f
#line 19 "kernels/lib/normal.cl"
#define NORMAL_C10 -0x1.7ee5e2p-15f
#line 22 "kernels/lib/normal.cl"
#define NORMAL_END 14.8f
#line 25 "kernels/lib/normal.cl"
typedef struct { pair value; uint n_bits; } normal_tail;
#line 27 "kernels/lib/normal.cl"
normal_tail normal_above(float a) {
    pair b = fast_two_sum(4.0f, a);
    float m = a - 4.0f;
    float m_lo = a - (m + 4.0f);
    float y = reciprocal(b.hi);
    pair u = pair_quotient(pair_of(m, m_lo), b, y);
    float q = fma(NORMAL_C10, u.hi, NORMAL_C9);
    q = fma(q, u.hi, NORMAL_C8);
    q = fma(q, u.hi, NORMAL_C7);
    q = fma(q, u.hi, NORMAL_C6);
    q = fma(q, u.hi, NORMAL_C5);
    q = fma(q, u.hi, NORMAL_C4);
    q = fma(q, u.hi, NORMAL_C3);
    q = fma(q, u.hi, NORMAL_C2);
    float c = fma(q, u.hi, NORMAL_C1_HI);
    float c_lo = fma(q, u.hi, NORMAL_C1_HI - c) + fma(q, u.lo, NORMAL_C1_LO);
    pair cu = pair_times(pair_of(c, c_lo), u);
    pair w = fast_two_sum(NORMAL_C0_HI, cu.hi);
    w.lo = w.lo + (cu.lo + NORMAL_C0_LO);
    pair r = pair_quotient(w, b, y);
    pair s = two_product(a, a);
    exp_parts t = exp_split(-0.5f * s.hi, 0.5f * s.lo);
    normal_tail tail = { pair_times(r, exp_sum(t)), t.n_bits };
    return tail;
}
#line 8 "kernels/gelu.cl"
#define GELUD_C0_HI 0x1.d94de8p-2f
#line 9 "kernels/gelu.cl"
#define GELUD_C0_LO -0x1.ddd47p-28f
#line 10 "kernels/gelu.cl"
#define GELUD_C1_HI -0x1.a763p-4f
#line 11 "kernels/gelu.cl"
#define GELUD_C1_LO -0x1.91ae4p-30f
#line 12 "kernels/gelu.cl"
#define GELUD_C2 0x1.ef4fecp-5f
#line 13 "kernels/gelu.cl"
#define GELUD_C3 -0x1.cc1e06p-6f
#line 14 "kernels/gelu.cl"
#define GELUD_C4 0x1.377838p-7f
#line 15 "kernels/gelu.cl"
#define GELUD_C5 -0x1.d4d222p-10f
#line 16 "kernels/gelu.cl"
#define GELUD_C6 -0x1.484a66p-13f
#line 17 "kernels/gelu.cl"
#define GELUD_C7 0x1.85343ap-13f
#line 18 "kernels/gelu.cl"
#define GELUD_C8 -0x1.b78004p-17f
#line 19 "kernels/gelu.cl"
#define GELUD_C9 -0x1.0e8c36p-16f
#line 20 "kernels/gelu.cl"
#define GELU_ROOT_HI 0x1.80ead2p-1f
#line 21 "kernels/gelu.cl"
#define GELU_ROOT_LO -0x1.a03fd4p-27f
#line 23 "kernels/gelu.cl"
float forward(float x) {
    float a = at_most(absolute(x), NORMAL_END);
    normal_tail t = normal_above(a);
    pair g = pair_times_float(t.value, a);
    float tail = scale_down(g.hi + g.lo, pow2_up64(t.n_bits));
    float z = x - tail;
    return x < 0.0f ? -tail : z;
}
#line 32 "kernels/gelu.cl"
float derivative(float x) {
    float a = at_most(absolute(x), NORMAL_END);
    pair b = fast_two_sum(4.0f, a);
    float m = a - 4.0f;
    float m_lo = a - (m + 4.0f);
    pair u = pair_quotient(pair_of(m, m_lo), b, reciprocal(b.hi));
    float q = fma(GELUD_C9, u.hi, GELUD_C8);
    q = fma(q, u.hi, GELUD_C7);
    q = fma(q, u.hi, GELUD_C6);
    q = fma(q, u.hi, GELUD_C5);
    q = fma(q, u.hi, GELUD_C4);
    q = fma(q, u.hi, GELUD_C3);
    q = fma(q, u.hi, GELUD_C2);
    float c = fma(q, u.hi, GELUD_C1_HI);
    float c_lo = fma(q, u.hi, GELUD_C1_HI - c) + fma(q, u.lo, GELUD_C1_LO);
    pair cu = pair_times(pair_of(c, c_lo), u);
    pair k = fast_two_sum(GELUD_C0_HI, cu.hi);
    k.lo = k.lo + (cu.lo + GELUD_C0_LO);
    pair d = two_sum(GELU_ROOT_HI, -a);
    d.lo = d.lo + GELU_ROOT_LO;
    pair s = two_product(a, a);
    exp_parts t = exp_split(-0.5f * s.hi, 0.5f * s.lo);
    pair g = pair_times(pair_times(d, k), exp_sum(t));
    float tail = scale_down(g.hi + g.lo, pow2_up64(t.n_bits));
    float z = 1.0f - tail;
    return x < 0.0f ? tail : z;
}
#define GROUP 256
#define ELEMENTS 4
#define WIDTH 4
#define FORWARD forward
#define DERIVATIVE derivative
#define ELEMENT float
#define LOAD(v) (v)
#define STORE(v) (v)
#define PARAMETERS 
#define ARGUMENTS 
#line 1 "kernels/lib/vectors.cl"
// How kernels for GPUs move neighbours between memory and an array at once: by pointers to vectors, not by vload and vstore, which
// promise no alignment, so that NVIDIA's compiler takes them apart. The host uses such texts only where operands begin at a multiple of
// a vector.
#define JOINED(a, b) JOINED_NAMES(a, b)
#define JOINED_NAMES(a, b) a##b
#define LOAD_VECTOR(element, width, v, j, p) JOINED(LOAD_, JOINED(element, width))(v, j, p)
#define STORE_VECTOR(element, width, v, j, p) JOINED(STORE_, JOINED(element, width))(v, j, p)
#define LOAD_AS(type, width, v, j, p) vstore##width(*(global const type *)(p), 0, (v) + (j));
#define STORE_AS(type, width, v, j, p) *(global type *)(p) = vload##width(0, (v) + (j));
#define LOAD_float2(v, j, p) LOAD_AS(float2, 2, v, j, p)
#define LOAD_float4(v, j, p) LOAD_AS(float4, 4, v, j, p)
#define LOAD_float8(v, j, p) LOAD_AS(float8, 8, v, j, p)
#define LOAD_double2(v, j, p) LOAD_AS(double2, 2, v, j, p)
#define LOAD_double4(v, j, p) LOAD_AS(double4, 4, v, j, p)
#define LOAD_int2(v, j, p) LOAD_AS(int2, 2, v, j, p)
#define LOAD_int4(v, j, p) LOAD_AS(int4, 4, v, j, p)
#define LOAD_int8(v, j, p) LOAD_AS(int8, 8, v, j, p)
#define LOAD_ushort2(v, j, p) LOAD_AS(ushort2, 2, v, j, p)
#define LOAD_ushort4(v, j, p) LOAD_AS(ushort4, 4, v, j, p)
#define LOAD_uchar2(v, j, p) LOAD_AS(uchar2, 2, v, j, p)
#define LOAD_uchar4(v, j, p) LOAD_AS(uchar4, 4, v, j, p)
#define LOAD_uchar8(v, j, p) LOAD_AS(uchar8, 8, v, j, p)
#define STORE_float2(v, j, p) STORE_AS(float2, 2, v, j, p)
#define STORE_float4(v, j, p) STORE_AS(float4, 4, v, j, p)
#define STORE_float8(v, j, p) STORE_AS(float8, 8, v, j, p)
#define STORE_double2(v, j, p) STORE_AS(double2, 2, v, j, p)
#define STORE_double4(v, j, p) STORE_AS(double4, 4, v, j, p)
#define STORE_ushort2(v, j, p) STORE_AS(ushort2, 2, v, j, p)
#define STORE_ushort4(v, j, p) STORE_AS(ushort4, 4, v, j, p)
// As words: NVIDIA's compiler moves ushort8 by halves.
#define LOAD_ushort8(v, j, p) {                                             \
        uint4 moved = *(global const uint4 *)(p);                           \
        LOWER_AND_UPPER(moved.s0, v, j)                                     \
        LOWER_AND_UPPER(moved.s1, v, (j) + 2)                               \
        LOWER_AND_UPPER(moved.s2, v, (j) + 4)                               \
        LOWER_AND_UPPER(moved.s3, v, (j) + 6)                               \
    }
#define LOWER_AND_UPPER(word, v, j) (v)[j] = (ushort)(word); (v)[(j) + 1] = (ushort)((word) >> 16);
#define WORD_OF(v, j) ((uint)(v)[j] | (uint)(v)[(j) + 1] << 16)
#define STORE_ushort8(v, j, p) *(global uint4 *)(p)                         \
        = (uint4)(WORD_OF(v, j), WORD_OF(v, (j) + 2), WORD_OF(v, (j) + 4), WORD_OF(v, (j) + 6));

#line 1 "kernels/lib/grid.cl"
// How the elements of an element-wise kernel are distributed over the work-items of a GPU; loops.cl is its like for drivers of CPUs.
//
// A launch covers n elements, at most 2^30, in slots: n / WIDTH vectors of WIDTH neighbours, then a slot for each element that is
// left. At each of its STEPS a work-item computes one slot, and the slots of a work-group at one step are neighbours. Work-items
// behind the last slot touch nothing, so one launch of whole work-groups serves any length.

#define KERNEL kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
#define EXTENT , uint n

#define STEPS (ELEMENTS / WIDTH)
#define SLOT(s) (((uint)get_group_id(0) * STEPS + (s)) * GROUP + (uint)get_local_id(0))
#define WHOLE (n / WIDTH)
// The first element of a slot.
#define FIRST(s) (SLOT(s) < WHOLE ? SLOT(s) * WIDTH : SLOT(s) + (WHOLE * WIDTH - WHOLE))

// With one step, work-items that have nothing to do end at once.
#if ELEMENTS == WIDTH
#define EACH_TIME if (FIRST(0) >= n) { return; }
#define EXISTS(s) true
#else
#define EACH_TIME
#define EXISTS(s) (FIRST(s) < n)
#endif

#if WIDTH == 1
#define READ(v, p) { v[s] = 0; if (EXISTS(s)) { v[s] = (p)[SLOT(s)]; } }
#define WRITE(v, p) if (EXISTS(s)) { (p)[SLOT(s)] = v[s]; }
#else
#define READ(v, p) {                                                        \
        global const ELEMENT *from = (p) + FIRST(s);                        \
        if (SLOT(s) < WHOLE) {                                              \
            LOAD_VECTOR(ELEMENT, WIDTH, v, (s) * WIDTH, from)               \
        } else {                                                            \
            ELEMENT single = 0;                                             \
            if (EXISTS(s)) { single = *from; }                              \
            _Pragma("unroll") for (int k = 0; k < WIDTH; k++) { v[(s) * WIDTH + k] = single; } \
        }                                                                   \
    }
#define WRITE(v, p) {                                                       \
        global ELEMENT *to = (p) + FIRST(s);                                \
        if (SLOT(s) < WHOLE) {                                              \
            STORE_VECTOR(ELEMENT, WIDTH, v, (s) * WIDTH, to)                \
        } else if (EXISTS(s)) {                                             \
            *to = v[(s) * WIDTH];                                           \
        }                                                                   \
    }
#endif

#line 1 "kernels/lib/elementwise.cl"
// Movement of memory around element-wise functions; for devices only, the CPU has its own loops. How elements are distributed over
// work-items is said by the text before this one: loops.cl for drivers of CPUs, grid.cl for GPUs. Both define
//
//   KERNEL          what begins a kernel
//   EXTENT          the last parameter: how many elements a work-item or a launch has
//   EACH_TIME       what a work-item does its work in
//   READ, WRITE     move the elements of step s between memory and v
//
// A work-item computes ELEMENTS elements in STEPS = ELEMENTS / WIDTH steps, at each of them WIDTH neighbours with one access;
// what a work-group accesses at a step is contiguous. The output may be an input, so nothing is `restrict`, and each work-item
// reads what it needs before it writes.
//
// ELEMENT is what lies in memory, LOAD and STORE convert it from and to the number that is computed with. FORWARD, DERIVATIVE
// and DERIVATIVE_FROM_OUTPUT are the functions of the tier and type that was asked for, as far as there are any, BACKWARD one that
// takes the gradient too; PARAMETERS and ARGUMENTS their parameters, each with a comma before it.

#define EACH_STEP _Pragma("unroll") for (int s = 0; s < STEPS; s++)
#define EACH _Pragma("unroll") for (int k = 0; k < ELEMENTS; k++)

KERNEL void run_forward(global const ELEMENT *x, ulong x_at, global ELEMENT *y, ulong y_at PARAMETERS EXTENT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        EACH_STEP READ(v, x + x_at);
        EACH v[k] = STORE(FORWARD(LOAD(v[k]) ARGUMENTS));
        EACH_STEP WRITE(v, y + y_at);
    }
}

#ifdef DERIVATIVE
KERNEL void run_derivative(global const ELEMENT *x, ulong x_at, global ELEMENT *dx, ulong dx_at PARAMETERS EXTENT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        EACH_STEP READ(v, x + x_at);
        EACH v[k] = STORE(DERIVATIVE(LOAD(v[k]) ARGUMENTS));
        EACH_STEP WRITE(v, dx + dx_at);
    }
}

KERNEL void run_backward(global const ELEMENT *x, ulong x_at, global const ELEMENT *dy, ulong dy_at, global ELEMENT *dx,
                         ulong dx_at PARAMETERS EXTENT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        ELEMENT d[ELEMENTS];
        EACH_STEP READ(v, x + x_at);
        EACH_STEP READ(d, dy + dy_at);
#ifdef BACKWARD
        EACH d[k] = STORE(BACKWARD(LOAD(v[k]), LOAD(d[k]) ARGUMENTS));
#else
        EACH d[k] = STORE(chain_rule(LOAD(d[k]), DERIVATIVE(LOAD(v[k]) ARGUMENTS)));
#endif
        EACH_STEP WRITE(d, dx + dx_at);
    }
}
#endif

#ifdef DERIVATIVE_FROM_OUTPUT
KERNEL void run_backward_from_output(global const ELEMENT *y, ulong y_at, global const ELEMENT *dy, ulong dy_at,
                                     global ELEMENT *dx, ulong dx_at PARAMETERS EXTENT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        ELEMENT d[ELEMENTS];
        EACH_STEP READ(v, y + y_at);
        EACH_STEP READ(d, dy + dy_at);
        EACH d[k] = STORE(chain_rule(LOAD(d[k]), DERIVATIVE_FROM_OUTPUT(LOAD(v[k]) ARGUMENTS)));
        EACH_STEP WRITE(d, dx + dx_at);
    }
}
#endif

