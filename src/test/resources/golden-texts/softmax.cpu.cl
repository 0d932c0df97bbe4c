// built with: -cl-std=CL1.2 -cl-fp32-correctly-rounded-divide-sqrt
#pragma OPENCL FP_CONTRACT OFF
#define reciprocal(b) (1.0f / (b))
#ifdef __clang__
#pragma clang attribute push (__attribute__((always_inline)), apply_to = function)
#endif
typedef float real;
#line 15 "kernels/lib/math.cl"
#define TWO_P64_BITS 0x5F800000u
#line 18 "kernels/lib/math.cl"
#define LARGEST 0x1.fffffep+127f
#line 20 "kernels/lib/math.cl"
float absolute(float x) { return as_float(as_uint(x) & 0x7FFFFFFFu); }
#line 24 "kernels/lib/math.cl"
real at_least(real x, real low) { return x < low ? low : x; }
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
#ifdef __clang__
#pragma clang attribute pop
#endif
#define LOOPS 16
#define LANES 64
#define COLUMNS 1
#define NEIGHBOURS rows
#define ELEMENT_NUMBER_OF(c, i) (first_outer * plane + o * plane + (i) * inner + rest + (c) * plane)
#define AT_x(c, i) first_x + (c) * (plane * 1) + (i)
#define AT_y(c, i) first_y + (c) * (plane * 1) + (i)
#define PLACES ulong n = axis; ulong o = place; ulong rest = 0; ulong first_x = m0_at + (o * 1 + 0) * plane + rest; ulong first_y = m1_at + (o * 1 + 0) * plane + rest; 
#define SCORE(j, c, i) (forward_score(in_x[j], run_scale, 0.0f, 1u, (uint)(i), 0u, 0, 0u))
#define READ_SCORE(j, c, i) in_x[j] = m0[AT_x(c, i)]; 
#define MAXIMUM(value) forward_maximum((value), run_zero_if_empty)
#define BEGIN_ROUND 
#define TERMS(j, c, i) { pair term_of = forward_term((forward_score(in_x[j], run_scale, 0.0f, 1u, (uint)(i), 0u, 0, 0u)), maximum[c]); kept[j] = term_of.hi; ADD_TO_LANE(sum, LANE(j), term_of) } 
#define READ_TERMS(j, c, i) in_x[j] = m0[AT_x(c, i)]; 
#define WRITE_TERM(j, c, i) m1[AT_y(c, i)] = kept[j];
#define DECLARE_SUMS run_lanes sum; run_lanes outer_sum; if (n > SEGMENT) { CLEAR(outer_sum) }
#define CLEAR_INNER CLEAR(sum)
#define SUM_SEGMENT run_tree(&sum, LANES_HERE);
#define ADD_SEGMENTS(s) ADD_SEGMENT(outer_sum, (s), sum)
#define SUM_SEGMENTS run_tree(&outer_sum, LANES_HERE); COPY_SUM(outer_sum, sum)
#define NORMALISE NORMAL(sum)
#define MAKE_ROW run_pairs row; EACH_ROW(pair row_of = forward_row(pair_of(sum.hi[c], sum.lo[c])); row.hi[c] = row_of.hi; row.lo[c] = row_of.lo;) 
#define END_ROUND 
#define RESULTS(j, c, i) { float result = forward_result(kept[j], pair_of(row.hi[c], row.lo[c])); out_y[j] = result; }
#define READ_RESULTS(j, c, i) kept[j] = m1[AT_y(c, i)]; 
#define WRITE_RESULTS(j, c, i) m1[AT_y(c, i)] = out_y[j]; 
#define DECLARE float in_x[WIDTH]; float out_y[WIDTH]; float kept[WIDTH]; 
#define READ_ROW 
#define OPERANDS global const float *m0, ulong m0_at, global float *m1, ulong m1_at
#define PARAMETERS , float run_scale, float run_zero_if_empty
#line 1 "kernels/lib/loops.cl"
// How compilers of drivers for CPUs are told to make vectors of a loop, none of whose rounds needs another: by themselves they take
// half of an AVX-512 vector and one at a time, which leaves most of a core idle. For devices only.
//
// Some drivers compile twice, at first without making any vectors, which must not be warned of.
#ifdef __clang__
#pragma clang diagnostic ignored "-Wpass-failed"
#define PRAGMA(text) _Pragma(#text)
#define VECTORS(width, at_once) PRAGMA(clang loop vectorize(assume_safety) vectorize_width(width) interleave_count(at_once))
#else
#define VECTORS(width, at_once)
#endif

