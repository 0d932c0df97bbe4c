// NVIDIA's front end does not take the pragma, the strict one not the second semicolon.
// fault: does not compile of nvidia, does not compile of strict
#pragma OPENCL FP_CONTRACT OFF
#ifdef __clang__
#pragma clang attribute push (__attribute__((always_inline)), apply_to = function)
#endif
float twice(float x) {
    return 2 * x;
};
#ifdef __clang__
#pragma clang attribute pop
#endif
kernel void scale(global const float *x, global float *y) {
    y[get_global_id(0)] = twice(x[get_global_id(0)]);
}
