// Inverse square root unit: x / sqrt(1 + alpha x^2)                                       Carlile et al. 2017
float forward(float x, float alpha) { return root_unit(x, alpha); }
float derivative(float x, float alpha) { return root_unit_derivative(x, alpha); }

// x / sqrt(1 + alpha x^2) in double
double forward64(double x, double alpha) { return isru_of64(x, alpha); }
// (1 + alpha x^2)^(-3/2)
double derivative64(double x, double alpha) { return isru_slope64(x, alpha); }