// Where LOOPS is defined, as the elements that are computed at once, a work-item is a thread's share of the elements: it does
// something for each of `count` neighbours. Elsewhere it does it once.
#ifdef LOOPS
#define EXTENT , ulong count
#define EACH_TIME VECTORS(LOOPS, 2) for (ulong time = 0; time < count; time++)
#else
#define EXTENT
#define EACH_TIME
#endif

#define KERNEL kernel

// Element-wise kernels: which vector of a buffer a work-item accesses at a step. Offsets are in elements, because an operand may
// begin anywhere in a buffer, and vload and vstore need no other alignment. There is no test against the length: it would halve
// the speed, because stores would be masked. The host launches whole work-groups, and what remains in a last loop that is shorter.
#ifdef LOOPS
#define AT(step) (get_global_id(0) * count + time)
#else
#define AT(step) ((get_group_id(0) * STEPS + (step)) * get_local_size(0) + get_local_id(0))
#endif

#define STEPS (ELEMENTS / WIDTH)
#define VLOAD JOINED(vload, WIDTH)
#define VSTORE JOINED(vstore, WIDTH)
#define JOINED(a, b) JOINED_NAMES(a, b)
#define JOINED_NAMES(a, b) a##b

#if WIDTH == 1
#define READ(v, p) v[s] = (p)[AT(s)]
#define WRITE(v, p) (p)[AT(s)] = v[s]
#else
#define READ(v, p) VSTORE(VLOAD(AT(s), p), s, v)
#define WRITE(v, p) VSTORE(VLOAD(s, v), AT(s), p)
#endif

#line 1 "kernels/lib/rowwise.cl"
// The loop of functions that reduce over rows on drivers for CPUs, which make vectors of what one work-item does; row_grid.cl is its
// like for GPUs. The shape is (outer, axis, inner).
//
// The shape of every sum is fixed, so that its bits do not depend on the device: a row is cut into segments of 4096 elements,
// element i of a segment is added to lane i mod 64 in order of i, a lane being a pair that starts as 0; the lanes are added
// in the tree 64 -> 32 -> ... -> 1; the segments' sums are reduced in the same way once more; the result is normalised. Adding
// a pair that is 0 changes no bit, so lanes and segments that are absent may be skipped. The maximum is the same in any order,
// and so is the first index.
//
// A work-item computes a tile: COLUMNS rows side by side, often one, with all 64 lanes of each. Its innermost loop is what the
// compiler vectorises: over the columns, or over the lanes if there is one column. A column behind the last row copies that row's
// numbers and writes nothing.
//
// An element is read before it is written, since an output may be an input; of those that are vectorised together, all are.
//
// The host makes the other macros. PLACES says where a row's elements lie. DECLARE has the variables of one work-item;
// READ_...(j, c, i) loads what a pass needs of element i of column c into those of number j. SCORE and HOLDS are expressions
// of them, TERMS adds to the sums' lanes, RESULTS computes outputs and WRITE_... stores. What a row has once is an array over
// the columns of a work-item; where that has one row, c is 0. BEGIN_ROUND and END_ROUND enclose what is repeated until no row
// of the tile needs another round.

#define SEGMENT 4096

