// Sparsemax along a row: the point of the simplex nearest to x, y_i = max(z_i - t, 0) with t such that the row's sum is 1
//                                                                                           Martins and Astudillo 2016
// With z = x - maximum, t = (sum of z over the support - 1) / (size of the support), the support being where z > t. Instead of
// sorting, the support begins as z > -1, which contains it, and shrinks until it stays (Michelot 1986): each round is a sum in
// the one fixed order. An element that lies at t may fall out and come back as t is rounded, so only a smaller support counts:
// there are at most as many rounds as elements, and a round more changes nothing. Elements that are equal share. Every number is
// a pair until the end.
typedef struct { float hi; float lo; float size; } support;

// z - t, positive in the support; the rounding error of x - maximum is in it
pair above_threshold(float x, float maximum, support s) {
    return pair_plus(two_sum(x, -maximum), pair_of(-s.hi, -s.lo));
}

support forward_start(float maximum) {
    support s = { -1.0f, 0.0f, LARGEST };
    return s;
}
pair forward_term(float x, float maximum, support before) {
    pair z = two_sum(x, -maximum);
    bool in = above_threshold(x, maximum, before).hi > 0.0f;
    return pair_of(in ? z.hi : 0.0f, in ? z.lo : 0.0f);
}
pair forward_term_size(float x, float maximum, support before) {
    return pair_of(above_threshold(x, maximum, before).hi > 0.0f ? 1.0f : 0.0f, 0.0f);
}
support forward_row(support before, pair sum, pair sum_size) {
    pair t = pair_over(pair_plus(sum, pair_of(-1.0f, 0.0f)), sum_size);
    support smaller = { t.hi, t.lo, sum_size.hi };
    return sum_size.hi < before.size ? smaller : before;
}
uint forward_again(support before, support row) { return row.size < before.size ? 1u : 0u; }
float forward_result(float x, float maximum, support row) {
    pair y = above_threshold(x, maximum, row);
    float v = y.hi > 0.0f ? row_value(y) : 0.0f;
    return absolute(maximum) <= LARGEST ? v : maximum - maximum;
}

// dx_i = dy_i - mean of dy over the support, 0 outside of it
pair backward_from_output_term(float y, float dy) { return pair_of(y > 0.0f ? dy : 0.0f, 0.0f); }
pair backward_from_output_term_size(float y) { return pair_of(y > 0.0f ? 1.0f : 0.0f, 0.0f); }
pair backward_from_output_row(pair sum, pair sum_size) { return pair_over(sum, sum_size); }
float backward_from_output_result(float y, float dy, pair row) {
    float v = row_value(pair_plus(pair_of(dy, 0.0f), pair_negate(row)));
    return y > 0.0f ? v : y <= 0.0f ? 0.0f : y;
}
