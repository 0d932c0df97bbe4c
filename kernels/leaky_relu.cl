// Leaky ReLU: x > 0 ? x : slope x                                                         Maas et al. 2013
float forward(float x, float slope) { return leaky(x, slope); }
float derivative(float x, float slope) { return leaky_derivative(x, slope); }
float derivative_from_output(float y, float slope) { return leaky_derivative(y, slope); }
