// e^x in double; it is its own derivative
double forward64(double x) { return exp_of64(x); }
double derivative64(double x) { return exp_of64(x); }
