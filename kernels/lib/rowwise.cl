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
