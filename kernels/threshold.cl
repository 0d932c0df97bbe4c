// Threshold: x > theta ? x : value
real forward(real x, real theta, real value) { return x <= theta ? value : x; }
real derivative(real x, real theta, real value) { return above(x, theta); }
