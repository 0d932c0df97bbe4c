// Binary cross entropy of the sigmoid of each element: a log(1 + e^-x) + b log(1 + e^x)                     Good 1952
//
// a = weight pos_weight t and b = weight (1 - t) are the target's two sides as pairs, t = keep probability + share with
// keep = 1 - eps and share = eps / 2. With E = e^-|x|: loss = (a + b) log1p(E) + |x| (x < 0 ? a : b), whose terms have one
// sign, so nothing cancels; dx = b sigmoid(x) - a sigmoid(-x) = (x < 0 ? b E - a : b - a E) / (1 + E), further divided by what
// a mean divides by, in one division: where t is 0 or 1 one side is 0 and the gradient has a small relative error.
//
// forward and backward give a loss for each element, the pieces behind them one for each row, the sum of its elements' losses.
typedef struct { pair yes; pair no; } sides;

sides target_sides(float probabilities, float weights, float keep, float share, float pos_weight) {
    float t = fma(probabilities, keep, share);
    sides s = { pair_times_float(two_product(t, pos_weight), weights), pair_times_float(two_sum(1.0f, -t), weights) };
    return s;
}

// e^-|x|; the power of two comes last
pair exp_of_distance(float x) {
    exp_parts t = exp_split(at_least(negative_absolute(x), -104.0f), 0.0f);
    pair e = exp_sum(t);
    float up = pow2_up64(t.n_bits);
    return pair_of(scale_down(e.hi, up), scale_down(e.lo, up));
}

pair element_loss(float x, sides s) {
    pair e = exp_of_distance(x);
    pair near = pair_times(log1p_pair(e.hi, e.lo), pair_plus(s.yes, s.no));
    pair wrong = pair_of(x < 0.0f ? s.yes.hi : s.no.hi, x < 0.0f ? s.yes.lo : s.no.lo);
    pair far = pair_times_float(wrong, absolute(x));
    bool none = wrong.hi == 0.0f;                                             // not 0 inf
    return pair_plus(pair_of(none ? 0.0f : far.hi, none ? 0.0f : far.lo), near);
}

float element_gradient(float x, sides s, float divisor, float divisor_low) {
    pair e = exp_of_distance(x);
    pair small = pair_times(pair_of(x < 0.0f ? s.no.hi : s.yes.hi, x < 0.0f ? s.no.lo : s.yes.lo), e);
    pair up = pair_of(x < 0.0f ? small.hi : s.no.hi, x < 0.0f ? small.lo : s.no.lo);
    pair down = pair_of(x < 0.0f ? s.yes.hi : small.hi, x < 0.0f ? s.yes.lo : small.lo);
    pair d = fast_two_sum(1.0f, e.hi);
    d.lo = d.lo + e.lo;
    return quotient(pair_plus(up, pair_negate(down)), pair_times(d, pair_of(divisor, divisor_low)));
}

float forward(float logits, float probabilities, float weights, float keep, float share, float pos_weight) {
    return row_value(element_loss(logits, target_sides(probabilities, weights, keep, share, pos_weight)));
}

typedef struct { float loss; float dlogits; } loss_and_gradient;

loss_and_gradient backward(float logits, float probabilities, float weights, float keep, float share, float pos_weight,
                           float divisor, float divisor_low) {
    sides s = target_sides(probabilities, weights, keep, share, pos_weight);
    loss_and_gradient r = { row_value(element_loss(logits, s)), element_gradient(logits, s, divisor, divisor_low) };
    return r;
}

pair forward_term(float logits, float probabilities, float weights, float keep, float share, float pos_weight) {
    return element_loss(logits, target_sides(probabilities, weights, keep, share, pos_weight));
}
float forward_row(pair sum) { return row_value(sum); }

pair backward_term(float logits, float probabilities, float weights, float keep, float share, float pos_weight) {
    return element_loss(logits, target_sides(probabilities, weights, keep, share, pos_weight));
}
float backward_row(pair sum) { return row_value(sum); }
float backward_result(float logits, float probabilities, float weights, float keep, float share, float pos_weight,
                      float divisor, float divisor_low) {
    return element_gradient(logits, target_sides(probabilities, weights, keep, share, pos_weight), divisor, divisor_low);
}
