// vload4 becomes four accesses at a stride of 16 bytes for NVIDIA.
// fault: narrow access of nvidia
#pragma OPENCL FP_CONTRACT OFF
float4 of(global const float *x, uint i) {
    return vload4(i, x);
}
kernel void scale(global const float *x, global float *y, float a) {
    uint i = get_global_id(0);
    vstore4(of(x, i) * a, i, y);
}
