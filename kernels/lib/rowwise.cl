// The loop of functions that reduce over rows; for devices only, the CPU has its own. The shape is (outer, axis, inner).
//
// The shape of every sum is fixed, so that its bits do not depend on the device: a row is cut into segments of 4096 elements,
// element i of a segment is added to lane i mod 64 in order of i, a lane being a pair that starts as 0; the lanes are added in
// the tree 64 -> 32 -> ... -> 1; the segments' sums are reduced in the same way once more; the result is normalised. Adding a pair
// that is 0 changes no bit, so lanes and segments that are absent may be skipped. The maximum is the same in any order, and so is
// the first index.
//
// ITEMS work-items, a power of two up to 64, work on one row. Work-item w carries the lanes w, w + ITEMS, ..., so it meets the
// same elements in every pass and may read back what it wrote. With ITEMS 1 the loops over the lanes are what a CPU vectorises.
// An element is read before it is written, since an output may be an input; of 64 that are vectorised, all are.
//
// The host makes the other macros. PLACES says where a row's elements lie, STEP_... how far apart they are. DECLARE has the
// variables of one work-item; READ_...(j, i) loads what a pass needs of element i into those of lane j. SCORE and HOLDS are
// expressions of lane j, TERMS adds to the sums' inner lanes, RESULTS computes outputs and WRITE_... stores. BEGIN_ROUND
// and END_ROUND enclose what is repeated until the row needs no other round: all work-items of a row know the same of it.

#define LANES 64
#define SEGMENT 4096
#define EACH_ITEM (LANES / ITEMS)

#if ITEMS > 1
#define TOGETHER barrier(CLK_LOCAL_MEM_FENCE)
#else
#define TOGETHER
#endif

// The part of the lanes that one work-item carries.
typedef struct { float hi[EACH_ITEM]; float lo[EACH_ITEM]; } lanes;

#define CLEAR(l) for (uint j = 0; j < EACH_ITEM; j++) { l.hi[j] = 0.0f; l.lo[j] = 0.0f; }

#define ADD_TO_LANE(l, j, term) {                                           \
        pair sum_of_two = pair_plus(pair_of(l.hi[j], l.lo[j]), term);       \
        l.hi[j] = sum_of_two.hi;                                            \
        l.lo[j] = sum_of_two.lo;                                            \
    }

// Adds the sum of segment number s to its lane.
#define ADD_SEGMENT(l, s, sum)                                              \
    for (uint j = 0; j < EACH_ITEM; j++) {                                  \
        if ((uint)(s % LANES) == j * ITEMS + w) { ADD_TO_LANE(l, j, sum) }  \
    }

// The tree: first over the lanes of one work-item, then over work-items. Every work-item gets the sum.
pair row_tree(lanes *l, local float *hi, local float *lo) {
    uint w = get_local_id(0);
    for (uint half_way = EACH_ITEM / 2; half_way > 0; half_way /= 2) {
        for (uint j = 0; j < half_way; j++) {
            pair s = pair_plus(pair_of(l->hi[j], l->lo[j]), pair_of(l->hi[j + half_way], l->lo[j + half_way]));
            l->hi[j] = s.hi;
            l->lo[j] = s.lo;
        }
    }
#if ITEMS > 1
    hi[w] = l->hi[0];
    lo[w] = l->lo[0];
    TOGETHER;
    for (uint half_way = ITEMS / 2; half_way > 0; half_way /= 2) {
        if (w < half_way) {
            pair s = pair_plus(pair_of(hi[w], lo[w]), pair_of(hi[w + half_way], lo[w + half_way]));
            hi[w] = s.hi;
            lo[w] = s.lo;
        }
        TOGETHER;
    }
    pair total = pair_of(hi[0], lo[0]);
    TOGETHER;
    return total;
#else
    return pair_of(l->hi[0], l->lo[0]);
#endif
}

