// Alpha dropout: a d + b, d = x with probability 1 - p, else what SELU gives at -inf         Klambauer et al. 2017
//
// With q = 1 - p and s = -lambda alpha: a = (q + s^2 q (1 - q))^(-1/2), b = -a (1 - q) s keep mean 0 and variance 1. The host
// has a and b; for p = 1 they do not exist, and all is +0.
#define SELU_LOWEST -0x1.c212ccp+0f

float forward(float x, uint bits, uint last_kept, uint any_kept, float a, float b) {
    float y = fma(a, keeps(bits, last_kept, any_kept) ? x : SELU_LOWEST, b);
    return any_kept == 0u ? 0.0f : y;
}
float backward(float dy, uint bits, uint last_kept, uint any_kept, float a) {
    return keeps(bits, last_kept, any_kept) ? a * dy : 0.0f;
}
