// Mish with a leak: x (tanh(ln(1 + e^(steepness x))) + 1/64). Its derivative is left to AxonCL.
#define LEAK 0x1p-6f

float forward(float x, float steepness) {
    float gate = tanh_of(softplus_of(steepness * x));
    return x * (gate + LEAK);
}
