// y = f(x + bias), the bias being one number for each index along an axis; z = x + bias is there for those who keep it
typedef struct { float y; float z; } biased;
biased forward(float x, float bias) {
    float z = x + bias;
    biased b = { f_forward(z), z };
    return b;
}

// dx = dy f'(z) for each element, and its sum over all that share a bias. z is given where it was kept (adds = 0), else made again.
// What is summed is kept in dx.
pair backward_term(float z, float bias, uint adds, float dy) {
    return pair_of(f_backward(adds != 0u ? z + bias : z, dy), 0.0f);
}
float backward_row(pair sum) { return row_value(sum); }
float backward_result(float term) { return term; }
