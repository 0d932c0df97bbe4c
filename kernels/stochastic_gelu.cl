// Stochastic GELU: x with probability Phi(x), else +0; GELU is its mean                     Hendrycks and Gimpel 2016
//
// The gradient passes where x was kept: the decision is taken for a constant. A NaN stays, since it has no probability.
float forward(float x, uint bits) { return uniform_of(bits) >= normal_below(x) ? 0.0f : x; }
float backward(float x, float dy, uint bits) {
    float dx = uniform_of(bits) >= normal_below(x) ? 0.0f : dy;
    return x == x ? dx : x;
}
