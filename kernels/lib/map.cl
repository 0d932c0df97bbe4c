// Movement of memory around functions of several inputs or outputs; for devices only, the CPU has its own. Functions of one element
// and their gradients are moved by elementwise.cl.
//
// The shape is (outer, axis, inner); a launch covers whole outer indexes, whose `plane` elements are axis * inner. One element
// per work-item, or many in a loop, see loops.cl: g is its number in the chunk that the operands' places (NAME_at) belong to, o
// its outer index in there, r what is left, c its index along the axis and i its inner index. An output may be an input, so each
// work-item reads all it needs before it writes. There is no test against the length, as in elementwise.cl. What EACH, AXIS, ROW
// and REPEATED mean is said in KernelSignature.Layout; COMPUTE is made by the host of loads, one call and stores.
//
// Nothing is divided: the host gives reciprocals. Where the elements of a work-group or of a loop are neighbours in one line of the
// shape (TOGETHER), indexes are found once for all and count on from there, so a compiler sees that a load of neighbours is one.

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

#define SHAPE ulong first, ulong outer, ulong axis, ulong inner, ulong first_outer, ulong repeat_each, ulong by_plane, ulong by_inner

// What an element's random word depends on besides its number.
#ifdef RANDOM
#define FIRST_ELEMENT (((ulong)element_high << 32 | element_low) + first_outer * plane)
#define BITS(g) uint bits = random_word(FIRST_ELEMENT + g, offset_low, offset_high, seed_low, seed_high);
#else
#define BITS(g)
#endif

// The first element of those that belong together, and which one after that is computed.
#ifdef LOOPS
#define START (first + get_global_id(0) * count)
#define NEXT time
#else
#define START (first + get_group_id(0) * get_local_size(0))
#define NEXT get_local_id(0)
#endif

kernel void run_map(OPERANDS, SHAPE PARAMETERS COUNT) {
    ulong plane = axis * inner;
    ulong start = START;
    EACH_TIME {
        ulong g = start + NEXT;
        PLACE(start, NEXT)
        BITS(g)
        COMPUTE
    }
}

#ifdef RANDOM
#define WORDS_OF(block)                                                     \
    words begun = random_words_begun((uint)(block), (uint)((block) >> 32), offset_low, offset_high, seed_low, seed_high); \
    words made = random_words_ended(begun, seed_low, seed_high);

#define KEEP_WORDS(bits)                                                    \
    (bits)[0] = made.word0;                                                 \
    (bits)[1] = made.word1;                                                 \
    (bits)[2] = made.word2;                                                 \
    (bits)[3] = made.word3;

// The same where the generator's four words at once serve four elements. FIRST_ELEMENT + first is a multiple of 4.
#ifdef LOOPS
// So is count, but for the last work-item. Words for a while, then what takes them: two loops, each in vectors of its own.
kernel void run_map_by_four(OPERANDS, SHAPE PARAMETERS COUNT) {
    uint all_bits[4 * BLOCKS];
    ulong plane = axis * inner;
    ulong start = START;
    for (ulong done = 0; done < count; done += 4 * BLOCKS) {
        ulong first_block = (FIRST_ELEMENT + start + done) / 4;
        VECTORS(LOOPS / 2, 1) for (uint j = 0; j < BLOCKS; j++) {
            WORDS_OF(first_block + j)
            KEEP_WORDS(all_bits + 4 * j)
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
#else
// Each work-item makes the words of four neighbours and hands them on, so that neighbouring work-items still have neighbouring
// elements.
kernel void run_map_by_four(OPERANDS, SHAPE PARAMETERS) {
    local uint all_bits[4 * BLOCKS];
    ulong plane = axis * inner;
    ulong many = get_local_size(0);
    ulong me = get_local_id(0);
    ulong group = first + get_group_id(0) * 4 * many;
    WORDS_OF((FIRST_ELEMENT + group) / 4 + me)
    KEEP_WORDS(all_bits + 4 * me)
    barrier(CLK_LOCAL_MEM_FENCE);
#define ONE_OF_FOUR(k) {                                                    \
        ulong g = group + k * many + me;                                    \
        PLACE(g, 0)                                                         \
        uint bits = all_bits[k * many + me];                                \
        COMPUTE                                                             \
    }
    ONE_OF_FOUR(0)
    ONE_OF_FOUR(1)
    ONE_OF_FOUR(2)
    ONE_OF_FOUR(3)
}
#endif
#endif
