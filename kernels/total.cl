// The sum of a row divided by a number, which is 1 for a plain sum: sums and means of losses. One rounding.
pair forward_term(float x) { return pair_of(x, 0.0f); }
float forward_row(pair sum, float divisor, float divisor_low) {
    float v = quotient(sum, pair_of(divisor, divisor_low));
    return absolute(sum.hi) <= LARGEST ? v : sum.hi;
}
