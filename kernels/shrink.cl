// Shrink: x < -lambda ? x + bias : x > lambda ? x - bias : 0                              ONNX 2018
// An odd function: 0 has the sign of x.
float forward(float x, float lambda, float bias) {
    float a = absolute(x);
    float y = a - bias;
    float z = x < 0.0f ? -y : y;
    return a <= lambda ? signed_zero(x) : z;
}
real derivative(real x, real lambda, real bias) { return outside(x, lambda); }

// in double
double forward64(double x, double lambda, double bias) {
    double a = absolute64(x);
    double y = a - bias;
    double z = x < 0.0 ? -y : y;
    return a <= lambda ? signed_zero64(x) : z;
}
