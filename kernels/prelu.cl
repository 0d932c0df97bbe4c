// Parametric ReLU: x > 0 ? x : slope x, the slope being learned                           He et al. 2015
float forward(float x, float slope) { return leaky(x, slope); }
float derivative(float x, float slope) { return leaky_derivative(x, slope); }
