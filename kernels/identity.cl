// Identity: x
float forward(float x) { return x; }
float derivative(float x) { return x == x ? 1.0f : x; }
float derivative_from_output(float y) { return y == y ? 1.0f : y; }
