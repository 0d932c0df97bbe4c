// Clip: min(max(x, min), max)
float forward(float x, float min, float max) { return between(x, min, max); }
float derivative(float x, float min, float max) { return between_derivative(x, min, max); }
