// built with: -cl-std=CL1.2
#pragma OPENCL FP_CONTRACT OFF
#define reciprocal(b) reciprocal_by_fma(b)
typedef float real;
#line 15 "kernels/lib/math.cl"
#define TWO_P64_BITS 0x5F800000u
#line 18 "kernels/lib/math.cl"
#define LARGEST 0x1.fffffep+127f
#line 20 "kernels/lib/math.cl"
float absolute(float x) { return as_float(as_uint(x) & 0x7FFFFFFFu); }
#line 24 "kernels/lib/math.cl"
real at_least(real x, real low) { return x < low ? low : x; }
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
#line 116 "kernels/lib/math.cl"
pair pair_plus(pair a, pair b) {
    pair s = two_sum(a.hi, b.hi);
    return pair_of(s.hi, s.lo + (a.lo + b.lo));
}
#line 129 "kernels/lib/math.cl"
float quotient(pair a, pair b) {
    float y = reciprocal(b.hi);
    float q = a.hi * y;
    float r = fma(-q, b.lo, fma(-q, b.hi, a.hi)) + a.lo;
    return fma(r, y, q);
}
#line 191 "kernels/lib/math.cl"
float pow2_up64(uint n_bits) { return as_float(n_bits + TWO_P64_BITS); }
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
#line 4 "kernels/lib/rows.cl"
float row_larger(float m, float x) { return x > m || x != x ? x : m; }
#line 5 "kernels/lib/rows.cl"
float row_maximum(float m) { return m + 0.0f; }
#line 8 "kernels/lib/rows.cl"
#define NO_INDEX 0xFFFFFFFFu
#line 9 "kernels/lib/rows.cl"
uint row_earlier(uint a, uint b) { return a < b ? a : b; }
#line 10 "kernels/lib/rows.cl"
uint row_first(uint first, uint index, bool holds) { return row_earlier(first, holds ? index : NO_INDEX); }
#line 13 "kernels/lib/rows.cl"
pair row_normal(pair s) {
    pair v = two_sum(s.hi, s.lo);
    bool finite = absolute(s.hi) <= LARGEST;
    return pair_of(finite ? v.hi : s.hi, finite ? v.lo : 0.0f);
}
#line 21 "kernels/lib/rows.cl"
pair row_exp(float x, float m) {
    pair d = two_sum(x, -m);
    float low = d.hi < -104.0f ? 0.0f : 0.0f - d.lo;
    exp_parts t = exp_split(at_least(d.hi, -104.0f), low);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    up = d.hi < -104.0f ? 0.0f : up;
    return pair_of(e.hi * up, e.lo * up);
}
#line 67 "kernels/lib/rows.cl"
#define MINUS_INFINITY_BITS 0xFF800000u
#line 69 "kernels/lib/rows.cl"
float row_score(float x, float scale, float mask, uint keep, uint index, uint query, int reach, uint causal) {
    float hidden = as_float(MINUS_INFINITY_BITS);
    float z = fma(scale, x, mask);
    float kept = keep != 0u ? z : hidden;
    float seen = as_int(index) <= as_int(query) + reach ? kept : hidden;
    return causal != 0u ? seen : kept;
}
#line 79 "kernels/lib/rows.cl"
float row_reference(float largest, float zero_if_empty) {
    return zero_if_empty != 0.0f && as_uint(largest) == MINUS_INFINITY_BITS ? 0.0f : largest;
}
#line 82 "kernels/lib/rows.cl"
pair row_sum_or(float if_empty, pair sum) { return pair_of(sum.hi == 0.0f ? if_empty : sum.hi, sum.lo); }
#line 8 "kernels/softmax.cl"
float forward_score(float x, float scale, float mask, uint keep, uint index, uint query, int reach, uint causal) {
    return row_score(x, scale, mask, keep, index, query, reach, causal);
}
#line 11 "kernels/softmax.cl"
float forward_maximum(float largest, float zero_if_empty) { return row_reference(largest, zero_if_empty); }
#line 12 "kernels/softmax.cl"
pair forward_term(float score, float maximum) { return row_exp(score, maximum); }
#line 13 "kernels/softmax.cl"
pair forward_row(pair sum) { return row_sum_or(1.0f, sum); }
#line 14 "kernels/softmax.cl"
float forward_result(float term, pair row) { return quotient(pair_of(term, 0.0f), row); }
#define LANES 64
#define ITEMS 64
#define ROWS 1
#define VECTOR 4
#define SHARED 1
#define LENGTH axis
#define ONE_SEGMENT 
#define SUMS_SHOW_NAN 
#define AT_x(d) m0 + first_x + (d)
#define AT_y(d) m1 + first_y + (d)
#define ROW_INPUTS ulong plane = axis * inner; ulong o = row_number; ulong rest = 0; ulong row_of_x = m0_at + (o * 1 + 0) * plane + rest; ulong row_of_y = m1_at + (o * 1 + 0) * plane + rest; 
#define PLACES(begin) ulong first_x = row_of_x + (begin); ulong first_y = row_of_y + (begin); 
#define SCORE(j, d) forward_score((in_x[j]), run_scale, 0.0f, 1u, ((uint)start + (d)), 0u, 0, 0u)
#define MAXIMUM(value) forward_maximum((value), run_zero_if_empty)
#define TERM_OF_sum(j, d) forward_term(score[j], maximum)
#define EACH_SUM(DO) DO(sum, 0) 
#define KEPT_TERMS(size) float term[size];
#define KEEP_TERM(j, value) term[j] = value;
#define ROW(writes) pair row = forward_row(sum); 
#define OUTPUTS(size) float out_y[size]; 
#define RESULT(j, d) { float result = forward_result(term[j], row); out_y[j] = result; }
#define WRITE_RESULT(W, j, d) STORE(W, float, out_y, j, AT_y(d)) 
#define READ_SCORE(W, j, d, exists) LOAD(W, float, in_x, j, AT_x(d), exists) 
#define KEEP_SCORE(W, j, d) KEEP(W, score, j, kept_score + (d)) 
#define READ_TERMS(W, j, d, exists) float score[W]; RECALL(W, score, j, kept_score + (d)) 
#define KEEP_TERMS(W, j, d) KEEP(W, term, j, kept_score + (d)) 
#define KEPT KEPT_ARRAY(score, 4096) 
#define READ_RESULT(W, j, d, exists) RECALL(W, term, j, kept_score + (d)) 
#define INPUTS(size) float in_x[size]; 
#define OPERANDS global const float *m0, ulong m0_at, global float *m1, ulong m1_at
#define PARAMETERS , float run_scale, float run_zero_if_empty
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

