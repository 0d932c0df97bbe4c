// The loop of functions that reduce over rows; for devices only, the CPU has its own. The shape is (outer, axis, inner).
//
// The shape of every sum is fixed, so that its bits do not depend on the device: a row is cut into segments of 4096 elements,
// element i of a segment is added to lane i mod 64 in order of i, a lane being a pair that starts as 0; the lanes are added
// in the tree 64 -> 32 -> ... -> 1; the segments' sums are reduced in the same way once more; the result is normalised. Adding
// a pair that is 0 changes no bit, so lanes and segments that are absent may be skipped. The maximum is the same in any order,
// and so is the first index.
//
// A work-group computes a tile: COLUMNS rows side by side, often one. Every row has LANES lanes, 64 or, where no row is longer,
// a smaller power of two. The host chooses between two ways:
//
// - ONE_ITEM: one work-item has all lanes of all columns, and its innermost loop is what a CPU vectorises: over the columns,
//   or over the lanes if there is one column. A column behind the last row copies that row's numbers and writes nothing.
// - Otherwise ITEMS work-items, a power of two, share a row. Work-item w of a row carries the lanes w, w + ITEMS, ... of it, so
//   it meets the same elements in every pass and may read back what it wrote. Work-items that are neighbours have neighbouring
//   columns, or neighbouring lanes where a row's elements lie one behind the other (LANES_FIRST). Those of a column behind the
//   last row go through the barriers and touch no element.
//
// An element is read before it is written, since an output may be an input; of those that are vectorised together, all are.
//
// The host makes the other macros. PLACES says where a row's elements lie. DECLARE has the variables of one work-item;
// READ_...(j, c, i) loads what a pass needs of element i of column c into those of number j. SCORE and HOLDS are expressions
// of them, TERMS adds to the sums' lanes, RESULTS computes outputs and WRITE_... stores. What a row has once is an array over
// the columns of a work-item; where that has one row, c is 0. BEGIN_ROUND and END_ROUND enclose what is repeated until no row
// of the tile needs another round.

#define SEGMENT 4096

#ifdef ONE_ITEM
#define ITEMS 1
#define ROWS COLUMNS
#define TOGETHER
#else
#define ROWS 1
#define TOGETHER barrier(CLK_LOCAL_MEM_FENCE)
#endif
#define EACH_ITEM (LANES / ITEMS)

// How far apart work-items of the same row and of the same lane are.
#ifdef LANES_FIRST
#define NEXT_ITEM 1
#define NEXT_COLUMN ITEMS
#else
#define NEXT_ITEM COLUMNS
#define NEXT_COLUMN 1
#endif

// What one work-item computes in one go: WIDTH elements, of its rows or else of its lanes.
#if ROWS > 1
#define WIDTH ROWS
#define LANES_HERE lanes_here
#else
#define WIDTH EACH_ITEM
#define LANES_HERE EACH_ITEM
#endif

// Loops over what lies side by side, none of whose rounds needs another. Clang would unroll short ones before it comes to vectors.
#if defined __clang__ && ROWS > 1
#define SIDE_BY_SIDE(c, count) _Pragma("clang loop unroll(disable)") VECTORS(16, 1) for (ulong c = 0; c < count; c++)
#else
#define SIDE_BY_SIDE(c, count) for (ulong c = 0; c < count; c++)
#endif
#define ALONG_LANES(j) VECTORS(16, 2) for (ulong j = 0; j < LANES; j++)

#define EACH_ROW(DO) SIDE_BY_SIDE(c, ROWS) { DO }

// The lanes that a work-item carries, those of its rows side by side.
typedef struct { float hi[EACH_ITEM * ROWS]; float lo[EACH_ITEM * ROWS]; } lanes;

#define CLEAR(l) for (ulong k = 0; k < LANES_HERE * ROWS; k++) { l.hi[k] = 0.0f; l.lo[k] = 0.0f; }

#define ADD_TO_LANE(l, k, term) {                                           \
        pair sum_of_two = pair_plus(pair_of(l.hi[k], l.lo[k]), term);       \
        l.hi[k] = sum_of_two.hi;                                            \
        l.lo[k] = sum_of_two.lo;                                            \
    }

// Adds the sums of segment number s to their lane.
#define ADD_SEGMENT(l, s, sum)                                                                              \
    for (uint k = 0; k < EACH_ITEM; k++) {                                                                  \
        if ((uint)(s % LANES) == k * ITEMS + w) {                                                           \
            EACH_ROW(ADD_TO_LANE(l, k * ROWS + c, pair_of(sum.hi[c], sum.lo[c])))                           \
        }                                                                                                   \
    }

#define COPY_SUM(from, to) EACH_ROW(to.hi[c] = from.hi[c]; to.lo[c] = from.lo[c];)

#define NORMAL(sum) EACH_ROW(pair v = row_normal(pair_of(sum.hi[c], sum.lo[c])); sum.hi[c] = v.hi; sum.lo[c] = v.lo;)

// The lanes that rows of n elements have.
uint lanes_of(ulong n) {
    uint count = 1;
    while (count < LANES && count < n) {
        count *= 2;
    }
    return count;
}

