// Quick GELU: x sigmoid(1.702 x)                                                          Hendrycks and Gimpel 2016
// 1.702 is the decimal number, as a pair: its rounding to float32 alone would cost 19 ULP.
#define QUICK_HI 0x1.b3b646p+0f
#define QUICK_LO -0x1.78d4fep-26f

pair gate(float x) {
    float v = QUICK_HI * x;
    return pair_of(v, fma(QUICK_LO, x, fma(QUICK_HI, x, -v)));
}

float forward(float x) {
    pair v = gate(x);
    return gated(x, v.hi, v.lo);
}

float derivative(float x) {
    pair v = gate(x);
    return silu_derivative(v.hi, v.lo);
}

float forward_fast(float x) {
    pair v = gate(x);
    return gated_fast(x, v.hi, v.lo);
}

float derivative_fast(float x) {
    pair v = gate(x);
    return silu_derivative_fast(v.hi, v.lo);
}

// The same in double
#define QUICK64_HI 0x1.b3b645a1cac08p+0
#define QUICK64_LO 0x1.89374bc6a7efap-55

pair64 gate64(double x) {
    double v = QUICK64_HI * x;
    return pair_of64(v, fma(QUICK64_LO, x, fma(QUICK64_HI, x, -v)));
}

double forward64(double x) {
    pair64 v = gate64(x);
    return gated64(x, v.hi, v.lo);
}

double derivative64(double x) {
    pair64 v = gate64(x);
    return silu_derivative64(v.hi, v.lo);
}