// What is computed in one go: WIDTH elements, of the rows or else of the lanes.
#if COLUMNS > 1
#define WIDTH COLUMNS
#define LANES_HERE lanes_here
#else
#define WIDTH LANES
#define LANES_HERE LANES
#endif

// Loops over what lies side by side, none of whose rounds needs another. Clang would unroll short ones before it comes to vectors.
#if defined __clang__ && COLUMNS > 1
#define SIDE_BY_SIDE(c, count) _Pragma("clang loop unroll(disable)") VECTORS(16, 1) for (ulong c = 0; c < count; c++)
#else
#define SIDE_BY_SIDE(c, count) for (ulong c = 0; c < count; c++)
#endif
#define ALONG_LANES(j) VECTORS(16, 2) for (ulong j = 0; j < LANES; j++)

#define EACH_ROW(DO) SIDE_BY_SIDE(c, COLUMNS) { DO }

// The lanes of a tile, those of its rows side by side.
typedef struct { float hi[LANES * COLUMNS]; float lo[LANES * COLUMNS]; } run_lanes;

// A pair of each row of a tile.
typedef struct { float hi[COLUMNS]; float lo[COLUMNS]; } run_pairs;

#define CLEAR(l) for (ulong k = 0; k < LANES_HERE * COLUMNS; k++) { l.hi[k] = 0.0f; l.lo[k] = 0.0f; }

#define ADD_TO_LANE(l, k, term) {                                           \
        pair sum_of_two = pair_plus(pair_of(l.hi[k], l.lo[k]), term);       \
        l.hi[k] = sum_of_two.hi;                                            \
        l.lo[k] = sum_of_two.lo;                                            \
    }

// Adds the sums of segment number s to their lane.
#define ADD_SEGMENT(l, s, sum) EACH_ROW(ADD_TO_LANE(l, s % LANES * COLUMNS + c, pair_of(sum.hi[c], sum.lo[c])))

#define COPY_SUM(from, to) EACH_ROW(to.hi[c] = from.hi[c]; to.lo[c] = from.lo[c];)

#define NORMAL(sum) EACH_ROW(pair v = row_normal(pair_of(sum.hi[c], sum.lo[c])); sum.hi[c] = v.hi; sum.lo[c] = v.lo;)

// The lanes that rows of n elements have.
uint run_lanes_of(ulong n) {
    uint count = 1;
    while (count < LANES && count < n) {
        count *= 2;
    }
    return count;
}

// The tree over the lanes. The sums go to the first one.
void run_tree(run_lanes *l, ulong count) {
    for (ulong half_way = count / 2; half_way > 0; half_way /= 2) {
        for (ulong k = 0; k < half_way; k++) {
            SIDE_BY_SIDE(c, COLUMNS) {
                ulong at = k * COLUMNS + c;
                ulong other = at + half_way * COLUMNS;
                pair s = pair_plus(pair_of(l->hi[at], l->lo[at]), pair_of(l->hi[other], l->lo[other]));
                l->hi[at] = s.hi;
                l->lo[at] = s.lo;
            }
        }
    }
}

// Combines what a row's lanes have. No order is better than another.
#define COMBINE(each, FUNCTION)                                                                     \
    for (uint k = COLUMNS; k < WIDTH; k++) { each[0] = FUNCTION(each[0], each[k]); }

// Goes through the elements begin to end of the rows: READ, DO and WRITE are what a step does with number j, which is element i
// of column c. LANE(j) is where its lane is.
#if COLUMNS > 1
#define LANE(j) (lane + j)
#define PASS(begin, end, READ, DO, WRITE) {                                                         \
        for (ulong i = begin; i < end; i++) {                                                       \
            ulong lane = i % LANES * COLUMNS;                                                          \
            if (columns == COLUMNS) {                                                                  \
                SIDE_BY_SIDE(j, COLUMNS) { READ(j, j, i) }                                             \
            } else {                                                                                \
                SIDE_BY_SIDE(j, COLUMNS) { READ(j, ROW_OF(j), i) }                                     \
            }                                                                                       \
            SIDE_BY_SIDE(j, COLUMNS) { DO(j, j, i) }                                                   \
            if (columns == COLUMNS) {                                                                  \
                SIDE_BY_SIDE(j, COLUMNS) { WRITE(j, j, i) }                                            \
            } else {                                                                                \
                SIDE_BY_SIDE(j, columns) { WRITE(j, j, i) }                                         \
            }                                                                                       \
        }                                                                                           \
    }
