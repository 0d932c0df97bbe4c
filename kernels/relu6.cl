// ReLU6: min(max(x, 0), 6)                                                                Krizhevsky 2010
real forward(real x) { return x <= 0.0f ? 0.0f : at_most(x, 6.0f); }
real derivative(real x) { return between_derivative(x, 0.0f, 6.0f); }
