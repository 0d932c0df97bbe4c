// Square root: sqrt x, NaN below 0
// 1 / (2 sqrt x) is +inf at both zeros.
float forward(float x) { return sqrt_of(x); }
float derivative(float x) { return sqrt_of_d_x(x); }
