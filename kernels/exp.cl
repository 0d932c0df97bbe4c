// Exponential: e^x
float forward(float x) { return exp_of(x); }
float derivative(float x) { return exp_of(x); }
float derivative_from_output(float y) { return y; }
