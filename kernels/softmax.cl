// Softmax along a row: y_i = e^z_i / sum of e^z_j, z = scale x + mask                       Bridle 1990
//
// In pieces: what an element contributes to the row's sum, and what the sum makes of an element. The movements of rows supply
// largest (of the row's scores), sum (of the terms, in the one fixed order) and term (the high part of the element's own term,
// kept from the first pass). Whether a row is empty is asked once for a row. The rounding error of z - maximum goes into the
// exponential.
// The backward function works from the output: dx_i = scale y_i (dy_i - sum of dy_j y_j).
float forward_score(float x, float scale, float mask, uint keep, uint index, uint query, int reach, uint causal) {
    return row_score(x, scale, mask, keep, index, query, reach, causal);
}
float forward_maximum(float largest, float zero_if_empty) { return row_reference(largest, zero_if_empty); }
pair forward_term(float score, float maximum) { return row_exp(score, maximum); }
pair forward_row(pair sum) { return row_sum_or(1.0f, sum); }
float forward_result(float term, pair row) { return quotient(pair_of(term, 0.0f), row); }

// Fast: one float for a term, and one division for a row.
pair forward_term_fast(float score, float maximum) { return pair_of(row_exp_fast(score, maximum), 0.0f); }
float forward_row_fast(pair sum) { return reciprocal(row_sum_or(1.0f, sum).hi); }
float forward_result_fast(float term, float row) { return term * row; }

pair backward_from_output_term(float y, float dy) { return two_product(dy, y); }
float backward_from_output_result(float y, float dy, pair sum, float scale) { return scale * row_centred(y, dy, sum); }
