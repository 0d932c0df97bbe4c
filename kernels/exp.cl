// Exponential: e^x
float forward(float x) { return exp_of(x); }
float derivative(float x) { return exp_of(x); }
real derivative_from_output(real y) { return y; }

// e^x in double; it is its own derivative
double forward64(double x) { return exp_of64(x); }
double derivative64(double x) { return exp_of64(x); }