#line 1 "kernels/lib/row_grid.cl"
// What the kernels of rows for GPUs have in common; row_registers.cl and row_segments.cl come behind this text.
//
// The shape of every sum is that of rowwise.cl, so its bits are the CPU's: a row is cut into segments of 4096 elements, element d of
// a segment is added to partial sum d mod LANES in order of d, the partial sums are added in the tree LANES -> LANES / 2 -> ... -> 1,
// the sums of segments in the same way once more, and the result is normalised. Adding a pair that is 0 changes no bit, so partial
// sums that are absent may be skipped.
//
// ITEMS work-items, a power of two, share a row, and ROWS rows share a work-group. Where a row's elements lie one behind the other,
// neighbouring work-items have neighbouring elements; elsewhere (ROWS_FIRST) they have neighbouring rows. Work-items of rows behind
// the last one do what those of the last row do and write nothing.
//
// The host makes these macros. j is where a value is kept in a work-item's arrays, d the element of the segment, W how many
// elements are moved at once.
//
//   OPERANDS, PARAMETERS  the kernel's parameters
//   PLACES(start)         where the operands' elements of the segment that begins at element `start` lie
//   ROW_INPUTS            inputs of which a row has one
//   INPUTS, OUTPUTS(size) the arrays for an element's inputs and outputs
//   READ_SCORE, READ_HOLDS, READ_TERMS, READ_RESULT(W, j, d, exists)
//                         what the next pass needs of W elements, 0 where they do not exist
//   KEEP_SCORE, KEEP_TERMS(W, j, d)
//                         what later passes shall find in local memory
//   SCORE, HOLDS, TERM_OF_name(j, d)
//                         the text's functions for an element
//   EACH_SUM(DO)          DO(name, number) for each sum
//   MAXIMUM(largest)      what scores are compared with
//   ROW                   what is made of a row, once
//   RESULT(j, d), WRITE_RESULT(W, j, d)
//   KEPT_TERMS(size), KEEP_TERM(j, value)
//                         the array of an element's first term, where results take it
//   BEGIN_ROUND, END_ROUND enclose what is repeated until no row of the work-group needs another round, if anything is

