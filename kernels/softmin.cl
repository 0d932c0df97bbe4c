// Softmin along a row: y_i = e^-x_i / sum of e^-x_j, the softmax of -x
//
// dx_i = -y_i (dy_i - sum of dy_j y_j)
float forward_score(float x) { return -x; }
pair forward_term(float score, float maximum) { return row_exp(score, maximum); }
float forward_result(float term, pair sum) { return quotient(pair_of(term, 0.0f), sum); }

pair forward_term_fast(float score, float maximum) { return pair_of(row_exp_fast(score, maximum), 0.0f); }
float forward_row_fast(pair sum) { return reciprocal(sum.hi); }
float forward_result_fast(float term, float row) { return term * row; }

pair backward_from_output_term(float y, float dy) { return two_product(dy, y); }
float backward_from_output_result(float y, float dy, pair sum) { return -row_centred(y, dy, sum); }