#else
#define LANE(j) j
#define PASS(begin, end, READ, DO, WRITE) {                                                         \
        ulong whole = end - (end - begin) % LANES;                                                  \
        for (ulong i = begin; i < whole; i += LANES) {                                              \
            ALONG_LANES(j) { READ(j, 0, (i + j)) DO(j, 0, (i + j)) WRITE(j, 0, (i + j)) }           \
        }                                                                                           \
        for (uint j = 0; j < LANES; j++) {                                                          \
            ulong i = whole + j;                                                                    \
            if (i < end) { READ(j, 0, i) DO(j, 0, i) WRITE(j, 0, i) }                               \
        }                                                                                           \
    }
#endif
#define NOTHING(j, c, i)

// A column that may be read in place of c: in a tile's last columns there may be no row.
#if COLUMNS > 1
#define ROW_OF(c) (c < columns ? c : columns - 1)
#else
#define ROW_OF(c) 0
#endif

kernel void run_rows(OPERANDS, ulong rows, ulong outer, ulong axis, ulong inner, ulong first_outer, ulong repeat_each
                     PARAMETERS) {
    // Tiles do not go beyond what is neighbours, all rows or those of one outer index.
    ulong tiles = (NEIGHBOURS - 1) / COLUMNS + 1;
    ulong block = get_group_id(0) / tiles;
    ulong place = (get_group_id(0) - block * tiles) * COLUMNS;
    ulong columns = NEIGHBOURS - place < COLUMNS ? NEIGHBOURS - place : COLUMNS;
    ulong row_number = block * NEIGHBOURS + place;
    ulong plane = axis * inner;
    PLACES
#if COLUMNS > 1
    ulong lanes_here = run_lanes_of(n);
#endif
    DECLARE
    READ_ROW
#ifdef SCORE
#define LARGER(j, c, i) largest[j] = row_larger(largest[j], SCORE(j, c, i));
    float largest[WIDTH];
    for (uint j = 0; j < WIDTH; j++) { largest[j] = -INFINITY; }
    PASS(0, n, READ_SCORE, LARGER, NOTHING)
    COMBINE(largest, row_larger)
    float maximum[COLUMNS];
    EACH_ROW(maximum[c] = MAXIMUM(row_maximum(largest[c]));)
#endif
#ifdef HOLDS
#define EARLIER(j, c, i) first_index[j] = row_first(first_index[j], (uint)i, HOLDS(j, c, i));
    uint first_index[WIDTH];
    for (uint j = 0; j < WIDTH; j++) { first_index[j] = NO_INDEX; }
    PASS(0, n, READ_HOLDS, EARLIER, NOTHING)
    COMBINE(first_index, row_earlier)
#endif
    BEGIN_ROUND
#ifdef TERMS
    DECLARE_SUMS
    ulong from = 0;
    do {
        ulong to = n - from < SEGMENT ? n : from + SEGMENT;
        CLEAR_INNER
        PASS(from, to, READ_TERMS, TERMS, WRITE_TERM)
        SUM_SEGMENT
        if (n > SEGMENT) { ADD_SEGMENTS(from / SEGMENT) }
        from = to;
    } while (from < n);
    if (n > SEGMENT) { SUM_SEGMENTS }
    NORMALISE
#endif
    MAKE_ROW
    END_ROUND
#ifdef RESULTS
    PASS(0, n, READ_RESULTS, RESULTS, WRITE_RESULTS)
#endif
}

