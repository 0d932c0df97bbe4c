// Parametric ReLU: x > 0 ? x : slope x, the slope being learned                           He et al. 2015
real forward(real x, real slope) { return leaky(x, slope); }
real derivative(real x, real slope) { return leaky_derivative(x, slope); }
