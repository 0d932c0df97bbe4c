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
#define COUNT , ulong count
#define EACH_TIME VECTORS(LOOPS, 2) for (ulong time = 0; time < count; time++)
#else
#define COUNT
#define EACH_TIME
#endif
