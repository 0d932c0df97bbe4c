// e^x in double; it is its own derivative
double forward64(double x) { return exp_of64(x); }
double derivative64(double x) { return exp_of64(x); }
// Exponential: e^x
float forward(float x) { return exp_of(x); }
float derivative(float x) { return exp_of(x); }
float derivative_from_output(float y) { return y; }
