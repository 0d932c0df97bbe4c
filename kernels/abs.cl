// |x| in double
double forward64(double x) { return absolute64(x); }
// 0 at 0
double derivative64(double x) { return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x == 0.0 ? 0.0 : x; }
// Absolute value: |x|
float forward(float x) { return absolute(x); }
float derivative(float x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x == 0.0f ? 0.0f : x; }
