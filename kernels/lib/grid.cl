// How the elements of an element-wise kernel are distributed over the work-items of a GPU; loops.cl is its like for drivers of CPUs.
//
// A launch covers n elements, at most 2^30, in slots: n / WIDTH vectors of WIDTH neighbours, then a slot for each element that is
// left. At each of its STEPS a work-item computes one slot, and the slots of a work-group at one step are neighbours. Work-items
// behind the last slot touch nothing, so one launch of whole work-groups serves any length.

#define KERNEL kernel __attribute__((reqd_work_group_size(GROUP, 1, 1)))
#define EXTENT , uint n

#define STEPS (ELEMENTS / WIDTH)
#define SLOT(s) (((uint)get_group_id(0) * STEPS + (s)) * GROUP + (uint)get_local_id(0))
#define WHOLE (n / WIDTH)
// The first element of a slot.
#define FIRST(s) (SLOT(s) < WHOLE ? SLOT(s) * WIDTH : SLOT(s) + (WHOLE * WIDTH - WHOLE))

// With one step, work-items that have nothing to do end at once.
#if ELEMENTS == WIDTH
#define EACH_TIME if (FIRST(0) >= n) { return; }
#define EXISTS(s) true
#else
#define EACH_TIME
#define EXISTS(s) (FIRST(s) < n)
#endif

#if WIDTH == 1
#define READ(v, p) { v[s] = 0; if (EXISTS(s)) { v[s] = (p)[SLOT(s)]; } }
#define WRITE(v, p) if (EXISTS(s)) { (p)[SLOT(s)] = v[s]; }
#else
#define READ(v, p) {                                                        \
        global const ELEMENT *from = (p) + FIRST(s);                        \
        if (SLOT(s) < WHOLE) {                                              \
            LOAD_VECTOR(ELEMENT, WIDTH, v, (s) * WIDTH, from)               \
        } else {                                                            \
            ELEMENT single = 0;                                             \
            if (EXISTS(s)) { single = *from; }                              \
            _Pragma("unroll") for (int k = 0; k < WIDTH; k++) { v[(s) * WIDTH + k] = single; } \
        }                                                                   \
    }
#define WRITE(v, p) {                                                       \
        global ELEMENT *to = (p) + FIRST(s);                                \
        if (SLOT(s) < WHOLE) {                                              \
            STORE_VECTOR(ELEMENT, WIDTH, v, (s) * WIDTH, to)                \
        } else if (EXISTS(s)) {                                             \
            *to = v[(s) * WIDTH];                                           \
        }                                                                   \
    }
#endif
