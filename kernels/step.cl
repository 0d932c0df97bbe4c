// x > 0 ? 1 : 0 in double
double forward64(double x) { return x > 0.0 ? 1.0 : x <= 0.0 ? 0.0 : x; }
// 0 everywhere
double derivative64(double x) { return x == x ? 0.0 : x; }
