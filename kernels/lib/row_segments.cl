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
