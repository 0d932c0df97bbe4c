// How kernels for GPUs move neighbours at once: by pointers to vectors, not by vload and vstore, which promise no alignment, so that
// NVIDIA's compiler takes them apart. Eight elements of 16 bits are moved as four words, or that compiler would move them by halves.
// The host uses such texts only where operands begin at a multiple of a vector.
#define JOINED(a, b) JOINED_NAMES(a, b)
#define JOINED_NAMES(a, b) a##b
#define VECTOR_OF(element, width) JOINED(element, width)
#define MOVED(element, width) JOINED(MOVED_, JOINED(element, width))
#define MOVED_float2 float2
#define MOVED_float4 float4
#define MOVED_float8 float8
#define MOVED_double2 double2
#define MOVED_double4 double4
#define MOVED_ushort2 uint
#define MOVED_ushort4 uint2
#define MOVED_ushort8 uint4
#define MOVED_int2 int2
#define MOVED_int4 int4
#define MOVED_int8 int8
#define MOVED_uchar2 uchar2
#define MOVED_uchar4 uint
#define MOVED_uchar8 uint2
#define FETCH(element, width, p) JOINED(as_, VECTOR_OF(element, width))(*(global const MOVED(element, width) *)(p))
#define PUT(element, width, p, v) *(global MOVED(element, width) *)(p) = JOINED(as_, MOVED(element, width))(v)