// The tree: first over the lanes of one work-item, then over work-items. The sums go to the first lane of every work-item.
void row_tree(lanes *l, ulong count, local float *hi, local float *lo, uint me, uint w) {
    for (ulong half_way = count / 2; half_way > 0; half_way /= 2) {
        for (ulong k = 0; k < half_way; k++) {
            SIDE_BY_SIDE(c, ROWS) {
                ulong at = k * ROWS + c;
                ulong other = at + half_way * ROWS;
                pair s = pair_plus(pair_of(l->hi[at], l->lo[at]), pair_of(l->hi[other], l->lo[other]));
                l->hi[at] = s.hi;
                l->lo[at] = s.lo;
            }
        }
    }
#if ITEMS > 1
    hi[me] = l->hi[0];
    lo[me] = l->lo[0];
    TOGETHER;
    for (uint half_way = ITEMS / 2; half_way > 0; half_way /= 2) {
        if (w < half_way) {
            uint other = me + half_way * NEXT_ITEM;
            pair s = pair_plus(pair_of(hi[me], lo[me]), pair_of(hi[other], lo[other]));
            hi[me] = s.hi;
            lo[me] = s.lo;
        }
        TOGETHER;
    }
    l->hi[0] = hi[me - w * NEXT_ITEM];
    l->lo[0] = lo[me - w * NEXT_ITEM];
    TOGETHER;
#endif
}

// Combines what a row's lanes or work-items have; all get the result. No order is better than another.
#define COMBINE(each, shared, FUNCTION)                                                             \
    for (uint k = ROWS; k < WIDTH; k++) { each[0] = FUNCTION(each[0], each[k]); }                   \
    if (ITEMS > 1) {                                                                                \
        shared[me] = each[0];                                                                       \
        TOGETHER;                                                                                   \
        for (uint half_way = ITEMS / 2; half_way > 0; half_way /= 2) {                              \
            if (w < half_way) {                                                                     \
                shared[me] = FUNCTION(shared[me], shared[me + half_way * NEXT_ITEM]);               \
            }                                                                                       \
            TOGETHER;                                                                               \
        }                                                                                           \
        each[0] = shared[me - w * NEXT_ITEM];                                                       \
        TOGETHER;                                                                                   \
    }

// Goes through the elements begin to end of the rows: READ, DO and WRITE are what a step does with number j, which is element i
// of column c. LANE(j) is where its lane is.
#ifndef ONE_ITEM
// The text is there once, because compilers for such devices inline and unroll.
#define LANE(j) j
#define PASS(begin, end, READ, DO, WRITE) {                                                         \
        for (ulong step = begin; step < end; step += LANES) {                                       \
            for (uint j = 0; j < EACH_ITEM; j++) {                                                  \
                ulong i = step + j * ITEMS + w;                                                     \
                if (i < end && present) { READ(j, 0, i) DO(j, 0, i) WRITE(j, 0, i) }                \
            }                                                                                       \
        }                                                                                           \
    }
#elif ROWS > 1
#define LANE(j) (lane + j)
#define PASS(begin, end, READ, DO, WRITE) {                                                         \
        for (ulong i = begin; i < end; i++) {                                                       \
            ulong lane = i % LANES * ROWS;                                                          \
            if (columns == ROWS) {                                                                  \
                SIDE_BY_SIDE(j, ROWS) { READ(j, j, i) }                                             \
            } else {                                                                                \
                SIDE_BY_SIDE(j, ROWS) { READ(j, ROW_OF(j), i) }                                     \
            }                                                                                       \
            SIDE_BY_SIDE(j, ROWS) { DO(j, j, i) }                                                   \
            if (columns == ROWS) {                                                                  \
                SIDE_BY_SIDE(j, ROWS) { WRITE(j, j, i) }                                            \
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
#if ROWS > 1
#define ROW_OF(c) (c < columns ? c : columns - 1)
#else
#define ROW_OF(c) 0
#endif

kernel void run_rows(OPERANDS, ulong rows, ulong outer, ulong axis, ulong inner, ulong first_outer, ulong repeat_each
                     PARAMETERS) {
    local float shared_hi[COLUMNS * ITEMS];
    local float shared_lo[COLUMNS * ITEMS];
    uint me = get_local_id(0);
    uint w = me / NEXT_ITEM % ITEMS;
    uint column = me / NEXT_COLUMN % COLUMNS;
    // Tiles do not go beyond what is neighbours, all rows or those of one outer index.
    ulong tiles = (NEIGHBOURS - 1) / COLUMNS + 1;
    ulong block = get_group_id(0) / tiles;
    ulong place = (get_group_id(0) - block * tiles) * COLUMNS;
    ulong columns = NEIGHBOURS - place < COLUMNS ? NEIGHBOURS - place : COLUMNS;
    bool present = column < columns;
    place += present ? column : columns - 1;
    ulong row_number = block * NEIGHBOURS + place;
    ulong plane = axis * inner;
    PLACES
#if ROWS > 1
    ulong lanes_here = lanes_of(n);
#endif
    DECLARE
    READ_ROW
#ifdef SCORE
#define LARGER(j, c, i) largest[j] = row_larger(largest[j], SCORE(j, c, i));
    float largest[WIDTH];
    for (uint j = 0; j < WIDTH; j++) { largest[j] = -INFINITY; }
    PASS(0, n, READ_SCORE, LARGER, NOTHING)
    COMBINE(largest, shared_hi, row_larger)
    float maximum[ROWS];
    EACH_ROW(maximum[c] = row_maximum(largest[c]);)
#endif
#ifdef HOLDS
#define EARLIER(j, c, i) first_index[j] = row_first(first_index[j], (uint)i, HOLDS(j, c, i));
    local uint shared_first[COLUMNS * ITEMS];
    uint first_index[WIDTH];
    for (uint j = 0; j < WIDTH; j++) { first_index[j] = NO_INDEX; }
    PASS(0, n, READ_HOLDS, EARLIER, NOTHING)
    COMBINE(first_index, shared_first, row_earlier)
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
