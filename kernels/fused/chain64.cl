// chain.cl in double
double forward64(double x) { return g_forward64(f_forward64(x)); }
double derivative64(double x) { return f_backward64(x, g_derivative64(f_forward64(x))); }
double backward64(double x, double dy) { return f_backward64(x, g_backward64(f_forward64(x), dy)); }
