// y = alpha f(x) + beta y, rounded twice: beta y, and the whole. Where beta is 0, y is not looked at.
float forward(float x, float y, float alpha, float beta) {
    float v = f_forward(x);
    return beta == 0.0f ? alpha * v : fma(alpha, v, beta * y);
}
