// What is wrong with class indices, and how many there are besides the ignored ones: first_wrong is the first that is neither
// ignored nor in [0, limit), NO_INDEX if there is none; counted is exact as a pair.
bool is_ignored(int classes, int ignored, uint ignores) { return ignores != 0u && classes == ignored; }

bool forward_first(int classes, int limit, int ignored, uint ignores) {
    return (classes < 0 || classes >= limit) && !is_ignored(classes, ignored, ignores);
}
pair forward_term(int classes, int ignored, uint ignores) {
    return pair_of(is_ignored(classes, ignored, ignores) ? 0.0f : 1.0f, 0.0f);
}

typedef struct { uint first_wrong; float counted; float counted_low; } class_check;

class_check forward_row(uint first, pair sum) {
    class_check row = { first, sum.hi, sum.lo };
    return row;
}
