// The loop of row-wise functions; for devices only, the CPU has its own. Rows lie one behind the other.
//
// The shape of every sum is fixed, so that its bits do not depend on the device: a row is cut into segments of 4096 elements,
// element i of a segment is added to lane i mod 64 in order of i, a lane being a pair that starts as 0; the lanes are added in
// the tree 64 -> 32 -> ... -> 1; the segments' sums are reduced in the same way once more; the result is normalised. Adding a pair
// that is 0 changes no bit, so lanes and segments that are absent may be skipped. The maximum is the same in any order.
//
// ITEMS work-items, a power of two up to 64, work on one row. Work-item w carries the lanes w, w + ITEMS, ..., so it meets the
// same elements in every pass and may read back what it wrote. With ITEMS 1 the loops over the lanes are what a CPU vectorises.
// Each step of 64 elements is read before any of it is written, since the output may be an input.

#define LANES 64
#define SEGMENT 4096
#define EACH (LANES / ITEMS)

#if ITEMS > 1
#define TOGETHER barrier(CLK_LOCAL_MEM_FENCE)
#else
#define TOGETHER
#endif

// The part of the lanes that one work-item carries.
typedef struct { float hi[EACH]; float lo[EACH]; } lanes;

#define CLEAR(l) for (uint j = 0; j < EACH; j++) { l.hi[j] = 0.0f; l.lo[j] = 0.0f; }

#define ADD_TO_LANE(l, j, term) {                                           \
        pair sum_of_two = pair_plus(pair_of(l.hi[j], l.lo[j]), term);       \
        l.hi[j] = sum_of_two.hi;                                            \
        l.lo[j] = sum_of_two.lo;                                            \
    }

