// fault: does not compile of nvidia, does not compile of amd, does not compile of intel, does not compile of strict
#pragma OPENCL FP_CONTRACT OFF
kernel void scale(global const float *x, global float *y) {
    y[get_global_id(0)] = twice(x[get_global_id(0)]);
}
