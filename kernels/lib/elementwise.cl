// Movement of memory around element-wise functions; for devices only, the CPU has its own loops. How elements are distributed over
// work-items is said by the text before this one: loops.cl for drivers of CPUs, grid.cl for GPUs. Both define
//
//   KERNEL          what begins a kernel
//   EXTENT          the last parameter: how many elements a work-item or a launch has
//   EACH_TIME       what a work-item does its work in
//   READ, WRITE     move the elements of step s between memory and v
//
// A work-item computes ELEMENTS elements in STEPS = ELEMENTS / WIDTH steps, at each of them WIDTH neighbours with one access;
// what a work-group accesses at a step is contiguous. The output may be an input, so nothing is `restrict`, and each work-item
// reads what it needs before it writes.
//
// ELEMENT is what lies in memory, LOAD and STORE convert it from and to the number that is computed with. FORWARD, DERIVATIVE
// and DERIVATIVE_FROM_OUTPUT are the functions of the tier and type that was asked for, as far as there are any, BACKWARD one that
// takes the gradient too; PARAMETERS and ARGUMENTS their parameters, each with a comma before it.

#define EACH_STEP _Pragma("unroll") for (int s = 0; s < STEPS; s++)
#define EACH _Pragma("unroll") for (int k = 0; k < ELEMENTS; k++)

KERNEL void run_forward(global const ELEMENT *x, ulong x_at, global ELEMENT *y, ulong y_at PARAMETERS EXTENT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        EACH_STEP READ(v, x + x_at);
        EACH v[k] = STORE(FORWARD(LOAD(v[k]) ARGUMENTS));
        EACH_STEP WRITE(v, y + y_at);
    }
}

#ifdef DERIVATIVE
KERNEL void run_derivative(global const ELEMENT *x, ulong x_at, global ELEMENT *dx, ulong dx_at PARAMETERS EXTENT) {
    EACH_TIME {
        ELEMENT v[ELEMENTS];
        EACH_STEP READ(v, x + x_at);
        EACH v[k] = STORE(DERIVATIVE(LOAD(v[k]) ARGUMENTS));
        EACH_STEP WRITE(v, dx + dx_at);
    }
}

KERNEL void run_backward(global const ELEMENT *x, ulong x_at, global const ELEMENT *dy, ulong dy_at, global ELEMENT *dx,
                         ulong dx_at PARAMETERS EXTENT) {
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
KERNEL void run_backward_from_output(global const ELEMENT *y, ulong y_at, global const ELEMENT *dy, ulong dy_at,
                                     global ELEMENT *dx, ulong dx_at PARAMETERS EXTENT) {
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
