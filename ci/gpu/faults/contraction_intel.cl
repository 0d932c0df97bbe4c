// The pragma is taken back for Intel's compiler alone, which does not show whether it may fuse.
// fault: contraction of intel
#pragma OPENCL FP_CONTRACT OFF
#if !defined __NVPTX__ && !defined __AMDGCN__
#pragma OPENCL FP_CONTRACT ON
#endif
kernel void scale(global const float *x, global float *y, float a, float b) {
    float v = x[get_global_id(0)];
    y[get_global_id(0)] = v * a + b;
}