// Combines the lanes of all work-items; every one gets the result. No order is better than another.
#define COMBINE(lane, shared, FUNCTION)                                                             \
    for (uint j = 1; j < EACH_ITEM; j++) { lane[0] = FUNCTION(lane[0], lane[j]); }                  \
    if (ITEMS > 1) {                                                                                \
        shared[w] = lane[0];                                                                        \
        TOGETHER;                                                                                   \
        for (uint half_way = ITEMS / 2; half_way > 0; half_way /= 2) {                              \
            if (w < half_way) { shared[w] = FUNCTION(shared[w], shared[w + half_way]); }            \
            TOGETHER;                                                                               \
        }                                                                                           \
        lane[0] = shared[0];                                                                        \
        TOGETHER;                                                                                   \
    }

// Goes through the elements begin to end in steps of all lanes: READ, DO and WRITE are what a step does with lane j and element i.
// Work-items that share a row meet each element alone, and the text is there once, because compilers for them inline and unroll.
#if ITEMS > 1
#define PASS(begin, end, READ, DO, WRITE) {                                                         \
        for (ulong step = begin; step < end; step += LANES) {                                       \
            for (uint j = 0; j < EACH_ITEM; j++) {                                                  \
                ulong i = step + j * ITEMS + w;                                                     \
                if (i < end) { READ(j, i) DO(j, i) WRITE(j, i) }                                    \
            }                                                                                       \
        }                                                                                           \
    }
#else
#define PASS(begin, end, READ, DO, WRITE) {                                                         \
        ulong whole = end - (end - begin) % LANES;                                                  \
        for (ulong i = begin; i < whole; i += LANES) {                                              \
            for (uint j = 0; j < LANES; j++) { READ(j, (i + j)) }                                   \
            for (uint j = 0; j < LANES; j++) { DO(j, (i + j)) }                                     \
            for (uint j = 0; j < LANES; j++) { WRITE(j, (i + j)) }                                  \
        }                                                                                           \
        for (uint j = 0; j < LANES; j++) {                                                          \
            ulong i = whole + j;                                                                    \
            if (i < end) { READ(j, i) DO(j, i) WRITE(j, i) }                                        \
        }                                                                                           \
    }
#endif
#define NOTHING(j, i)

// i % inner for those who divide i by inner too: one division, and one that simulators of LLVM's code know
#define WITHIN(i) ((i) - (i) / inner * inner)

kernel void run_rows(OPERANDS, ulong first, ulong outer, ulong axis, ulong inner, ulong first_outer, ulong repeat_each PARAMETERS) {
    local float shared_hi[ITEMS];
    local float shared_lo[ITEMS];
    uint w = get_local_id(0);
    ulong row_number = get_group_id(0);
    ulong plane = axis * inner;
    PLACES
    DECLARE
    READ_ROW
#ifdef SCORE
#define LARGER(j, i) largest[j] = row_larger(largest[j], SCORE(j, i));
    float largest[EACH_ITEM];
    for (uint j = 0; j < EACH_ITEM; j++) { largest[j] = -INFINITY; }
    PASS(0, n, READ_SCORE, LARGER, NOTHING)
    COMBINE(largest, shared_hi, row_larger)
    float maximum = row_maximum(largest[0]);
#endif
#ifdef HOLDS
#define EARLIER(j, i) firsts[j] = row_first(firsts[j], (uint)i, HOLDS(j, i));
    local uint shared_first[ITEMS];
    uint firsts[EACH_ITEM];
    for (uint j = 0; j < EACH_ITEM; j++) { firsts[j] = NO_INDEX; }
    PASS(0, n, READ_HOLDS, EARLIER, NOTHING)
    COMBINE(firsts, shared_first, row_earlier)
    uint first_index = firsts[0];
#endif
    BEGIN_ROUND
#ifdef TERMS
    DECLARE_SUMS
    for (ulong from = 0; from < n; from += SEGMENT) {
        ulong to = n - from < SEGMENT ? n : from + SEGMENT;
        CLEAR_INNER
        PASS(from, to, READ_TERMS, TERMS, WRITE_TERM)
        SUM_SEGMENT
        if (n > SEGMENT) { ADD_SEGMENTS(from / SEGMENT) }
    }
    if (n > SEGMENT) { SUM_SEGMENTS }
    NORMALISE
#endif
    MAKE_ROW
    END_ROUND
#ifdef RESULTS
    PASS(0, n, READ_RESULTS, RESULTS, WRITE_RESULTS)
#endif
}