#ifndef BEGIN_ROUND
#define BEGIN_ROUND
#define END_ROUND
#endif
#ifndef KEPT_TERMS
#define KEPT_TERMS(size)
#define KEEP_TERM(j, value)
#endif

#define SEGMENT 4096u
#define GROUP (ITEMS * ROWS)
#define KERNEL kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
#define UNROLLED _Pragma("unroll")
#define EACH (LANES / ITEMS)

#ifdef ROWS_FIRST
#define ITEM(me) ((me) / ROWS)
#define ROW_OF(me) ((me) % ROWS)
#define PARTNER(half_way) (me ^ ((half_way) * ROWS))
#else
#define ITEM(me) ((me) % ITEMS)
#define ROW_OF(me) ((me) / ITEMS)
#define PARTNER(half_way) (me ^ (half_way))
#endif

// W elements between memory and an array
#define LOAD(W, element, v, j, p, exists) JOINED(LOAD_WIDE_, W)(element, v, j, p, exists)
#define LOAD_WIDE_1(element, v, j, p, exists) { (v)[j] = 0; if (exists) { (v)[j] = *(p); } }
#define LOAD_MANY(W, element, v, j, p, exists)                              \
    if (exists) {                                                           \
        LOAD_VECTOR(element, W, v, j, p)                                    \
    } else {                                                                \
        UNROLLED for (uint e = 0; e < W; e++) { (v)[(j) + e] = 0; }         \
    }
#define LOAD_WIDE_2(element, v, j, p, exists) LOAD_MANY(2, element, v, j, p, exists)
#define LOAD_WIDE_4(element, v, j, p, exists) LOAD_MANY(4, element, v, j, p, exists)
#define LOAD_WIDE_8(element, v, j, p, exists) LOAD_MANY(8, element, v, j, p, exists)

#define STORE(W, element, v, j, p) JOINED(STORE_WIDE_, W)(element, v, j, p)
#define STORE_WIDE_1(element, v, j, p) *(p) = (v)[j];
#define STORE_WIDE_2(element, v, j, p) STORE_VECTOR(element, 2, v, j, p)
#define STORE_WIDE_4(element, v, j, p) STORE_VECTOR(element, 4, v, j, p)
#define STORE_WIDE_8(element, v, j, p) STORE_VECTOR(element, 8, v, j, p)

// The same between local memory and an array of floats. It is accessed by vectors, so it must begin at a multiple of one.
#define KEPT_ARRAY(name, size) local float kept_##name[size] __attribute__((aligned(32)));
#define RECALL(W, v, j, p) JOINED(RECALL_, W)(v, j, p)
#define RECALL_1(v, j, p) (v)[j] = *(p);
#define RECALL_2(v, j, p) vstore2(*(local float2 *)(p), 0, (v) + (j));
#define RECALL_4(v, j, p) vstore4(*(local float4 *)(p), 0, (v) + (j));
#define RECALL_8(v, j, p) vstore8(*(local float8 *)(p), 0, (v) + (j));
#define KEEP(W, v, j, p) JOINED(KEEP_, W)(v, j, p)
#define KEEP_1(v, j, p) *(p) = (v)[j];
#define KEEP_2(v, j, p) *(local float2 *)(p) = vload2(0, (v) + (j));
#define KEEP_4(v, j, p) *(local float4 *)(p) = vload4(0, (v) + (j));
#define KEEP_8(v, j, p) *(local float8 *)(p) = vload8(0, (v) + (j));

