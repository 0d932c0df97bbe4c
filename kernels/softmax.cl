// Softmax along a row: e^x_i / sum of e^x_j                                                 Bridle 1990
//
// In pieces: what an element contributes to the row's sum, and what the sum makes of an element. lib/rowwise.cl and the CPU's
// row loop supply maximum (of the row's x), sum (of the terms, in the one fixed order) and term (the high part of the
// element's own term, kept from the first pass).
// The backward function works from the output: dx_i = y_i (dy_i - sum of dy_j y_j).
pair forward_term(float x, float maximum) { return row_exp(x, maximum); }
float forward_result(float term, pair sum) { return quotient(pair_of(term, 0.0f), sum); }

pair backward_from_output_term(float y, float dy) { return two_product(dy, y); }
float backward_from_output_result(float y, float dy, pair sum) {
    pair d = two_sum(dy, -sum.hi);
    float low = absolute(d.hi) <= LARGEST ? d.lo - sum.lo : 0.0f;
    return fma(y, d.hi, y * low);
}
