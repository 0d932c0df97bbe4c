// Movement of memory around functions of several inputs or outputs; for devices only, the CPU has its own. Functions of one element
// and their gradients are moved by elementwise.cl.
//
// The shape is (outer, axis, inner); a launch covers whole outer indexes, whose `plane` elements are axis * inner. One element
// per work-item: g is its number in the chunk that the operands' places (NAME_at) belong to, o its outer index in there, r what
// is left. An output may be an input, so each work-item reads all it needs before it writes. There is no test against the length,
// as in elementwise.cl. What EACH, AXIS, ROW and REPEATED mean is said in KernelSignature.Layout; COMPUTE is made by the host of
// loads, one call and stores.

#define EACH(at, part, parts) (at + ((ulong)o * parts + part) * plane + r)
#define ALL(at) (at + g)
#define AXIS(at) (at + r / (uint)inner)
#define ROW(at) (at + o * inner + r % (uint)inner)
#define REPEATED(at, repeated) (at + (first_outer + o) / repeat_each % repeated * plane + r)
#define ELEMENT_NUMBER (first_outer * plane + g)

kernel void run_map(OPERANDS, ulong first, ulong outer, ulong axis, ulong inner, ulong first_outer, ulong repeat_each PARAMETERS) {
    ulong g = first + get_global_id(0);
    ulong plane = axis * inner;
#ifdef DIVIDES
    uint o = (uint)g / (uint)plane;
    uint r = (uint)g - o * (uint)plane;
#endif
    COMPUTE
}
