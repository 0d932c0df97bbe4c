// Sign: -1, -0, +0 or 1
real forward(real x) { return x > 0.0f ? 1.0f : x < 0.0f ? -1.0f : x; }
real derivative(real x) { return x == x ? 0.0f : x; }