// Work-items of a row exchange what they have through local memory and all get the result, so nobody waits for a broadcast: addition
// of pairs is commutative in every bit. Two buffers by turns: what a round reads, the next one does not overwrite, so a round has one
// barrier. SHARED partial sums are exchanged at once.
#if SHARED == 1
#define SHARED_SUMS float
#define PACK(v) (v)[0]
#define UNPACK(u, v) (v)[0] = u;
#else
#define SHARED_SUMS JOINED(float, SHARED)
#define PACK(v) JOINED(vload, SHARED)(0, v)
#define UNPACK(u, v) JOINED(vstore, SHARED)(u, 0, v);
#endif
#if ITEMS > 1
#define EXCHANGE                                                            \
    local SHARED_SUMS exchange_hi[2 * GROUP];                               \
    local SHARED_SUMS exchange_lo[2 * GROUP];                               \
    uint turn = 0;
#else
#define EXCHANGE
#endif

// The larger, or the earlier, of what the work-items of a row have. In the places that sums are exchanged in, or the two buffers of
// one would lie in one buffer of the other.
#define COMBINE(type, mine, FUNCTION)                                       \
    UNROLLED                                                                \
    for (uint half_way = ITEMS / 2; half_way > 0; half_way /= 2) {          \
        ((local type *)exchange_hi)[(turn + me) * SHARED] = mine;           \
        barrier(CLK_LOCAL_MEM_FENCE);                                       \
        mine = FUNCTION(mine, ((local type *)exchange_hi)[(turn + PARTNER(half_way)) * SHARED]); \
        turn = GROUP - turn;                                                \
    }
#if ITEMS == 1
#undef COMBINE
#define COMBINE(type, mine, FUNCTION)
#endif

#define DECLARE_SUM(name, number) float hi_##name[EACH]; float lo_##name[EACH];
#define CLEAR_SUM(name, number) UNROLLED for (uint k = 0; k < EACH; k++) { hi_##name[k] = 0.0f; lo_##name[k] = 0.0f; }
#define ADD_TO(high, low, k, term) {                                        \
        pair sum_of_two = pair_plus(pair_of(high[k], low[k]), term);        \
        high[k] = sum_of_two.hi;                                            \
        low[k] = sum_of_two.lo;                                             \
    }

// A level of the tree within a work-item, a loop of fixed length, so that the arrays become registers.
#define TREE_LEVEL(hi, lo, half_way, holds)                                 \
    if ((half_way) < EACH && (holds)) {                                     \
        UNROLLED                                                            \
        for (uint k = 0; k < (half_way); k++) {                             \
            ADD_TO(hi, lo, k, pair_of(hi[(k + (half_way)) % EACH], lo[(k + (half_way)) % EACH])) \
        }                                                                   \
    }
#if ITEMS > 1
#define TREE_OVER_ITEMS(hi, lo)                                             \
    UNROLLED                                                                \
    for (uint half_way = ITEMS / 2; half_way > 0; half_way /= 2) {          \
        exchange_hi[turn + me] = PACK(hi);                                  \
        exchange_lo[turn + me] = PACK(lo);                                  \
        barrier(CLK_LOCAL_MEM_FENCE);                                       \
        float other_hi[SHARED];                                             \
        float other_lo[SHARED];                                             \
        UNPACK(exchange_hi[turn + PARTNER(half_way)], other_hi)             \
        UNPACK(exchange_lo[turn + PARTNER(half_way)], other_lo)             \
        UNROLLED                                                            \
        for (uint k = 0; k < SHARED; k++) {                                 \
            ADD_TO(hi, lo, k, pair_of(other_hi[k], other_lo[k]))            \
        }                                                                   \
        turn = GROUP - turn;                                                \
    }
#else
#define TREE_OVER_ITEMS(hi, lo)
#endif
// Work-item w has the partial sums SHARED (w + ITEMS k) + c, c < SHARED: the tree goes over k, over the work-items, then over c.
#define TREE(hi, lo)                                                        \
    TREE_LEVEL(hi, lo, 32, 32 >= SHARED)                                    \
    TREE_LEVEL(hi, lo, 16, 16 >= SHARED)                                    \
    TREE_LEVEL(hi, lo, 8, 8 >= SHARED)                                      \
    TREE_LEVEL(hi, lo, 4, 4 >= SHARED)                                      \
    TREE_LEVEL(hi, lo, 2, 2 >= SHARED)                                      \
    TREE_LEVEL(hi, lo, 1, 1 >= SHARED)                                      \
    TREE_OVER_ITEMS(hi, lo)                                                 \
    TREE_LEVEL(hi, lo, 4, 4 < SHARED)                                       \
    TREE_LEVEL(hi, lo, 2, 2 < SHARED)                                       \
    TREE_LEVEL(hi, lo, 1, 1 < SHARED)
