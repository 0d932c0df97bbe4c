// Dropout: x / (1 - p) with probability 1 - p, else +0, whatever x is                 Srivastava et al. 2014
//
// The gradient takes the same decisions from the same bits. The host has factor = 1 / (1 - p) and the threshold of 1 - p.
float forward(float x, uint bits, uint last_kept, uint any_kept, float factor) {
    return keeps(bits, last_kept, any_kept) ? x * factor : 0.0f;
}
float backward(float dy, uint bits, uint last_kept, uint any_kept, float factor) {
    return keeps(bits, last_kept, any_kept) ? dy * factor : 0.0f;
}
