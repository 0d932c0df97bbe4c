// Movement of memory around element-wise functions; for devices only, the CPU has its own loops.
//
// One element per work-item: drivers for CPUs vectorise over a work-group, GPUs coalesce. Offsets are in elements, because an
// operand may begin anywhere in a buffer. The output may be an input, so nothing is `restrict`, and each work-item reads what
// it needs before it writes. There is no test against the length: it would halve the speed on CPUs, whose stores it masks. The
// host launches whole work-groups, and what remains in work-groups of one.
//
// ELEMENT is what lies in memory, LOAD and STORE convert it from and to the number that is computed with. FORWARD, DERIVATIVE
// and DERIVATIVE_FROM_OUTPUT are the functions of the tier and type that was asked for, as far as there are any, BACKWARD one that
// takes the gradient too; PARAMETERS and ARGUMENTS their parameters, each with a comma before it.

kernel void run_forward(global const ELEMENT *x, ulong x_at, global ELEMENT *y, ulong y_at PARAMETERS) {
    ulong i = get_global_id(0);
    y[y_at + i] = STORE(FORWARD(LOAD(x[x_at + i]) ARGUMENTS));
}

#ifdef DERIVATIVE
kernel void run_derivative(global const ELEMENT *x, ulong x_at, global ELEMENT *dx, ulong dx_at PARAMETERS) {
    ulong i = get_global_id(0);
    dx[dx_at + i] = STORE(DERIVATIVE(LOAD(x[x_at + i]) ARGUMENTS));
}

kernel void run_backward(global const ELEMENT *x, ulong x_at, global const ELEMENT *dy, ulong dy_at, global ELEMENT *dx,
                         ulong dx_at PARAMETERS) {
    ulong i = get_global_id(0);
#ifdef BACKWARD
    dx[dx_at + i] = STORE(BACKWARD(LOAD(x[x_at + i]), LOAD(dy[dy_at + i]) ARGUMENTS));
#else
    dx[dx_at + i] = STORE(chain_rule(LOAD(dy[dy_at + i]), DERIVATIVE(LOAD(x[x_at + i]) ARGUMENTS)));
#endif
}
#endif

#ifdef DERIVATIVE_FROM_OUTPUT
kernel void run_backward_from_output(global const ELEMENT *y, ulong y_at, global const ELEMENT *dy, ulong dy_at,
                                     global ELEMENT *dx, ulong dx_at PARAMETERS) {
    ulong i = get_global_id(0);
    dx[dx_at + i] = STORE(chain_rule(LOAD(dy[dy_at + i]), DERIVATIVE_FROM_OUTPUT(LOAD(y[y_at + i]) ARGUMENTS)));
}
#endif
