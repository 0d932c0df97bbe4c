// Movement of memory around functions of several inputs or outputs; for devices only, the CPU has its own. Functions of one element
// and their gradients are moved by elementwise.cl.
//
// The shape is (outer, axis, inner); a launch covers whole outer indexes, whose `plane` elements are axis * inner. g is an element's
// number in the chunk that the operands' places (NAME_at) belong to, o its outer index in there, r what is left, c its index along
// the axis and i its inner index. An output may be an input, so each work-item reads all it needs before it writes. What EACH,
// AXIS, ROW and REPEATED mean is said in KernelSignature.Layout; COMPUTE is made by the host of loads, one call and stores. The numbers of
// the call are parameters that begin with run_.
//
// Nothing is divided: the host gives reciprocals. On drivers for CPUs a work-item is a loop, see loops.cl; where its elements are
// neighbours in one line of the shape (TOGETHER), indexes are found once for all and count on from there, so a compiler sees that
// a load of neighbours is one. On GPUs a work-item has ELEMENTS neighbours. They are moved WIDTH at once where lines and addresses
// are multiples of ELEMENTS, so that they lie in one line and their index is found once.

// g / d, exact for g < 2^31; `by` is made by the host's Reciprocal. Not by mul_hi, which some drivers make four products of.
#define QUOTIENT(g, by) ((ulong)((uint)(g) << 1) * (uint)(by) >> 32 >> ((by) >> 32))

#ifdef TOGETHER
#define DIVIDED(start, at) (start)
#define COUNTED(at) (at)
#else
#define DIVIDED(start, at) ((start) + (at))
#define COUNTED(at) 0
#endif

// Where element number start + at is; UNIT: inner is 1.
#ifndef DIVIDES
#define PLACE(start, at)
#elif defined UNIT
#define PLACE(start, at)                                                    \
    ulong o = QUOTIENT(DIVIDED(start, at), by_plane);                       \
    ulong r = DIVIDED(start, at) - o * plane + COUNTED(at);                 \
    ulong c = r;                                                            \
    ulong i = 0;
#else
#define PLACE(start, at)                                                    \
    ulong o = QUOTIENT(DIVIDED(start, at), by_plane);                       \
    ulong divided = DIVIDED(start, at) - o * plane;                         \
    ulong c = QUOTIENT(divided, by_inner);                                  \
    ulong i = divided - c * inner + COUNTED(at);                            \
    ulong r = divided + COUNTED(at);
#endif

#define EACH(at, part, parts) (at + (o * parts + part) * plane + r)
#define ALL(at) (at + g)
#define AXIS(at) (at + c)
#define ROW(at) (at + o * inner + i)
#define REPEATED(at, repeated) (at + (first_outer + o) / repeat_each % repeated * plane + r)

#define SHAPE ulong outer, ulong axis, ulong inner, ulong first_outer, ulong repeat_each, ulong by_plane, ulong by_inner

#ifdef RANDOM
// What an element's random word depends on besides its number.
#define FIRST_ELEMENT (((ulong)run_element_high << 32 | run_element_low) + first_outer * plane)
#define RANDOM_STREAM run_offset_low, run_offset_high, run_seed_low, run_seed_high
#define ONE_WORD(g) uint bits = random_word(FIRST_ELEMENT + (g), RANDOM_STREAM);

// The generator's four words at once, which serve four elements, the first one's number being a multiple of 4.
#define FOUR_WORDS(block, bits) {                                           \
        words begun = random_words_begun((uint)(block), (uint)((block) >> 32), RANDOM_STREAM); \
        words made = random_words_ended(begun, run_seed_low, run_seed_high); \
        (bits)[0] = made.word0;                                             \
        (bits)[1] = made.word1;                                             \
        (bits)[2] = made.word2;                                             \
        (bits)[3] = made.word3;                                             \
    }
#else
#define ONE_WORD(g)
#endif

