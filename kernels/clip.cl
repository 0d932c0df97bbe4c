// Clip: min(max(x, min), max)
real forward(real x, real min, real max) { return between(x, min, max); }
real derivative(real x, real min, real max) { return between_derivative(x, min, max); }
