// Rows of N elements, N being known to the compiler, that stay in registers: each element is read once and written once.
//
// A work-item has the elements VECTOR (w + ITEMS k) + c of each LANES elements of its row, k < EACH / VECTOR and c < VECTOR; COUNT of
// them in all. Loops have fixed lengths, so that the arrays become registers; compilers drop what is behind the row's end.
#define STEPS ((N - 1) / LANES + 1)
#define COUNT (STEPS * EACH)
#define ELEMENT(j) ((j) / EACH * LANES + ((j) % EACH / VECTOR * ITEMS + w) * VECTOR + (j) % VECTOR)
#define EXISTS(j) (ELEMENT(j) < N)
#define EACH_ELEMENT(j) UNROLLED for (uint j = 0; j < COUNT; j++)
#define EACH_VECTOR(j) UNROLLED for (uint j = 0; j < COUNT; j += VECTOR)

// The first term of a partial sum is added to 0: of pair_plus that leaves the sign of zeros.
#define ADD_TERM(name, number) {                                            \
        pair term_of = TERM_OF_##name(j, ELEMENT(j));                       \
        if (number == 0) { KEEP_TERM(j, term_of.hi) }                       \
        term_of = pair_of(EXISTS(j) ? term_of.hi : 0.0f, EXISTS(j) ? term_of.lo : 0.0f); \
        if (j < EACH) {                                                     \
            hi_##name[j % EACH] = 0.0f + term_of.hi;                        \
            lo_##name[j % EACH] = 0.0f + term_of.lo;                        \
        } else {                                                            \
            ADD_TO(hi_##name, lo_##name, j % EACH, term_of)                 \
        }                                                                   \
    }

KERNEL void run_rows(OPERANDS, SHAPE PARAMETERS) {
    EXCHANGE
    uint me = get_local_id(0);
    uint w = ITEM(me);
    ROW_OF_GROUP((uint)get_group_id(0))
    const uint start = 0;
    const uint n = N;
    ROW_INPUTS
    PLACES(0)
    INPUTS(COUNT)
    EACH_VECTOR(j) { READ_INPUTS(VECTOR, j, ELEMENT(j), EXISTS(j)) }
#ifdef SCORE
    float score[COUNT];
    EACH_ELEMENT(j) { score[j] = EXISTS(j) ? SCORE(j, ELEMENT(j)) : -INFINITY; }
    float largest = score[0];
#ifdef SUMS_SHOW_NAN
    // fmax passes over NaN. That is seen where it matters: beside a number, NaN reaches the sum; beside -inf alone, here.
    EACH_ELEMENT(j) { largest = fmax(largest, score[j]); }
    if (largest == -INFINITY) {
        EACH_ELEMENT(j) { largest = row_larger(largest, score[j]); }
    }
#else
    EACH_ELEMENT(j) { largest = row_larger(largest, score[j]); }
#endif
    COMBINE(float, largest, row_larger)
    float maximum = MAXIMUM(row_maximum(largest));
#endif
#ifdef HOLDS
    uint first_index = NO_INDEX;
    EACH_ELEMENT(j) { first_index = row_first(first_index, ELEMENT(j), EXISTS(j) && HOLDS(j, ELEMENT(j))); }
    COMBINE(uint, first_index, row_earlier)
#endif
    KEPT_TERMS(COUNT)
    BEGIN_ROUND
#ifdef EACH_SUM
    EACH_SUM(DECLARE_SUM)
    EACH_ELEMENT(j) { EACH_SUM(ADD_TERM) }
    EACH_SUM(TREE_OF)
    EACH_SUM(NORMALISE)
#endif
    ROW(w == 0)
    END_ROUND
#ifdef RESULT
    OUTPUTS(COUNT)
    EACH_ELEMENT(j) { RESULT(j, ELEMENT(j)) }
    EACH_VECTOR(j) {
        if (present && EXISTS(j)) { WRITE_RESULT(VECTOR, j, ELEMENT(j)) }
    }
#endif
}
