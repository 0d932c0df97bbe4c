// Identity: x
real forward(real x) { return x; }
real derivative(real x) { return x == x ? 1.0f : x; }
real derivative_from_output(real y) { return y == y ? 1.0f : y; }
