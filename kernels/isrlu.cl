// Inverse square root linear unit: x >= 0 ? x : x / sqrt(1 + alpha x^2)                   Carlile et al. 2017
float forward(float x, float alpha) {
    float y = root_unit(x, alpha);
    return x < 0.0f ? y : x;
}
float derivative(float x, float alpha) {
    float y = root_unit_derivative(x, alpha);
    return x >= 0.0f ? 1.0f : y;
}

// x >= 0 ? x : x / sqrt(1 + alpha x^2) in double
double forward64(double x, double alpha) {
    double y = isru_of64(x, alpha);
    return x < 0.0 ? y : x;
}
// x >= 0 ? 1 : (1 + alpha x^2)^(-3/2)
double derivative64(double x, double alpha) {
    double y = isru_slope64(x, alpha);
    return x >= 0.0 ? 1.0 : y;
}
