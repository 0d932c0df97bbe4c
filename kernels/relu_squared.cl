// Squared ReLU: max(0, x)^2                                                               So et al. 2021
real forward(real x) {
    real y = x * x;
    return x <= 0.0f ? 0.0f : y;
}
real derivative(real x) {
    real y = x + x;
    return x <= 0.0f ? 0.0f : y;
}
