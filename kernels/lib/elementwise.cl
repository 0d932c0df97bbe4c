// Movement of memory around element-wise functions; for devices only, the CPU has its own loops.
//
// A work-item computes ELEMENTS elements in STEPS = ELEMENTS / WIDTH steps, at each of them WIDTH neighbours with one access;
// what a work-group accesses at a step is contiguous. Unless something else was measured to be better on a device, all three
// are one, since GPUs coalesce. On drivers for CPUs a work-item does that many times, see loops.cl. Offsets are in elements,
// because an operand may begin anywhere in a buffer, and vload and vstore need no other alignment. The output may be an input,
// so nothing is `restrict`, and each work-item reads what it needs before it writes. There is no test against the length: it
// would halve the speed on CPUs, whose stores it masks. The host launches whole work-groups, and what remains with one element
// per work-item, at last in work-groups of one; of loops it launches a last one that is shorter.
//
// ELEMENT is what lies in memory, LOAD and STORE convert it from and to the number that is computed with. FORWARD, DERIVATIVE
// and DERIVATIVE_FROM_OUTPUT are the functions of the tier and type that was asked for, as far as there are any, BACKWARD one that
// takes the gradient too; PARAMETERS and ARGUMENTS their parameters, each with a comma before it.

#define STEPS (ELEMENTS / WIDTH)
// Which vector of a buffer a work-item accesses at a step.
#ifdef LOOPS
#define AT(step) (get_global_id(0) * count + time)
#else
#define AT(step) ((get_group_id(0) * STEPS + (step)) * get_local_size(0) + get_local_id(0))
#endif

#if WIDTH == 1
#define READ(v, p) v[s] = (p)[AT(s)]
#define WRITE(v, p) (p)[AT(s)] = v[s]
#else
#define READ(v, p) VSTORE(VLOAD(AT(s), p), s, v)
#define WRITE(v, p) VSTORE(VLOAD(s, v), AT(s), p)
#endif

#define EACH_STEP _Pragma("unroll") for (int s = 0; s < STEPS; s++)
#define EACH _Pragma("unroll") for (int k = 0; k < ELEMENTS; k++)

kernel void run_forward(global const ELEMENT *x, ulong x_at, global ELEMENT *y, ulong y_at PARAMETERS COUNT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        EACH_STEP READ(v, x + x_at);
        EACH v[k] = STORE(FORWARD(LOAD(v[k]) ARGUMENTS));
        EACH_STEP WRITE(v, y + y_at);
    }
}

#ifdef DERIVATIVE
kernel void run_derivative(global const ELEMENT *x, ulong x_at, global ELEMENT *dx, ulong dx_at PARAMETERS COUNT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        EACH_STEP READ(v, x + x_at);
        EACH v[k] = STORE(DERIVATIVE(LOAD(v[k]) ARGUMENTS));
        EACH_STEP WRITE(v, dx + dx_at);
    }
}

kernel void run_backward(global const ELEMENT *x, ulong x_at, global const ELEMENT *dy, ulong dy_at, global ELEMENT *dx,
                         ulong dx_at PARAMETERS COUNT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        ELEMENT d[ELEMENTS];
        EACH_STEP READ(v, x + x_at);
        EACH_STEP READ(d, dy + dy_at);
#ifdef BACKWARD
        EACH d[k] = STORE(BACKWARD(LOAD(v[k]), LOAD(d[k]) ARGUMENTS));
#else
        EACH d[k] = STORE(chain_rule(LOAD(d[k]), DERIVATIVE(LOAD(v[k]) ARGUMENTS)));
#endif
        EACH_STEP WRITE(d, dx + dx_at);
    }
}
#endif

#ifdef DERIVATIVE_FROM_OUTPUT
kernel void run_backward_from_output(global const ELEMENT *y, ulong y_at, global const ELEMENT *dy, ulong dy_at,
                                     global ELEMENT *dx, ulong dx_at PARAMETERS COUNT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        ELEMENT d[ELEMENTS];
        EACH_STEP READ(v, y + y_at);
        EACH_STEP READ(d, dy + dy_at);
        EACH d[k] = STORE(chain_rule(LOAD(d[k]), DERIVATIVE_FROM_OUTPUT(LOAD(v[k]) ARGUMENTS)));
        EACH_STEP WRITE(d, dx + dx_at);
    }
}
#endif
