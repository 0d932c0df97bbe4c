// Squared ReLU: max(0, x)^2                                                               So et al. 2021
float forward(float x) {
    float y = x * x;
    return x <= 0.0f ? 0.0f : y;
}
float derivative(float x) { return x <= 0.0f ? 0.0f : x + x; }
