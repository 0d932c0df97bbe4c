// SiLU: x sigmoid(x)                                                                        Elfwing et al. 2018
float forward(float x) { return gated(x, x, 0.0f); }
float derivative(float x) { return silu_derivative(x, 0.0f); }

float forward_fast(float x) { return gated_fast(x, x, 0.0f); }
float derivative_fast(float x) { return silu_derivative_fast(x, 0.0f); }

// The same in double
double forward64(double x) { return gated64(x, x, 0.0); }
double derivative64(double x) { return silu_derivative64(x, 0.0); }
