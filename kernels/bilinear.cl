// Bilinear gate: a b                                                                      Mnih and Hinton 2007
// forward_of_identity and derivative_of_identity are those of identity.cl.
float forward(float a, float b) { return gate_forward(a, forward_of_identity(b)); }
gate_gradients backward(float a, float b, float dy) {
    return gate_backward(a, dy, forward_of_identity(b), derivative_of_identity(b));
}
