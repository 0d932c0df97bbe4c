// Thresholded ReLU: x > theta ? x : 0                                                     Konda et al. 2015
real forward(real x, real theta) { return x <= theta ? 0.0f : x; }
real derivative(real x, real theta) { return above(x, theta); }
