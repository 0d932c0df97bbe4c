// fault: division of nvidia, division of amd
#pragma OPENCL FP_CONTRACT OFF
kernel void gather(global const float *x, global float *y, ulong n, ulong inner, ulong step) {
    for (ulong i = get_global_id(0); i < n; i += step) {
        y[i] = x[i / inner];
    }
}
