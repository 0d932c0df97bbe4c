// limits.tsv allows ten instructions.
// fault: limit of nvidia, limit of amd, limit of intel
#pragma OPENCL FP_CONTRACT OFF
kernel void polynomial(global const float *x, global float *y, uint n) {
    uint i = get_global_id(0);
    if (i < n) {
        float v = x[i];
        y[i] = fma(fma(fma(fma(v, 0.1f, 0.2f), v, 0.3f), v, 0.4f), v, 0.5f);
    }
}
