// Zoneout: the previous value with probability p, else the new one x                       Krueger et al. 2017
//
// Each gradient goes to the one that was taken; the other gets +0.
typedef struct { float dx; float dprevious; } gradients;

float forward(float x, float previous, uint bits, uint last_kept, uint any_kept) {
    return keeps(bits, last_kept, any_kept) ? x : previous;
}
gradients backward(float dy, uint bits, uint last_kept, uint any_kept) {
    bool taken = keeps(bits, last_kept, any_kept);
    gradients r = { taken ? dy : 0.0f, taken ? 0.0f : dy };
    return r;
}
