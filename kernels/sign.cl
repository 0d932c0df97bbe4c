// Sign: -1, -0, +0 or 1
float forward(float x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x; }
float derivative(float x) { return x == x ? 0.0f : x; }
