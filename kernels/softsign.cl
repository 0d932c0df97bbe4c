// Softsign: x / (1 + |x|)                                                                 Bergstra et al. 2009
float forward(float x) {
    float a = at_most(absolute(x), 0x1p30f);
    return with_sign_of(quotient(pair_of(a, 0.0f), two_sum(1.0f, a)), x);
}

// 1 / (1 + |x|)^2; the reciprocal is carried 2^32 times too large
float derivative(float x) {
    pair d = two_sum(1.0f, at_most(absolute(x), 0x1p76f));
    float y = reciprocal(d.hi);
    float rest = fma(-y, d.lo, fma(-y, d.hi, 1.0f));
    y = y * 0x1p32f;
    return fma(y, y, (y + y) * (y * rest)) * TWO_M64;
}
