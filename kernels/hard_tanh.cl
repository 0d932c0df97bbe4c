// Hard tanh: min(max(x, min), max)                                                        Collobert 2004
real forward(real x, real min, real max) { return between(x, min, max); }
real derivative(real x, real min, real max) { return between_derivative(x, min, max); }
