// Randomised leaky ReLU: x > 0 ? x : slope x, the slope being uniform in [lower, upper)            Xu et al. 2015
float slope_of(uint bits, float lower, float upper) { return fma(uniform_of(bits), upper - lower, lower); }

float forward(float x, uint bits, float lower, float upper) { return leaky(x, slope_of(bits, lower, upper)); }
float backward(float x, float dy, uint bits, float lower, float upper) {
    return chain_rule(dy, leaky_derivative(x, slope_of(bits, lower, upper)));
}
