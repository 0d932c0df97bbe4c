// x > 0 ? 1 : 0 in double
double forward64(double x) { return x > 0.0 ? 1.0 : x <= 0.0 ? 0.0 : x; }
// 0 everywhere
double derivative64(double x) { return x == x ? 0.0 : x; }
// Unit step: x > 0 ? 1 : 0                                                                McCulloch and Pitts 1943
float forward(float x) { return above(x, 0.0f); }
float derivative(float x) { return x == x ? 0.0f : x; }
