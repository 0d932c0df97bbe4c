// GEGLU: a gelu(b), gelu exact                                                            Shazeer 2020
// forward_of_gelu and derivative_of_gelu are those of gelu.cl.
float forward(float a, float b) { return gate_forward(a, forward_of_gelu(b)); }
gate_gradients backward(float a, float b, float dy) {
    return gate_backward(a, dy, forward_of_gelu(b), derivative_of_gelu(b));
}
