// The text has the pragma, but takes it back.
// fault: contraction of nvidia, contraction of amd
#pragma OPENCL FP_CONTRACT OFF
#pragma OPENCL FP_CONTRACT ON
kernel void scale(global const float *x, global float *y, float a, float b) {
    float v = x[get_global_id(0)];
    y[get_global_id(0)] = v * a + v * b;
}
