// Thresholded ReLU: x > theta ? x : 0                                                     Konda et al. 2015
float forward(float x, float theta) { return x <= theta ? 0.0f : x; }
float derivative(float x, float theta) { return above(x, theta); }
