// options: -cl-denorms-are-zero
// fault: flushing of nvidia, flushing of amd, flushing of intel
#pragma OPENCL FP_CONTRACT OFF
kernel void scale(global const float *x, global float *y, float a) {
    y[get_global_id(0)] = x[get_global_id(0)] * a + 1.0f;
}
