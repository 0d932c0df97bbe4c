// Soft shrink: sign(x) max(|x| - lambda, 0)                                               Donoho 1995
float forward(float x, float lambda) {
    float a = absolute(x);
    return with_sign_of(a <= lambda ? 0.0f : a - lambda, x);
}
real derivative(real x, real lambda) { return outside(x, lambda); }

// in double
double forward64(double x, double lambda) {
    double a = absolute64(x);
    return with_sign_of64(a <= lambda ? 0.0 : a - lambda, x);
}
