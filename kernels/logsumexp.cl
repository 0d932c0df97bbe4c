// The logarithm of a row's sum of exponentials: y = log(sum of e^z_i), z = scale x + mask; one number for each row
//
// y = maximum + log(sum of e^(z_i - maximum)); a row of nothing but -inf gives -inf, +inf anywhere +inf.
// From the input: dx_i = scale dy e^z_i / sum of e^z_j
float forward_score(float x, float scale, float mask, uint keep, uint index, uint query, int reach, uint causal) {
    return row_score(x, scale, mask, keep, index, query, reach, causal);
}
pair forward_term(float score, float maximum) { return row_exp(score, maximum); }
float forward_row(float maximum, pair sum) {
    pair log_s = row_log(row_unscaled(sum));
    pair v = two_sum(maximum, log_s.hi);
    return absolute(maximum) <= LARGEST ? row_value(pair_of(v.hi, v.lo + log_s.lo)) : maximum;
}

float backward_score(float x, float scale, float mask, uint keep, uint index, uint query, int reach, uint causal) {
    return row_score(x, scale, mask, keep, index, query, reach, causal);
}
pair backward_term(float score, float maximum) { return row_exp(score, maximum); }
// The product comes first: where e^z / sum is subnormal, dy may multiply its error. Only a product that overflows comes last.
float backward_result(float term, pair sum, float dy, float scale) {
    pair p = two_product(term, dy);
    float first = quotient(p, sum);
    float last = dy * quotient(pair_of(term, 0.0f), sum);
    return scale * (absolute(p.hi) <= LARGEST ? first : last);
}
