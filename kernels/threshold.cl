// Threshold: x > theta ? x : value
float forward(float x, float theta, float value) { return x <= theta ? value : x; }
float derivative(float x, float theta, float value) { return above(x, theta); }
