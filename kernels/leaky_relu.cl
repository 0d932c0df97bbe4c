// Leaky ReLU: x > 0 ? x : slope x                                                         Maas et al. 2013
real forward(real x, real slope) { return leaky(x, slope); }
real derivative(real x, real slope) { return leaky_derivative(x, slope); }
real derivative_from_output(real y, real slope) { return leaky_derivative(y, slope); }
