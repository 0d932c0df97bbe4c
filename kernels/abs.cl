// |x| in double
double forward64(double x) { return absolute64(x); }
// 0 at 0
double derivative64(double x) { return x > 0.0 ? 1.0 : x < 0.0 ? -1.0 : x == 0.0 ? 0.0 : x; }
