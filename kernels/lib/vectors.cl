// How kernels for GPUs move neighbours between memory and an array at once: by pointers to vectors, not by vload and vstore, which
// promise no alignment, so that NVIDIA's compiler takes them apart. The host uses such texts only where operands begin at a multiple of
// a vector.
#define JOINED(a, b) JOINED_NAMES(a, b)
#define JOINED_NAMES(a, b) a##b
#define LOAD_VECTOR(element, width, v, j, p) JOINED(LOAD_, JOINED(element, width))(v, j, p)
#define STORE_VECTOR(element, width, v, j, p) JOINED(STORE_, JOINED(element, width))(v, j, p)
#define LOAD_AS(type, width, v, j, p) vstore##width(*(global const type *)(p), 0, (v) + (j));
#define STORE_AS(type, width, v, j, p) *(global type *)(p) = vload##width(0, (v) + (j));
#define LOAD_float2(v, j, p) LOAD_AS(float2, 2, v, j, p)
#define LOAD_float4(v, j, p) LOAD_AS(float4, 4, v, j, p)
#define LOAD_float8(v, j, p) LOAD_AS(float8, 8, v, j, p)
#define LOAD_double2(v, j, p) LOAD_AS(double2, 2, v, j, p)
#define LOAD_double4(v, j, p) LOAD_AS(double4, 4, v, j, p)
#define LOAD_int2(v, j, p) LOAD_AS(int2, 2, v, j, p)
#define LOAD_int4(v, j, p) LOAD_AS(int4, 4, v, j, p)
#define LOAD_int8(v, j, p) LOAD_AS(int8, 8, v, j, p)
#define LOAD_ushort2(v, j, p) LOAD_AS(ushort2, 2, v, j, p)
#define LOAD_ushort4(v, j, p) LOAD_AS(ushort4, 4, v, j, p)
#define LOAD_uchar2(v, j, p) LOAD_AS(uchar2, 2, v, j, p)
#define LOAD_uchar4(v, j, p) LOAD_AS(uchar4, 4, v, j, p)
#define LOAD_uchar8(v, j, p) LOAD_AS(uchar8, 8, v, j, p)
#define STORE_float2(v, j, p) STORE_AS(float2, 2, v, j, p)
#define STORE_float4(v, j, p) STORE_AS(float4, 4, v, j, p)
#define STORE_float8(v, j, p) STORE_AS(float8, 8, v, j, p)
#define STORE_double2(v, j, p) STORE_AS(double2, 2, v, j, p)
#define STORE_double4(v, j, p) STORE_AS(double4, 4, v, j, p)
#define STORE_ushort2(v, j, p) STORE_AS(ushort2, 2, v, j, p)
#define STORE_ushort4(v, j, p) STORE_AS(ushort4, 4, v, j, p)
// As words: NVIDIA's compiler moves ushort8 by halves.
#define LOAD_ushort8(v, j, p) {                                             \
        uint4 moved = *(global const uint4 *)(p);                           \
        LOWER_AND_UPPER(moved.s0, v, j)                                     \
        LOWER_AND_UPPER(moved.s1, v, (j) + 2)                               \
        LOWER_AND_UPPER(moved.s2, v, (j) + 4)                               \
        LOWER_AND_UPPER(moved.s3, v, (j) + 6)                               \
    }
#define LOWER_AND_UPPER(word, v, j) (v)[j] = (ushort)(word); (v)[(j) + 1] = (ushort)((word) >> 16);
#define WORD_OF(v, j) ((uint)(v)[j] | (uint)(v)[(j) + 1] << 16)
#define STORE_ushort8(v, j, p) *(global uint4 *)(p)                         \
        = (uint4)(WORD_OF(v, j), WORD_OF(v, (j) + 2), WORD_OF(v, (j) + 4), WORD_OF(v, (j) + 6));
