// How many class indices there are besides the ignored ones, as an int; or, where any is neither ignored nor in [0, limit), ~i with i
// the place of the first such one. For up to 2^31 - 1 indices: the pair of their sum is exact, and its parts are whole numbers.
bool forward_first(int classes, int limit, int ignored) {
    return (classes < 0 || classes >= limit) && classes != ignored;
}
pair forward_term(int classes, int ignored) { return pair_of(classes == ignored ? 0.0f : 1.0f, 0.0f); }
int forward_row(uint first, pair sum) { return first == NO_INDEX ? (int)sum.hi + (int)sum.lo : as_int(~first); }
