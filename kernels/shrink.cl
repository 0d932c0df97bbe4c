// Shrink: x < -lambda ? x + bias : x > lambda ? x - bias : 0                              ONNX 2018
// An odd function: 0 has the sign of x.
float forward(float x, float lambda, float bias) {
    float a = absolute(x);
    float y = a - bias;
    float z = x < 0.0f ? -y : y;
    return a <= lambda ? signed_zero(x) : z;
}
float derivative(float x, float lambda, float bias) { return outside(x, lambda); }
