// Log-softmax along a row: y_i = z_i - log(sum of e^z_j), z = scale x + mask
//
// y_i = (z_i - maximum) - log(sum of e^(z_j - maximum)): both terms have one sign, so nothing cancels.
// From the output: dx_i = scale (dy_i - e^y_i sum of dy_j). The product is a pair, its power of two comes last.
float forward_score(float x, float scale, float mask, uint keep, uint index, uint query, int reach, uint causal) {
    return row_score(x, scale, mask, keep, index, query, reach, causal);
}
float forward_maximum(float largest, float zero_if_empty) { return row_reference(largest, zero_if_empty); }
pair forward_term(float score, float maximum) { return row_exp(score, maximum); }
pair forward_term_fast(float score, float maximum) { return pair_of(row_exp_fast(score, maximum), 0.0f); }
pair forward_row(pair sum) { return row_log(row_unscaled(row_sum_or(0x1p+64f, sum))); }
float forward_result(float score, float maximum, pair row) {
    pair d = two_sum(score, -maximum);
    pair y = two_sum(d.hi, -row.hi);
    return row_value(pair_of(y.hi, y.lo + (d.lo - row.lo)));
}

// Below e^-131 the product is nothing beside any gradient.
#define NO_WEIGHT -131.0f

pair backward_from_output_term(float dy) { return pair_of(dy, 0.0f); }
float backward_from_output_result(float y, float dy, pair sum, float scale) {
    exp_parts t = exp_split(at_least(at_most(y, 44.0f), NO_WEIGHT), 0.0f);
    float up = pow2_up64(t.n_bits);
    pair w = pair_times(exp_sum(t), sum);
    bool none = y < NO_WEIGHT;
    pair d = two_sum(dy, none ? 0.0f : -scale_down(w.hi, up));
    return scale * row_value(pair_of(d.hi, d.lo - (none ? 0.0f : scale_down(w.lo, up))));
}