#define TREE_OF(name, number) TREE(hi_##name, lo_##name)
#define NORMALISE(name, number) pair name = row_normal(pair_of(hi_##name[0], lo_##name[0]));

// Where the row of a work-item lies.
#define ROW_OF_GROUP(tile)                                                  \
    uint row_number = (tile) * ROWS + ROW_OF(me);                           \
    bool present = row_number < rows;                                       \
    row_number = present ? row_number : rows - 1;

#define SHAPE uint rows, ulong outer, ulong axis, ulong inner, ulong first_outer, ulong repeat_each, ulong by_inner

#line 1 "kernels/lib/row_segments.cl"
// Rows of any length, a segment of 4096 elements at a time. Either a work-group goes through all segments of its rows (run_rows),
// keeping in local memory what later passes need where KEPT says so; or rows are SPLIT: work-groups share the segments, and three
// launches take the maxima, the sums and the results, handing them on in `partial`. The terms are relative to the maximum of the
// whole row and rounded, so sums relative to a segment's own maximum would have other bits.
//
// A work-item has the partial sums w, w + ITEMS, ... of its row. The passes for maxima and results may take elements in any order and
// move VECTOR of them at once. Where a result needs nothing of its row (RESULT_WITH_TERMS), it is made in the pass of the sums.

#define EACH_VECTOR UNROLL_SOME for (uint d = w * VECTOR; d < length; d += ITEMS * VECTOR)
#define EACH_IN_VECTOR UNROLLED for (uint j = 0; j < VECTOR; j++)
// Random words need registers enough for one element at a time.
#ifdef RANDOM
#define UNROLL_SOME _Pragma("unroll 1")
#else
#define UNROLL_SOME _Pragma("unroll 4")
#endif
#if EACH == 1
#define UNROLL_TERMS UNROLL_SOME
#else
#define UNROLL_TERMS _Pragma("unroll 1")
#endif

#define IN_SEGMENT(s)                                                       \
    ulong start = (ulong)(s) * SEGMENT;                                     \
    uint length = (uint)min(n - start, (ulong)SEGMENT);                     \
    PLACES(start)

#define MAXIMUM_OF_SEGMENT                                                  \
    EACH_VECTOR {                                                           \
        float score[VECTOR];                                                \
        READ_SCORE(VECTOR, 0, d, true)                                      \
        EACH_IN_VECTOR {                                                    \
            score[j] = SCORE(j, d + j);                                     \
            largest = row_larger(largest, score[j]);                        \
        }                                                                   \
        KEEP_SCORE(VECTOR, 0, d)                                            \
    }

#define FIRST_OF_SEGMENT                                                    \
    EACH_VECTOR {                                                           \
        READ_HOLDS(VECTOR, 0, d, true)                                      \
        EACH_IN_VECTOR { first_index = row_first(first_index, (uint)start + d + j, HOLDS(j, d + j)); } \
    }

#define ADD_TERM(name, number) {                                            \
        pair term_of = TERM_OF_##name(0, d);                                \
        if (number == 0) { KEEP_TERM(0, term_of.hi) }                       \
        ADD_TO(hi_##name, lo_##name, k, term_of)                            \
    }

#ifdef RESULT_WITH_TERMS
#define MAKE_RESULT_WITH_TERMS                                              \
    OUTPUTS(1)                                                              \
    RESULT(0, d)                                                            \
    if (present) { WRITE_RESULT(1, 0, d) }
#else
#define MAKE_RESULT_WITH_TERMS
#endif

#define SUMS_OF_SEGMENT                                                     \
    EACH_SUM(CLEAR_SUM)                                                     \
    UNROLL_TERMS                                                            \
    for (uint b = w; b < length; b += LANES) {                              \
        UNROLLED                                                            \
        for (uint k = 0; k < EACH; k++) {                                   \
            uint d = b + k * ITEMS;                                         \
            if (EACH == 1 || d < length) {                                  \
                READ_TERMS(1, 0, d, true)                                   \
                EACH_SUM(ADD_TERM)                                          \
                KEEP_TERMS(1, 0, d)                                         \
                MAKE_RESULT_WITH_TERMS                                      \
            }                                                               \
        }                                                                   \
    }                                                                       \
    EACH_SUM(TREE_OF)

