// Absolute value: |x|
float forward(float x) { return absolute(x); }
double forward64(double x) { return absolute64(x); }
real derivative(real x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x == 0.0f ? 0.0f : x; }
