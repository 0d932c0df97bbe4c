// Movement of memory around element-wise functions; for devices only, the CPU has its own loops.
//
// One element per work-item: drivers for CPUs vectorise over a work-group, GPUs coalesce. Offsets are in elements, because an
// operand may begin anywhere in a buffer. The output may be an input, so nothing is `restrict`, and each work-item reads what
// it needs before it writes. There is no test against the length: it would halve the speed on CPUs, whose stores it masks. The
// host launches whole work-groups, and what remains in work-groups of one.
//
// PARAMETERS and ARGUMENTS are the function's own parameters, each with a comma before it.

kernel void run_forward(global const float *x, ulong x_at, global float *y, ulong y_at PARAMETERS) {
    ulong i = get_global_id(0);
    y[y_at + i] = forward(x[x_at + i] ARGUMENTS);
}

#ifdef HAS_DERIVATIVE
kernel void run_derivative(global const float *x, ulong x_at, global float *dx, ulong dx_at PARAMETERS) {
    ulong i = get_global_id(0);
    dx[dx_at + i] = derivative(x[x_at + i] ARGUMENTS);
}

kernel void run_backward(global const float *x, ulong x_at, global const float *dy, ulong dy_at, global float *dx, ulong dx_at
                         PARAMETERS) {
    ulong i = get_global_id(0);
    dx[dx_at + i] = chain_rule(dy[dy_at + i], derivative(x[x_at + i] ARGUMENTS));
}
#endif

#ifdef HAS_DERIVATIVE_FROM_OUTPUT
kernel void run_backward_from_output(global const float *y, ulong y_at, global const float *dy, ulong dy_at, global float *dx,
                                     ulong dx_at PARAMETERS) {
    ulong i = get_global_id(0);
    dx[dx_at + i] = chain_rule(dy[dy_at + i], derivative_from_output(y[y_at + i] ARGUMENTS));
}
#endif
