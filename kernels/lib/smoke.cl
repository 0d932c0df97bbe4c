// What a device must get right before AxonCL uses it: the operations that the functions are made of, one at a time.
kernel void run_primitives(global const float *abc, global float *results, ulong count) {
    ulong i = get_global_id(0);
    if (i < count) {
        float a = abc[i];
        float b = abc[count + i];
        float c = abc[2 * count + i];
        results[i] = fma(a, b, c);
        results[count + i] = a + b;
        results[2 * count + i] = a * b;
        results[3 * count + i] = a * b + c;
    }
}

kernel void run_reciprocals(global const float *b, global float *results, ulong count) {
    ulong i = get_global_id(0);
    if (i < count) {
        results[i] = reciprocal(b[i]);
    }
}
