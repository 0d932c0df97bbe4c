// SwiGLU: a silu(b) = a b sigmoid(b)                                                      Shazeer 2020
// forward_of_silu and derivative_of_silu are those of silu.cl.
float forward(float a, float b) { return gate_forward(a, forward_of_silu(b)); }
gate_gradients backward(float a, float b, float dy) {
    return gate_backward(a, dy, forward_of_silu(b), derivative_of_silu(b));
}
