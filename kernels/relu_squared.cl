// max(0, x)^2 in double
double forward64(double x) {
    double y = x * x;
    return x <= 0.0 ? 0.0 : y;
}
// max(0, 2 x)
double derivative64(double x) {
    double y = x + x;
    return x <= 0.0 ? 0.0 : y;
}
// Squared ReLU: max(0, x)^2                                                               So et al. 2021
float forward(float x) {
    float y = x * x;
    return x <= 0.0f ? 0.0f : y;
}
float derivative(float x) { return x <= 0.0f ? 0.0f : x + x; }
