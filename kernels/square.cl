// Square: x^2
real forward(real x) { return x * x; }
real derivative(real x) { return x + x; }
