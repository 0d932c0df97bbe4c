// Sigmoid: 1 / (1 + e^-x)
float forward(float x) { return sigmoid_near(x, 0.0f); }
// E / (1 + E)^2 with E = e^-|x|, because s (1 - s) loses everything where s is near 1
float derivative(float x) { return logistic_density(x, TWO_M64); }
float derivative_from_output(float y) { return fma(-y, y, y); }

float forward_fast(float x) { return sigmoid_near_fast(x, 0.0f); }
float derivative_fast(float x) { return logistic_density_fast(x, TWO_M64); }

// The same in double
double forward64(double x) { return sigmoid_near64(x, 0.0); }
double derivative64(double x) { return logistic_density64(x, TWO_M256); }
double derivative_from_output64(double y) { return fma(-y, y, y); }
