// Rectified linear unit: x <= 0 ? 0 : x                                                     Nair and Hinton 2010
// The comparison lets NaN through and makes -0 a +0.
real forward(real x) { return x <= 0.0f ? 0.0f : x; }
real derivative(real x) { return x <= 0.0f ? 0.0f : x > 0.0f ? 1.0f : x; }
real derivative_from_output(real y) { return y <= 0.0f ? 0.0f : y > 0.0f ? 1.0f : y; }
