// Leaky ReLU: x > 0 ? x : slope x                                                           Maas et al. 2013
float forward(float x, float slope) {
    float y = slope == 0.0f ? 0.0f : slope * x;                               // not -inf * 0
    return x < 0.0f ? y : x;
}
float derivative(float x, float slope) { return x > 0.0f ? 1.0f : x <= 0.0f ? slope : x; }
float derivative_from_output(float y, float slope) { return y > 0.0f ? 1.0f : y <= 0.0f ? slope : y; }
