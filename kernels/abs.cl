// Absolute value: |x|
float forward(float x) { return absolute(x); }
float derivative(float x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x == 0.0f ? 0.0f : x; }
