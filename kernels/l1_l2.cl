// Activity penalty: l1 sum |y| + l2 sum y^2, over all elements                              Tibshirani 1996, Hoerl and Kennard 1970
//
// Every term is a pair and so is their sum; the value is rounded once. A factor of 0 leaves its part out, infinite or not.
// The gradient is added to that of the loss: dx = dy + (2 l2 y + l1 sign y), sign 0 = 0.
pair penalty_term(float y, float l1, float l2) {
    pair s = pair_times_float(two_product(y, y), l2);
    pair a = two_product(l1, absolute(y));
    float s_hi = l2 == 0.0f && y == y ? 0.0f : l2 * (y * y);
    float a_hi = l1 == 0.0f && y == y ? 0.0f : a.hi;
    bool square_is_pair = absolute(s.hi) <= LARGEST && l2 != 0.0f;
    bool size_is_pair = absolute(a.hi) <= LARGEST && l1 != 0.0f;
    return pair_plus(pair_of(square_is_pair ? s.hi : s_hi, square_is_pair ? s.lo : 0.0f),
                     pair_of(a_hi, size_is_pair ? a.lo : 0.0f));
}

pair forward_term(float y, float l1, float l2) { return penalty_term(y, l1, l2); }
float forward_row(pair sum) { return row_value(sum); }

pair backward_term(float y, float l1, float l2) { return penalty_term(y, l1, l2); }
float backward_row(pair sum) { return row_value(sum); }
float backward_result(float y, float dy, float l1, float l2) {
    float s = y > 0.0f ? l1 : y < 0.0f ? -l1 : y;
    float curved = l2 == 0.0f && y == y ? s : fma(l2 + l2, y, s);
    return dy + curved;
}
