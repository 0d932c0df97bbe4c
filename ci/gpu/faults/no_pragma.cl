// fault: contraction of nvidia, contraction of amd, contraction of intel
kernel void scale(global const float *x, global float *y, float a) {
    y[get_global_id(0)] = x[get_global_id(0)] * a + 1.0f;
}
