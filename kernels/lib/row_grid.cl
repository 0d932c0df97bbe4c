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
