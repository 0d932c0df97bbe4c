// Soft shrink: sign(x) max(|x| - lambda, 0)                                               Donoho 1995
float forward(float x, float lambda) {
    float a = absolute(x);
    return with_sign_of(a <= lambda ? 0.0f : a - lambda, x);
}
float derivative(float x, float lambda) { return outside(x, lambda); }
