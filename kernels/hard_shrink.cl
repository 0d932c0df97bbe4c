// Hard shrink: |x| > lambda ? x : 0                                                       Donoho and Johnstone 1994
// An odd function: 0 has the sign of x.
float forward(float x, float lambda) { return absolute(x) <= lambda ? signed_zero(x) : x; }
real derivative(real x, real lambda) { return outside(x, lambda); }

// in double
double forward64(double x, double lambda) { return absolute64(x) <= lambda ? signed_zero64(x) : x; }
