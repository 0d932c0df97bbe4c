// Unit step: x > 0 ? 1 : 0                                                                McCulloch and Pitts 1943
real forward(real x) { return above(x, 0.0f); }
real derivative(real x) { return x == x ? 0.0f : x; }
