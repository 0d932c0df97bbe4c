// An array whose indexes are not known before the kernel runs.
// fault: private array of nvidia, private array of amd, private array of intel
#pragma OPENCL FP_CONTRACT OFF
kernel void look_up(global const float *x, global float *y, uint n) {
    uint i = get_global_id(0);
    float a[512];
    for (uint k = 0; k < 512; k++) {
        a[k] = x[i * 512 + k];
    }
    float sum = 0;
    for (uint k = 0; k < n; k++) {
        sum += a[k * n & 511];
    }
    y[i] = sum;
}