#ifdef LOOPS
kernel void run_map(OPERANDS, ulong first, SHAPE PARAMETERS EXTENT) {
    ulong plane = axis * inner;
    ulong start = first + get_global_id(0) * count;
    EACH_TIME {
        ulong g = start + time;
        PLACE(start, time)
        ONE_WORD(g)
        COMPUTE
    }
}

#ifdef RANDOM
// Begins with a multiple of 4, and so does each work-item. Words for a while, then what takes them: two loops, each in vectors of
// its own.
kernel void run_map_by_four(OPERANDS, ulong first, SHAPE PARAMETERS EXTENT) {
    uint all_bits[4 * BLOCKS];
    ulong plane = axis * inner;
    ulong start = first + get_global_id(0) * count;
    for (ulong done = 0; done < count; done += 4 * BLOCKS) {
        ulong first_block = (FIRST_ELEMENT + start + done) / 4;
        VECTORS(LOOPS / 2, 1) for (uint j = 0; j < BLOCKS; j++) {
            FOUR_WORDS(first_block + j, all_bits + 4 * j)
        }
        uint more = (uint)min((ulong)(4 * BLOCKS), count - done);
        VECTORS(LOOPS, 2) for (uint k = 0; k < more; k++) {
            ulong g = start + done + k;
            PLACE(start, done + k)
            uint bits = all_bits[k];
            COMPUTE
        }
    }
}
#endif

#else
// LOADS fills in_NAME, COMPUTE_EACH(k) makes element k of out_NAME, STORES writes them.
#define KERNEL kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
#define EACH_ELEMENT(k) _Pragma("unroll") for (uint k = 0; k < ELEMENTS; k++)

#if WIDTH > 1
#define LOAD_NEIGHBOURS(element, v, p)                                                                         \
    if (whole) {                                                                                            \
        _Pragma("unroll") for (uint s = 0; s < ELEMENTS / WIDTH; s++) {                                     \
            LOAD_VECTOR(element, WIDTH, v, s * WIDTH, (p) + s * WIDTH)                                      \
        }                                                                                                   \
    } else {                                                                                                \
        EACH_ELEMENT(k) { v[k] = g + k < n ? (p)[k] : 0; }                                                  \
    }
#define STORE_NEIGHBOURS(element, v, p)                                                                        \
    if (whole) {                                                                                            \
        _Pragma("unroll") for (uint s = 0; s < ELEMENTS / WIDTH; s++) {                                     \
            STORE_VECTOR(element, WIDTH, v, s * WIDTH, (p) + s * WIDTH)                                     \
        }                                                                                                   \
    } else {                                                                                                \
        EACH_ELEMENT(k) { if (g + k < n) { (p)[k] = v[k]; } }                                               \
    }
#endif

// n elements. With WORDS the number of the first one is a multiple of 4, and so is ELEMENTS.
KERNEL void run_map(OPERANDS, SHAPE PARAMETERS, uint n) {
    ulong plane = axis * inner;
    uint first = ((uint)get_group_id(0) * GROUP + (uint)get_local_id(0)) * ELEMENTS;
    if (first >= n) { return; }
#ifdef WORDS
    uint all_bits[ELEMENTS];
    _Pragma("unroll") for (uint b = 0; b < ELEMENTS / 4; b++) {
        FOUR_WORDS((FIRST_ELEMENT + first) / 4 + b, all_bits + 4 * b)
    }
#define BITS_OF(k) uint bits = all_bits[k];
#else
#define BITS_OF(k) ONE_WORD(first + k)
#endif
#if WIDTH > 1
    uint g = first;
#ifdef DIVIDES
    const bool whole = true;
#else
    bool whole = n - g >= ELEMENTS;
#endif
    PLACE(g, 0)
    LOADS
    EACH_ELEMENT(k) {
        BITS_OF(k)
        COMPUTE_EACH(k)
    }
    STORES
#else
    EACH_ELEMENT(k) {
        uint g = first + k;
        if (g < n) {
            PLACE(g, 0)
            BITS_OF(k)
            COMPUTE
        }
    }
#endif
}
#endif
