// Hardmax along a row: y_i = 1 for the first of the largest elements, else 0
//
// Its gradient is 0 wherever it has one. A NaN in a row makes the row NaN.
bool forward_first(float x, float maximum) { return x == maximum; }
float forward_result(uint index, uint first, float maximum) {
    float y = index == first ? 1.0f : 0.0f;
    return maximum == maximum ? y : maximum;
}

float backward_from_output_result(float y, float dy) { return y == y && dy == dy ? 0.0f : y + dy; }
