// Cross entropy of a row's softmax: sum of q_i (log(sum of e^x_j) - x_i), q the row's target weights          Bridle 1990
//
// q_i = (keep t_i + share) weight_i with t_i the target: 1 at the class and 0 elsewhere, or a given probability; keep = 1 - eps
// and share = eps / n smooth it, eps = 0: q_i is t_i weight_i. The q of a row need not add up to 1.
// With E_i = 2^64 e^(x_i - maximum), S and Q the sums of E and q: loss = Q log(2^-64 S) + sum of q_i (maximum - x_i), whose
// terms have one sign, so nothing cancels. dx_i = (Q E_i - q_i S) / (S divisor), divisor being what a mean divides by, else 1.
// The difference is one of pairs; where the class is the maximum its E is exact and p - 1 keeps its relative accuracy.
// classes is one index for the row. A row whose index is the ignored one gives 0, whatever is in it. Only calls that have the number
// ignores, whether there is an ignored index, ask whether a row's index is wrong: neither a column's nor the ignored one.
float target_weight(uint index, int classes, float probabilities, float weights, float keep, float share) {
    float t = as_int(index) == classes ? 1.0f : probabilities;
    return fma(t, keep, share) * weights;
}

// q (maximum - x); q = 0 drops it even if it is infinite.
pair weighted_distance(float q, float x, float maximum) {
    pair d = pair_times_float(pair_negate(two_sum(x, -maximum)), q);
    return pair_of(q == 0.0f ? 0.0f : d.hi, q == 0.0f ? 0.0f : d.lo);
}

float row_loss(pair sum, pair sum_q, pair sum_distance, int classes, int ignored) {
    float loss = row_value(pair_plus(pair_times(row_log(row_unscaled(sum)), sum_q), sum_distance));
    return classes == ignored ? 0.0f : loss;
}

bool is_no_class(int classes, uint count, int ignored, uint ignores) {
    return as_uint(classes) >= count && !(ignores != 0u && classes == ignored);
}

bool forward_wrong(int classes, uint count, int ignored, uint ignores) { return is_no_class(classes, count, ignored, ignores); }
pair forward_term(float logits, float maximum) { return row_exp(logits, maximum); }
pair forward_term_q(uint index, int classes, float probabilities, float weights, float keep, float share) {
    return pair_of(target_weight(index, classes, probabilities, weights, keep, share), 0.0f);
}
pair forward_term_distance(float logits, float maximum, uint index, int classes, float probabilities, float weights, float keep,
                           float share) {
    return weighted_distance(target_weight(index, classes, probabilities, weights, keep, share), logits, maximum);
}
float forward_row(pair sum, pair sum_q, pair sum_distance, int classes, int ignored) {
    return row_loss(sum, sum_q, sum_distance, classes, ignored);
}

bool backward_wrong(int classes, uint count, int ignored, uint ignores) { return is_no_class(classes, count, ignored, ignores); }
pair backward_term(float logits, float maximum) { return row_exp(logits, maximum); }
pair backward_term_q(uint index, int classes, float probabilities, float weights, float keep, float share) {
    return pair_of(target_weight(index, classes, probabilities, weights, keep, share), 0.0f);
}
pair backward_term_distance(float logits, float maximum, uint index, int classes, float probabilities, float weights,
                            float keep, float share) {
    return weighted_distance(target_weight(index, classes, probabilities, weights, keep, share), logits, maximum);
}

typedef struct { float loss; pair denominator; } loss_row;

loss_row backward_row(pair sum, pair sum_q, pair sum_distance, int classes, int ignored, float divisor, float divisor_low) {
    loss_row row = { row_loss(sum, sum_q, sum_distance, classes, ignored), pair_times(sum, pair_of(divisor, divisor_low)) };
    return row;
}
float backward_result(float term, uint index, int classes, float probabilities, float weights, float keep, float share,
                      int ignored, pair sum, pair sum_q, loss_row row) {
    float q = target_weight(index, classes, probabilities, weights, keep, share);
    pair d = pair_plus(pair_times_float(sum_q, term), pair_negate(pair_times_float(sum, q)));
    float dx = quotient(d, row.denominator);
    return classes == ignored ? 0.0f : dx;
}
