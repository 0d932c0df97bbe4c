// Hard shrink: |x| > lambda ? x : 0                                                       Donoho and Johnstone 1994
// An odd function: 0 has the sign of x.
float forward(float x, float lambda) { return absolute(x) <= lambda ? signed_zero(x) : x; }
float derivative(float x, float lambda) { return outside(x, lambda); }
