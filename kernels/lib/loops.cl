// How compilers of drivers for CPUs are told to make vectors of a loop, none of whose rounds needs another: by themselves they take
// half of an AVX-512 vector and one at a time, which leaves most of a core idle. For devices only.
//
// Some drivers compile twice, at first without making any vectors, which must not be warned of.
#ifdef __clang__
#pragma clang diagnostic ignored "-Wpass-failed"
#define PRAGMA(text) _Pragma(#text)
#define VECTORS(width, at_once) PRAGMA(clang loop vectorize(assume_safety) vectorize_width(width) interleave_count(at_once))
#else
#define VECTORS(width, at_once)
#endif

// Where LOOPS is defined, as the elements that are computed at once, a work-item is a thread's share of the elements: it does
// something for each of `count` neighbours. Elsewhere it does it once.
#ifdef LOOPS
#define EXTENT , ulong count
#define EACH_TIME VECTORS(LOOPS, 2) for (ulong time = 0; time < count; time++)
#else
#define EXTENT
#define EACH_TIME
#endif

#define KERNEL kernel

// Element-wise kernels: which vector of a buffer a work-item accesses at a step. Offsets are in elements, because an operand may
// begin anywhere in a buffer, and vload and vstore need no other alignment. There is no test against the length: it would halve
// the speed, because stores would be masked. The host launches whole work-groups, and what remains in a last loop that is shorter.
#ifdef LOOPS
#define AT(step) (get_global_id(0) * count + time)
#else
#define AT(step) ((get_group_id(0) * STEPS + (step)) * get_local_size(0) + get_local_id(0))
#endif

#define STEPS (ELEMENTS / WIDTH)
#define VLOAD JOINED(vload, WIDTH)
#define VSTORE JOINED(vstore, WIDTH)
#define JOINED(a, b) JOINED_NAMES(a, b)
#define JOINED_NAMES(a, b) a##b

#if WIDTH == 1
#define READ(v, p) v[s] = (p)[AT(s)]
#define WRITE(v, p) (p)[AT(s)] = v[s]
#else
#define READ(v, p) VSTORE(VLOAD(AT(s), p), s, v)
#define WRITE(v, p) VSTORE(VLOAD(s, v), AT(s), p)
#endif