#define RESULTS_OF_SEGMENT                                                  \
    EACH_VECTOR {                                                           \
        OUTPUTS(VECTOR)                                                     \
        READ_RESULT(VECTOR, 0, d, true)                                     \
        EACH_IN_VECTOR { RESULT(j, d + j) }                                 \
        if (present) { WRITE_RESULT(VECTOR, 0, d) }                         \
    }

// Adds a sum to the partial sum of its segment.
#define ADD_SEGMENT(name, number)                                           \
    UNROLLED                                                                \
    for (uint k = 0; k < EACH; k++) {                                       \
        if (s % LANES == k * ITEMS + w) {                                   \
            ADD_TO(outer_hi_##name, outer_lo_##name, k, pair_of(hi_##name[0], lo_##name[0])) \
        }                                                                   \
    }
#define DECLARE_OUTER(name, number) float outer_hi_##name[EACH]; float outer_lo_##name[EACH];
#define CLEAR_OUTER(name, number) UNROLLED for (uint k = 0; k < EACH; k++) { outer_hi_##name[k] = 0.0f; outer_lo_##name[k] = 0.0f; }
#define SUM_OF_SEGMENTS(name, number)                                       \
    TREE(outer_hi_##name, outer_lo_##name)                                  \
    hi_##name[0] = outer_hi_##name[0];                                      \
    lo_##name[0] = outer_lo_##name[0];

#ifdef ONE_SEGMENT
#define SEGMENTS 1u
#else
#define SEGMENTS (uint)((LENGTH + SEGMENT - 1) / SEGMENT)
#endif

#define GROUP_OF_ROWS(tile)                                                 \
    EXCHANGE                                                                \
    uint me = get_local_id(0);                                              \
    uint w = ITEM(me);                                                      \
    ROW_OF_GROUP(tile)                                                      \
    ulong n = LENGTH;                                                       \
    const uint segments = SEGMENTS;                                         \
    INPUTS(VECTOR)

#ifndef SPLIT
KERNEL void run_rows(OPERANDS, SHAPE PARAMETERS) {
    KEPT
    GROUP_OF_ROWS((uint)get_group_id(0))
    ROW_INPUTS
#ifdef SCORE
    float largest = -INFINITY;
    for (uint s = 0; s < segments; s++) {
        IN_SEGMENT(s)
        MAXIMUM_OF_SEGMENT
    }
    COMBINE(float, largest, row_larger)
    float maximum = MAXIMUM(row_maximum(largest));
#endif
#ifdef HOLDS
    uint first_index = NO_INDEX;
    for (uint s = 0; s < segments; s++) {
        IN_SEGMENT(s)
        FIRST_OF_SEGMENT
    }
    COMBINE(uint, first_index, row_earlier)
#endif
    KEPT_TERMS(VECTOR)
    BEGIN_ROUND
#ifdef EACH_SUM
    EACH_SUM(DECLARE_SUM)
    EACH_SUM(CLEAR_SUM)
    EACH_SUM(DECLARE_OUTER)
    EACH_SUM(CLEAR_OUTER)
    for (uint s = 0; s < segments; s++) {
        IN_SEGMENT(s)
        SUMS_OF_SEGMENT
        if (segments > 1) { EACH_SUM(ADD_SEGMENT) }
    }
    if (segments > 1) { EACH_SUM(SUM_OF_SEGMENTS) }
    EACH_SUM(NORMALISE)
#endif
    ROW(w == 0)
    END_ROUND
#if defined RESULT && !defined RESULT_WITH_TERMS
    for (uint s = 0; s < segments; s++) {
        IN_SEGMENT(s)
        RESULTS_OF_SEGMENT
    }
#endif
}

#else
// Number `part` of what is handed on for each segment of each row.
#define PARTIAL(part, s) partial[((ulong)(part) * rows + row_number) * segments + (s)]

// Work-groups share the segments of their rows. Where a row's elements do not lie one behind the other (ONE_SEGMENT_EACH), each has
// one; elsewhere the host says how many groups there are, since each reads again what was handed on for all segments.
#define GROUP_OF_SEGMENTS                                                   \
    uint tile = (uint)get_group_id(0) / shares;                             \
    uint share = (uint)get_group_id(0) - tile * shares;                     \
    GROUP_OF_ROWS(tile)                                                     \
    ROW_INPUTS
#ifdef ONE_SEGMENT_EACH
#define EACH_SEGMENT const uint s = share;
#else
#define EACH_SEGMENT for (uint s = share; s < segments; s += shares)
#endif

#define MAXIMUM_OF_ROW                                                      \
    float largest = -INFINITY;                                              \
    for (uint s = w; s < segments; s += ITEMS) { largest = row_larger(largest, PARTIAL(0, s)); } \
    COMBINE(float, largest, row_larger)                                     \
    float maximum = MAXIMUM(row_maximum(largest));

#ifdef SCORE
KERNEL void run_maximum(OPERANDS, SHAPE PARAMETERS, global float *partial, uint shares) {
    GROUP_OF_SEGMENTS
    EACH_SEGMENT {
        IN_SEGMENT(s)
        float largest = -INFINITY;
        MAXIMUM_OF_SEGMENT
        COMBINE(float, largest, row_larger)
        if (w == 0 && present) { PARTIAL(0, s) = largest; }
    }
}
#endif

KERNEL void run_sums(OPERANDS, SHAPE PARAMETERS, global float *partial, uint shares) {
    GROUP_OF_SEGMENTS
#ifdef SCORE
    MAXIMUM_OF_ROW
#endif
    KEPT_TERMS(VECTOR)
    EACH_SEGMENT {
        IN_SEGMENT(s)
#ifdef HOLDS
        uint first_index = NO_INDEX;
        FIRST_OF_SEGMENT
        COMBINE(uint, first_index, row_earlier)
        if (w == 0 && present) { ((global uint *)&PARTIAL(1, s))[0] = first_index; }
#endif
#ifdef EACH_SUM
#define HAND_ON(name, number)                                               \
        PARTIAL(2 + 2 * number, s) = hi_##name[0];                          \
        PARTIAL(3 + 2 * number, s) = lo_##name[0];
        EACH_SUM(DECLARE_SUM)
        SUMS_OF_SEGMENT
        if (w == 0 && present) { EACH_SUM(HAND_ON) }
#endif
    }
}

// The rows' outputs are written by the group that has the first segment.
KERNEL void run_results(OPERANDS, SHAPE PARAMETERS, global float *partial, uint shares) {
#ifdef ONE_GROUP_FOR_ROWS
    const uint share = 0;
    GROUP_OF_ROWS((uint)get_group_id(0))
    ROW_INPUTS
#else
    GROUP_OF_SEGMENTS
#endif
#ifdef SCORE
    MAXIMUM_OF_ROW
#endif
#ifdef HOLDS
    uint first_index = NO_INDEX;
    for (uint s = w; s < segments; s += ITEMS) {
        first_index = row_earlier(first_index, ((global const uint *)&PARTIAL(1, s))[0]);
    }
    COMBINE(uint, first_index, row_earlier)
#endif
    KEPT_TERMS(VECTOR)
#ifdef EACH_SUM
#define TAKE(name, number)                                                  \
    for (uint b = w; b < segments; b += LANES) {                            \
        UNROLLED                                                            \
        for (uint k = 0; k < EACH; k++) {                                   \
            uint s = b + k * ITEMS;                                         \
            if (s < segments) {                                             \
                ADD_TO(hi_##name, lo_##name, k, pair_of(PARTIAL(2 + 2 * number, s), PARTIAL(3 + 2 * number, s))) \
            }                                                               \
        }                                                                   \
    }
    EACH_SUM(DECLARE_SUM)
    EACH_SUM(CLEAR_SUM)
    EACH_SUM(TAKE)
    EACH_SUM(TREE_OF)
    EACH_SUM(NORMALISE)
#endif
    ROW(w == 0 && share == 0)
#if defined RESULT && !defined RESULT_WITH_TERMS
    EACH_SEGMENT {
        IN_SEGMENT(s)
        RESULTS_OF_SEGMENT
    }
#endif
}
#endif

