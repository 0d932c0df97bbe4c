// Inverse square root linear unit: x >= 0 ? x : x / sqrt(1 + alpha x^2)                   Carlile et al. 2017
float forward(float x, float alpha) {
    float y = root_unit(x, alpha);
    return x < 0.0f ? y : x;
}
float derivative(float x, float alpha) {
    float y = root_unit_derivative(x, alpha);
    return x >= 0.0f ? 1.0f : y;
}