// The tree: first over the lanes of one work-item, then over work-items. Every work-item gets the sum.
pair row_tree(lanes *l, local float *hi, local float *lo) {
    uint w = get_local_id(0);
    for (uint half_way = EACH / 2; half_way > 0; half_way /= 2) {
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

float row_maximum_of(global const float *x, ulong n, local float *shared) {
    uint w = get_local_id(0);
    float m[EACH];
    for (uint j = 0; j < EACH; j++) {
        m[j] = -INFINITY;
    }
    ulong whole = n - n % LANES;
    for (ulong i = 0; i < whole; i += LANES) {
        for (uint j = 0; j < EACH; j++) {
            m[j] = row_larger(m[j], x[i + j * ITEMS + w]);
        }
    }
    for (uint j = 0; j < EACH; j++) {
        if (whole + j * ITEMS + w < n) {
            m[j] = row_larger(m[j], x[whole + j * ITEMS + w]);
        }
    }
    for (uint j = 1; j < EACH; j++) {
        m[0] = row_larger(m[0], m[j]);
    }
#if ITEMS > 1
    shared[w] = m[0];
    TOGETHER;
    for (uint half_way = ITEMS / 2; half_way > 0; half_way /= 2) {
        if (w < half_way) {
            shared[w] = row_larger(shared[w], shared[w + half_way]);
        }
        TOGETHER;
    }
    m[0] = shared[0];
    TOGETHER;
#endif
    return row_maximum(m[0]);
}

// Leaves the row's sum in `total`. READ(j, i), TERM(j, i) and WRITE(j, i) are what one step does with lane j and element i.
#define SUM_OF_ROW(total, n, READ, TERM, WRITE)                                             \
    lanes outer_lanes;                                                                      \
    CLEAR(outer_lanes)                                                                      \
    pair total = pair_of(0.0f, 0.0f);                                                       \
    for (ulong from = 0; from < n; from += SEGMENT) {                                       \
        ulong to = n - from < SEGMENT ? n : from + SEGMENT;                                 \
        ulong whole = to - (to - from) % LANES;                                             \
        lanes inner_lanes;                                                                  \
        CLEAR(inner_lanes)                                                                  \
        for (ulong i = from; i < whole; i += LANES) {                                       \
            for (uint j = 0; j < EACH; j++) { READ(j, i + j * ITEMS + w) }                  \
            for (uint j = 0; j < EACH; j++) { TERM(j, i + j * ITEMS + w) }                  \
            for (uint j = 0; j < EACH; j++) { WRITE(j, i + j * ITEMS + w) }                 \
        }                                                                                   \
        for (uint j = 0; j < EACH; j++) {                                                   \
            ulong i = whole + j * ITEMS + w;                                                \
            if (i < to) { READ(j, i) TERM(j, i) WRITE(j, i) }                               \
        }                                                                                   \
        total = row_tree(&inner_lanes, shared_hi, shared_lo);                               \
        if (n > SEGMENT) {                                                                  \
            uint lane = (uint)(from / SEGMENT) % LANES;                                     \
            for (uint j = 0; j < EACH; j++) {                                               \
                if (lane == j * ITEMS + w) { ADD_TO_LANE(outer_lanes, j, total) }           \
            }                                                                               \
        }                                                                                   \
    }                                                                                       \
    if (n > SEGMENT) {                                                                      \
        total = row_tree(&outer_lanes, shared_hi, shared_lo);                               \
    }                                                                                       \
    total = row_normal(total);

// y = result of each element's term, which y itself keeps between the passes, and the row's sum.
kernel void run_forward(global const float *x_base, ulong x_at, global float *y_base, ulong y_at, ulong n PARAMETERS) {
    local float shared_hi[ITEMS];
    local float shared_lo[ITEMS];
    uint w = get_local_id(0);
    ulong row = get_group_id(0);
    global const float *x = x_base + (x_at + row * n);
    global float *y = y_base + (y_at + row * n);
    float maximum = row_maximum_of(x, n, shared_hi);
    float value[EACH];
#define READ_X(j, i) value[j] = x[i];
#define TERM_X(j, i) {                                                      \
        pair term = forward_term(value[j], maximum ARGUMENTS);              \
        value[j] = term.hi;                                                 \
        ADD_TO_LANE(inner_lanes, j, term)                                   \
    }
#define WRITE_TERM(j, i) y[i] = value[j];
    SUM_OF_ROW(sum, n, READ_X, TERM_X, WRITE_TERM)
    for (ulong i = w; i < n; i += ITEMS) {
        y[i] = forward_result(y[i], sum ARGUMENTS);
    }
}

#ifdef HAS_BACKWARD_FROM_OUTPUT
kernel void run_backward_from_output(global const float *y_base, ulong y_at, global const float *dy_base, ulong dy_at,
                                     global float *dx_base, ulong dx_at, ulong n PARAMETERS) {
    local float shared_hi[ITEMS];
    local float shared_lo[ITEMS];
    uint w = get_local_id(0);
    ulong row = get_group_id(0);
    global const float *y = y_base + (y_at + row * n);
    global const float *dy = dy_base + (dy_at + row * n);
    global float *dx = dx_base + (dx_at + row * n);
    float value[EACH];
    float gradient[EACH];
#define READ_BOTH(j, i) value[j] = y[i]; gradient[j] = dy[i];
#define TERM_BOTH(j, i) ADD_TO_LANE(inner_lanes, j, backward_from_output_term(value[j], gradient[j] ARGUMENTS))
#define NOTHING(j, i)
    SUM_OF_ROW(sum, n, READ_BOTH, TERM_BOTH, NOTHING)
    ulong all = n - n % LANES;
    for (ulong i = 0; i < all; i += LANES) {
        for (uint j = 0; j < EACH; j++) { READ_BOTH(j, i + j * ITEMS + w) }
        for (uint j = 0; j < EACH; j++) { value[j] = backward_from_output_result(value[j], gradient[j], sum ARGUMENTS); }
        for (uint j = 0; j < EACH; j++) { dx[i + j * ITEMS + w] = value[j]; }
    }
    for (ulong i = all + w; i < n; i += ITEMS) {
        dx[i] = backward_from_output_result(y[i], dy[i], sum ARGUMENTS);
    }
}
#endif
