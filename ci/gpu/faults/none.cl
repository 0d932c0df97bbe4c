// fault: none
#pragma OPENCL FP_CONTRACT OFF
kernel void scale(global const float *x, global float *y, uint n, float a) {
    uint i = get_global_id(0);
    if (i < n / 4) {
        float4 v = ((global const float4 *) x)[i];
        ((global float4 *) y)[i] = v * a + v;
    }
}
kernel void plain(global const float *x, global float *y, uint n, float a) {
    uint i = get_global_id(0);
    if (i < n) {
        y[i] = fma(x[i], a, x[i] * a + 1.0f);
    }
}
