// Gated functions: y = a g(b), and the gradients of both.

typedef struct { float da; float db; } gate_gradients;

// a g, g being g(b), but 0 for 0 times infinity: a closed gate lets nothing through. A NaN in a factor stays.
float gate_forward(float a, float g) {
    float y = a * g;
    return y != y && a == a && g == g ? 0.0f : y;
}

// +0, but for a NaN
float gate_shut(float a, float dy, float slope) {
    return a != a ? a : dy != dy ? dy : slope != slope ? slope : 0.0f;
}

// Below, the low part of a product has lost digits to underflow.
#define GATE_SMALL 0x1p-100f

// g is g(b), slope is g'(b). By the chain rule, where the derivative g or a slope is 0, so is the gradient, whatever dy is. Else
// db is dy a slope: dy a is a pair, so that there is one rounding, and comes first because slopes are at most a little above 1, so
// that nothing underflows on the way that does not in the end.
gate_gradients gate_backward(float a, float dy, float g, float slope) {
    pair p = two_product(dy, a);
    float low = absolute(p.hi) >= GATE_SMALL && absolute(p.hi) <= LARGEST ? p.lo : 0.0f;
    float db = fma(p.hi, slope, low * slope);
    gate_gradients r = { chain_rule(dy, g), a == 0.0f || slope == 0.0f ? gate_shut(a, dy, slope) : db };
    return r;
}
