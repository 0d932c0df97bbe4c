// Gumbel-softmax along a row: y_i = e^z_i / sum of e^z_j, z = (x + g) / temperature     Jang et al., Maddison et al. 2017
//
// g = -log(-log u) is Gumbel noise, one number for each element. Otherwise like softmax, and so is the gradient from the
// output: dx_i = y_i (dy_i - sum of dy_j y_j) / temperature.
float forward_score(float x, uint bits, float temperature) { return gumbel_plus(x, bits) * reciprocal(temperature); }
pair forward_term(float score, float maximum) { return row_exp(score, maximum); }
float forward_result(float term, pair sum) { return quotient(pair_of(term, 0.0f), sum); }

pair backward_from_output_term(float y, float dy) { return two_product(dy, y); }
float backward_from_output_result(float y, float dy, pair sum, float temperature) {
    return reciprocal(temperature) * row_centred(y, dy, sum);
}
