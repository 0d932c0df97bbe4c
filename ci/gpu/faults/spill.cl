// fault: spill of nvidia, spill of amd, spill of intel
#pragma OPENCL FP_CONTRACT OFF
kernel void spill(global const float *x, global float *y, uint n) {
    uint i = get_global_id(0);
    float a[300];
#pragma unroll
    for (int k = 0; k < 300; k++) {
        a[k] = x[i + k * 4096];
    }
    for (uint r = 0; r < n; r++) {
#pragma unroll
        for (int k = 0; k < 300; k++) {
            a[k] = a[k] * a[(k * 7 + 1) % 300] + a[(k * 3 + 2) % 300];
        }
    }
#pragma unroll
    for (int k = 0; k < 300; k++) {
        y[i + k * 4096] = a[k];
    }
}
