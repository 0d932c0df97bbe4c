// Rectified linear unit: x <= 0 ? 0 : x                                                     Nair and Hinton 2010
// The comparison lets NaN through and makes -0 a +0.
float forward(float x) { return x <= 0.0f ? 0.0f : x; }
float derivative(float x) { return x <= 0.0f ? 0.0f : x > 0.0f ? 1.0f : x; }
float derivative_from_output(float y) { return y <= 0.0f ? 0.0f : y > 0.0f ? 1.0f : y; }
